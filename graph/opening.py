"""Opens the graph that the settings name: a given server, or else the embedded one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph.engine.client import Starting
from graph.engine.folder import Folder
from graph.engine.guard import Guard
from graph.engine.jars import Progress, no_progress
from graph.settings import Settings
from graph.store import Store


@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    """How any Neo4j client can reach the graph; `embedded` says whose server it is."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """An open graph: its store, and how others can reach it."""

    store: Store
    access: ConnectionInfo


@asynccontextmanager
async def open_store(settings: Settings, *, progress: Progress = no_progress) -> AsyncIterator[Store]:
    """Open the store of `NEO4J_URI`, or else of the embedded engine, which stops when its last holder closes it.

    Raises `EngineError`, `StoreUnavailable` or `BadInput`, in one sentence.
    """
    async with open_graph(settings, progress=progress) as opened:
        yield opened.store


@asynccontextmanager
async def open_graph(
    settings: Settings, *, progress: Progress = no_progress, starting: Starting | None = None
) -> AsyncIterator[Opened]:
    """Open the graph as `open_store` does, and say how other clients can reach it.

    `starting` is an embedded engine that is already starting. We trust the server that we installed, and verify others.
    """
    async with _access(settings, progress, starting) as access, connect(access, settings) as store:
        if not access.embedded:
            await store.verify()
        yield Opened(store, access)


def connect(access: ConnectionInfo, settings: Settings) -> Store:
    """Return a store of a graph that someone else keeps open; it connects when it is first used."""
    store = Store.connect(
        access.uri,
        username=access.username,
        password=access.password,
        database=access.database,
        timeout=settings.statement_timeout,
    )
    if access.embedded:
        store.guard = store.aside.guard = Guard(Folder(settings.data_dir.expanduser().resolve()))
    return store


@asynccontextmanager
async def _access(settings: Settings, progress: Progress, starting: Starting | None) -> AsyncIterator[ConnectionInfo]:
    if settings.neo4j_uri:
        password = settings.neo4j_password.get_secret_value()
        yield ConnectionInfo(
            settings.neo4j_uri, settings.neo4j_username, password, settings.neo4j_database, embedded=False
        )
        return
    engine = await (starting or Starting(settings, progress=progress)).take()
    try:
        found = engine.running
        yield ConnectionInfo(found.uri, found.username, found.password, found.database, embedded=True)
    finally:
        await asyncio.shield(asyncio.to_thread(engine.stop))
