"""Opens the graph for one command, and shows the progress of its start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from cli.terminal import progress_shown
from graph.maintenance.upgrades import check_version
from graph.opening import Opened, open_graph
from graph.settings import Settings


@asynccontextmanager
async def opened_graph(settings: Settings) -> AsyncIterator[Opened]:
    """Open the graph that the settings name; a database that is not running is started, and stopped again at the end.

    Raises `Refused` when a newer Sightline wrote the graph.
    """
    async with AsyncExitStack() as stack:
        with progress_shown() as progress:
            opened = await stack.enter_async_context(open_graph(settings, progress=progress))
            await check_version(opened.store)
        yield opened
