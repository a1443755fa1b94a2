"""Start-up: from nothing to the API's first answer, against the bare Neo4j server's own start."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from statistics import median
from typing import Any

from graph.engine.folder import Folder
from graph.engine.jars import provide_jars
from graph.engine.java import Java
from graph.engine.lock import read_lock
from graph.engine.server import Server
from graph.settings import Settings
from tests.bench.client import Connection, ask, request
from tests.bench.graphs import settings_for
from tests.bench.results import extremes
from tests.bench.systems import answering, ours

QUERY = "{ children(first: 1) { nodes { key } } }"
SETTLING = 3.0
"""Seconds between two starts, so that what the last server wrote does not meet the next."""


async def start_up(data: Path, scale: float, folder: Path, *, rounds: int) -> dict[str, Any]:
    """Return the seconds of both starts, in turns, on the graph of a size, which is there and not held.

    Both have the same configuration and the same ahead-of-time cache. The first round only warms the disk's cache.
    """
    settings = settings_for(data, scale)
    api, bare = [], []
    for _ in range(rounds + 1):
        bare.append(await _bare(settings))
        await asyncio.sleep(SETTLING)
        api.append(await _ours(settings, folder))
        await asyncio.sleep(SETTLING)
    api, bare = api[1:], bare[1:]
    return {
        "ours_s": round(median(api), 2),
        "neo4j_s": round(median(bare), 2),
        "ours_over_neo4j": round(median(api) / median(bare), 3),
        "spread_s": {"ours": extremes(api), "neo4j": extremes(bare)},
    }


async def _bare(settings: Settings) -> float:
    """Start the server alone and return the seconds until it says that it has started."""
    folder = Folder(settings.data_dir.expanduser().resolve())
    jars = provide_jars(read_lock(), settings.cache_dir.expanduser().resolve())
    java = Java(tuple(str(jar) for jar in jars), settings.heap)
    server = Server(folder, java, page_cache=settings.page_cache)
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
