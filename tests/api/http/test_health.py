from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from api.http.health import Readiness
from graph.errors import StoreUnavailable

Connect = Callable[..., httpx.AsyncClient]


async def test_the_process_is_alive_without_a_token(connect: Connect) -> None:
    response = await connect().get("/healthz", headers={"authorization": ""})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_readiness_follows_the_database_down_and_up_again(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.health._FRESH", 0.0)
    state: list[bool | Exception] = [True, False, StoreUnavailable("Away."), OSError("Away."), True]

    async def readiness() -> bool:
        now = state.pop(0)
        if isinstance(now, Exception):
            raise now
        return now

    client = connect(readiness=readiness)
    statuses = [(await client.get("/readyz", headers={"authorization": ""})).status_code for _ in range(5)]
    assert statuses == [200, 503, 503, 503, 200]


async def test_a_database_that_does_not_answer_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.health._PATIENCE", 0.01)

    async def never() -> bool:
        await asyncio.sleep(60)
        return True

    assert not await Readiness(never).ready()


async def test_many_who_ask_at_once_ask_the_database_once() -> None:
    asked = 0

    async def readiness() -> bool:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.01)
        return True

    checks = Readiness(readiness)
    assert await asyncio.gather(*(checks.ready() for _ in range(20))) == [True] * 20
    assert asked == 1
