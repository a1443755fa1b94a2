"""Fill or empty the store of the settings, as a process that a test can kill: `python -m tests.seed.filling`.

Arguments are the work, `fill`, `seed` or `reset`, and the scale.

Each step is told on a line, and at the end `seeded`, `found` or `emptied`.
"""

from __future__ import annotations

import asyncio
import sys

from graph.maintenance import contents
from graph.maintenance.contents import reset
from graph.opening import open_store
from graph.settings import read_settings
from seed import batches
from seed.seeding import fill_store, seed_store
from seed.synthetic import plan

PATIENCE = 300.0


def tell(step: str, done: int = 0, total: int = 0) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


async def main(work: str, scale: float) -> None:
    contents.DELETE_ROWS, plan.BLOCK_CHILDREN, batches.BLOCKS_AT_ONCE = 50, 10, 1  # many steps of a small graph
    settings = read_settings(statement_timeout=PATIENCE)
    async with open_store(settings) as store:
        if work == "fill":
            report = await fill_store(
                store, preset="demo", scale=scale, truth_file=settings.data_dir / "truth.json", progress=tell
            )
            tell("seeded" if report else "found")
        elif work == "seed":
            await seed_store(store, scale=scale, progress=tell)
            tell("seeded")
        else:
            await reset(store, progress=lambda done, total: tell("Deleting"))
            tell("emptied")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
