"""Starts a folder's server briefly, to see whether its database opens and to leave its files in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from graph.engine.admin import Tool
from graph.engine.server import Server
from graph.errors import EngineError, StoreUnavailable
from graph.settings import Settings
from graph.store import Store

STOP_SECONDS = 600.0
"""Seconds that a server may take to write everything and stop, so that its files need no recovery."""
ASK_SECONDS = 600.0
_COUNT = "CYPHER 25 RETURN [COUNT { () }, COUNT { ()-->() }]"


@dataclass(frozen=True, slots=True)
class Found:
    """How many nodes and relationships a database was found to hold."""

    nodes: int
    relationships: int


async def try_to_open(tool: Tool, settings: Settings, *, extra: str = "") -> Found | None:
    """Start the server of a folder that the tool holds, count what it holds, and stop it in order.

    Returns None when its database does not open; `extra` is added to the configuration. Raises `EngineError` when the
    disk or the machine is the cause.
    """
    server = Server(
        tool.folder, tool.java, page_cache=settings.page_cache, extra=extra, stop_seconds=STOP_SECONDS, options=()
    )
    try:
        await server.start()
        address = f"bolt://127.0.0.1:{server.port}"
        async with Store.connect(address, username="neo4j", password=tool.folder.password() or "") as store:
            counts = await store.read_value(_COUNT, timeout=ASK_SECONDS)
            return Found(*cast(list[int], counts))
    except StoreUnavailable:
        return None
    finally:
        await server.stop()


def refuse_missing(tool: Tool) -> None:
    """Raise `EngineError` when no database has been made in the folder yet."""
    if not tool.folder.has_database:
        raise EngineError(f"there is no database in {tool.folder.root} yet")
