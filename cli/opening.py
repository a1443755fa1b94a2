"""The graph, opened for one command, with the start shown to whoever waits for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from cli.terminal import progress_shown
from graph.open import Opened, open_graph
from graph.settings import Settings


@asynccontextmanager
async def opened_graph(settings: Settings) -> AsyncIterator[Opened]:
    """Open the graph that the settings mean; a database that does not run is started, and stops again at the end."""
    async with AsyncExitStack() as stack:
        with progress_shown() as progress:
            opened = await stack.enter_async_context(open_graph(settings, progress=progress))
        yield opened
