"""Waiting for a database to come back, on machines that are busy."""

import asyncio
import time
from collections.abc import Callable
from typing import cast

from graph.engine.folder import Folder, State
from graph.errors import StoreTimeout, StoreUnavailable
from graph.settings import Settings
from graph.store import Store

PATIENCE = 900.0


def state_of(settings: Settings) -> State:
    state = Folder(settings.data_dir).state()
    assert state is not None
    return state


async def answers(store: Store, *, children: int) -> None:
    """Wait until the store answers again; what it holds is whole."""
    assert await counted(store) == children


async def counted(store: Store) -> int:
    """Count the children, once the store answers."""
    began = time.monotonic()
    while True:
        try:
            return cast(int, await store.read_value("MATCH (c:Child) RETURN count(c)", timeout=120))
        except (StoreUnavailable, StoreTimeout):
            if time.monotonic() - began > PATIENCE:
                raise
            await asyncio.sleep(0.2)


async def until(done: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < PATIENCE
        await asyncio.sleep(0.05)
