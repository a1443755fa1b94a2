"""Hold the lease of a folder's store, as a process of its own, until it is ended: `python -m tests.graph.holding`."""

from __future__ import annotations

import asyncio
import sys

from graph.maintenance.lease import begin, hold
from graph.opening import open_store
from graph.settings import read_settings


async def main(work: str) -> None:
    async with open_store(read_settings()) as store, hold(store, work) as lease:
        await begin(store, lease)
        sys.stdout.write("held\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
