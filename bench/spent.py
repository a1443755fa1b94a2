"""Spent: where the time of a small request goes, in our process and in that of the handwritten endpoint.

Both are sampled by py-spy (`pip install py-spy`) while one client asks as fast as it is answered. What is left of a
request's time, after what the process itself does, is waiting: for the database, the network, and the client.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from bench.graphs import at_scale, some_children
from bench.measuring import Asker, beside_the_limit, timed
from bench.systems import database
from bench.workloads import Workload, workloads
from graph.errors import BadInput

NAMES = ("deep", "rows", "page")
SECONDS, RATE = 20, 250
PARTS: Mapping[str, tuple[str, ...]] = {
    "driver": ("neo4j/",),
    "HTTP": ("uvicorn/", "starlette/", "httptools/", "api/http/", "api/headers", "api/telemetry/"),
    "document": ("api/documents/", "graphql/"),
    "binding and shaping": ("api/compiler/", "api/execution/", "graph/cypher/", "graph/store/", "bench/limit"),
    "access": ("api/access/",),
}
"""The parts of a request's time, by the files of the innermost function that belongs to one of them."""
_WAITING, _OTHER = "waiting", "other"


async def spent(data: Path, folder: Path, scale: float) -> dict[str, Any]:
    """Return the microseconds of each part of a request, by workload and system; raises `BadInput` without py-spy."""
    program = shutil.which("py-spy", path=str(Path(sys.executable).parent)) or shutil.which("py-spy")
    if program is None:
        raise BadInput("py-spy is not installed; run `pip install py-spy`")
    found: dict[str, Any] = {}
    async with at_scale(data, scale) as (opened, _):
        known = workloads(await some_children(opened.store))
        async with beside_the_limit(database(opened.access), folder) as askers:
            for name in NAMES:
                times = await timed({asker.system.name: (asker, known[name]) for asker in askers}, turns=1_000)
                found[name] = {
                    asker.system.name: parts_of(
                        await _sampled(program, asker, known[name], folder), median(times[asker.system.name])
                    )
                    for asker in askers
                }
    return found


async def _sampled(program: str, asker: Asker, workload: Workload, folder: Path) -> list[str]:
    """Return the stacks that were seen while the system was asked, each with how often it was seen."""
    output = folder / "spent.txt"
    options = ["--duration", str(SECONDS), "--rate", str(RATE), "--format", "raw", "--nonblocking", "--idle"]
    spy = await asyncio.create_subprocess_exec(
        program,
        "record",
        "--pid",
        str(asker.system.process),
        *options,
        "--output",
        str(output),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    ended = asyncio.create_task(spy.wait())
    turn = 0
    while not ended.done():
        await asker.seconds(workload.turn(turn))
        turn += 1
    return output.read_text().splitlines()


def parts_of(stacks: Iterable[str], seconds: float) -> dict[str, int]:
    """Return the microseconds of each part of a request that takes so long, from what a sampler saw of the process."""
    seen: Counter[str] = Counter()
    for line in stacks:
        stack, _, times = line.rpartition(" ")
        frames = stack.split(";")
        if not frames[0].startswith("Thread"):
            seen[_part_of(frames)] += int(times)
    whole = sum(seen.values()) or 1
    microseconds = {name: round(seconds * 1e6 * seen[name] / whole) for name in (*PARTS, _OTHER, _WAITING)}
    return {"all": round(seconds * 1e6), **{name: value for name, value in microseconds.items() if value}}


def _part_of(frames: list[str]) -> str:
    if "asyncio/runners.py" in frames[-1] or "uvloop/" in frames[-1]:
        return _WAITING
    for frame in reversed(frames):
        for name, files in PARTS.items():
            if any(file in frame for file in files):
                return name
    return _OTHER
