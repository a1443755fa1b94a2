"""Measuring: the systems are asked in turns, so that whatever else the machine does meets them alike."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from tests.bench.client import Connection, ask
from tests.bench.results import compared, slowest_over_median, throughput
from tests.bench.systems import System
from tests.bench.workloads import Workload

WARMING = 30
"""Turns before times are taken: plans are made, and the machine code of what runs often."""
WARMING_SECONDS = 20.0
MOST_SECONDS = 60.0
LEAST_TURNS = 5
CLIENTS = 16


class Different(Exception):
    """Two systems did not answer the same."""


@asynccontextmanager
async def connected(systems: Sequence[System]) -> AsyncIterator[dict[str, Connection]]:
    """Open a connection to each system."""
    async with AsyncExitStack() as opened:
        found = {}
        for system in systems:
            found[system.name] = await Connection.to(system.url)
            opened.callback(found[system.name].close)
        yield found


async def measure(workload: Workload, systems: Sequence[System], *, turns: int) -> dict[str, Any]:
    """Return a workload's figures after checking that all systems answer the same; raises `Different`."""
    times: dict[str, list[float]] = {system.name: [] for system in systems}
    shapes: dict[str, list[float]] = {}
    async with connected(systems) as connections:
        await check(workload, systems, connections)
        await _warm(workload, systems, connections)
        ends = time.monotonic() + MOST_SECONDS
        gc.collect()
        gc.disable()
        try:
            for turn in range(turns):
                if turn >= LEAST_TURNS and not workload.means and time.monotonic() > ends:
                    break
                asked = workload.turn(turn)
                for system in _rotated(systems, turn):
                    wanted = asked.bytes_for(system)
                    began = time.perf_counter()
                    await connections[system.name].send(wanted)
                    took = time.perf_counter() - began
                    times[system.name].append(took)
                    if system.name == "ours":
                        shapes.setdefault(asked.shape, []).append(took)
        finally:
            gc.enable()
    figures = compared(times, means=workload.means)
    if workload.means:
        figures["slowest_over_median"] = slowest_over_median(shapes)
    return figures


async def check(workload: Workload, systems: Sequence[System], connections: Mapping[str, Connection]) -> None:
    """Ask all systems for the first turns, and raise `Different` unless they answer the same."""
    for turn in range(20 if workload.means else 3):
        asked = workload.turn(turn)
        first: Any = None
        for system in systems:
            data = asked.comparable(system, await ask(connections[system.name], asked.bytes_for(system)))
            first = data if first is None else first
            if data != first:
                raise Different(f"{workload.name}, turn {turn}: {system.name} and {systems[0].name} differ")


async def rates(workload: Workload, systems: Sequence[System], *, seconds: float, rounds: int) -> dict[str, Any]:
    """Return how many requests a second each system answers to 16 clients, the systems in turns."""
    found: dict[str, list[float]] = {system.name: [] for system in systems}
    for system in systems:
        await _load(workload, system, seconds)
    for number in range(rounds):
        for system in _rotated(systems, number):
            found[system.name].append(await _load(workload, system, seconds))
    return throughput(found)


async def _load(workload: Workload, system: System, seconds: float) -> float:
    requests = [workload.turn(turn).bytes_for(system) for turn in range(50)]
    began = time.perf_counter()
    ends = began + seconds

    async def client(number: int) -> int:
        connection = await Connection.to(system.url)
        done = 0
        while time.perf_counter() < ends:
            await connection.send(requests[(number + done) % len(requests)])
            done += 1
        connection.close()
        return done

    answered = sum(await asyncio.gather(*(client(number) for number in range(CLIENTS))))
    return answered / (time.perf_counter() - began)


async def _warm(workload: Workload, systems: Sequence[System], connections: Mapping[str, Connection]) -> None:
    ends = time.monotonic() + WARMING_SECONDS
    for turn in range(WARMING):
        for system in systems:
            await connections[system.name].send(workload.turn(1_000 + turn).bytes_for(system))
        if time.monotonic() > ends:
            break


def _rotated(systems: Sequence[System], turn: int) -> Sequence[System]:
    at = turn % len(systems)
    return [*systems[at:], *systems[:at]]
