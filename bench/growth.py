"""Growth: a page takes the same time in a small graph, a national one, and one four times as large."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

from bench.graphs import at_scale, some_children
from bench.measuring import Asker, connected, timed
from bench.systems import answering, database, ours
from bench.workloads import Workload, workloads
from seed.synthetic.presets import NATIONAL

CHILDREN = (45_000, 448_000, 1_800_000)
MOST = 1.3
"""The largest median may be at most this many times the smallest."""


async def growth(data: Path, folder: Path, *, turns: int, children: Sequence[int] = CHILDREN) -> dict[str, Any]:
    """Return our medians in graphs of each number of children, asked in turns, for workloads that read a page."""
    async with AsyncExitStack() as opened:
        asked: dict[int, tuple[Asker, dict[str, Workload]]] = {}
        for number in children:
            graph, _ = await opened.enter_async_context(at_scale(data, number / NATIONAL.children))
            system = opened.enter_context(ours(database(graph.access), folder / f"{number}"))
            await answering(system.url)
            connection = await opened.enter_async_context(connected(system))
            asked[number] = (connection, workloads(await some_children(graph.store)))
        names = [name for name, workload in asked[children[0]][1].items() if not workload.counts_all]
        found = {}
        for name in names:
            turns_of = {str(number): (asker, known[name]) for number, (asker, known) in asked.items()}
            found[name] = _figures(await timed(turns_of, turns=turns))
        return found


def _figures(times: dict[str, list[float]]) -> dict[str, Any]:
    middles = {number: median(found) for number, found in times.items()}
    ratio = max(middles.values()) / min(middles.values())
    return {
        "ours_ms": {number: round(middle * 1000, 3) for number, middle in middles.items()},
        "largest_over_least": round(ratio, 3),
        "same": ratio <= MOST,
    }
