"""Start-up: from nothing to the API's first answer, compared with the start of the bare Neo4j server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import Connection, ask, request
from bench.graphs import settings_for
from bench.results import extremes
from bench.systems import answering, ours
from graph.engine.folder import Folder
from graph.engine.jar_lockfile import read_lock
from graph.engine.jars import provide_jars
from graph.engine.java import Java
from graph.engine.server import Server
from graph.settings import Settings

QUERY = "{ children(first: 1) { nodes { key } } }"
SETTLING = 3.0
"""Seconds between two starts, so that what the last server still writes does not slow the next."""


async def start_up(data: Path, scale: float, folder: Path, *, rounds: int) -> dict[str, Any]:
    """Return the seconds of the starts, in turns, on the graph of a size, which must exist and not be in use.

    The bare server starts once as we start it, and once with the same configuration but without our ahead-of-time
    cache, which Neo4j does not have by default. The first round only warms the disk's cache.
    """
    settings = settings_for(data, scale)
    ways: dict[str, Callable[[], Awaitable[float]]] = {
        "neo4j": lambda: _bare(settings, ()),
        "neo4j_cached": lambda: _bare(settings, None),
        "ours": lambda: _ours(settings, folder),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, start in ways.items():
            seconds = await start()
            if number:
                taken[name].append(seconds)
            await asyncio.sleep(SETTLING)
    middles = {name: median(seconds) for name, seconds in taken.items()}
    return {
        **{f"{name}_s": round(middle, 2) for name, middle in middles.items()},
        "ours_over_neo4j": round(middles["ours"] / middles["neo4j"], 3),
        "ours_over_neo4j_cached": round(middles["ours"] / middles["neo4j_cached"], 3),
        "spread_s": {name: extremes(seconds) for name, seconds in taken.items()},
    }


async def _bare(settings: Settings, options: tuple[str, ...] | None) -> float:
    """Start only the server and return the seconds until it says that it has started; options replace the cache."""
    folder = Folder(settings.data_dir.expanduser().resolve())
    jars = provide_jars(read_lock(), settings.cache_dir.expanduser().resolve())
    java = Java(tuple(str(jar) for jar in jars), settings.heap)
    server = Server(folder, java, page_cache=settings.page_cache, options=options)
    with folder.lock():
        began = time.monotonic()
        try:
            await server.start()
            return time.monotonic() - began
        finally:
            await server.stop()


async def _ours(settings: Settings, folder: Path) -> float:
    """Start `sightline serve`, which starts its database, and return the seconds until it has answered a query."""
    began = time.monotonic()
    with ours({"SIGHTLINE_DATA_DIR": str(settings.data_dir)}, folder) as system:
        await answering(system.url)
        connection = await Connection.to(system.url)
        await ask(connection, request(system.url, {"query": QUERY}, token=system.token))
        seconds = time.monotonic() - began
        connection.close()
        return seconds
