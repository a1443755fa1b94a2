"""Measuring: the systems are asked in turns, so that whatever else the machine does affects all of them alike."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bench.client import Connection, ask
from bench.results import compared, slowest_over_median, throughput
from bench.systems import System, answering, limit, ours
from bench.workloads import Asked, Workload

WARMING_SECONDS = 240.0
"""How many seconds a workload may warm up before times are taken. Meanwhile plans are made and frequent code is
compiled, which takes Java minutes on two cores."""
WINDOW_SECONDS = 15.0
STEADY, STEADY_WINDOWS = 0.95, 2
"""A workload is warm when this many windows in a row take more than this fraction of the fastest one before them."""
MOST_SECONDS = 60.0
TOGETHER = 10
"""How many requests one system gets in a row, so that a request finds it as the previous one left it."""
IDLE_SECONDS = 1.0
CLIENTS = 16
CHECKED = 20
"""How many turns have their answers compared."""


T = TypeVar("T")


class Different(Exception):
    """Two systems did not answer the same."""


@dataclass(slots=True)
class Asker:
    """A system with a connection to it, which is reopened before it is closed as idle (by the peer after 5 seconds)."""

    system: System
    connection: Connection
    used: float = field(default_factory=time.monotonic)

    async def answer(self, asked: Asked) -> Any:
        """Return the system's answer, in the shape that all systems share."""
        await self._keep()
        data = await ask(self.connection, asked.bytes_for(self.system))
        self.used = time.monotonic()
        return asked.comparable(self.system, data)

    async def seconds(self, asked: Asked) -> float:
        """Return how long the system takes to answer, not counting the time to build the request."""
        await self._keep()
        wanted = asked.bytes_for(self.system)
        began = time.perf_counter()
        await self.connection.send(wanted)
        took = time.perf_counter() - began
        self.used = time.monotonic()
        return took

    async def seconds_at_most(self, wanted: bytes) -> float:
        """Return how long the system takes to answer; an answer that its deadline cuts off takes as long as that."""
        await self._keep()
        began = time.monotonic()
        try:
            await ask(self.connection, wanted)
        except ConnectionError as error:
            if not str(error).startswith("HTTP/1.1 504"):
                raise
            self.connection.close()
            self.connection = await Connection.to(self.system.url)
        self.used = time.monotonic()
        return self.used - began

    async def _keep(self) -> None:
        now = time.monotonic()
        if now - self.used > IDLE_SECONDS:
            self.connection.close()
            self.connection = await Connection.to(self.system.url)
        self.used = now


@asynccontextmanager
async def connected(system: System) -> AsyncIterator[Asker]:
    """Open a connection to a system."""
    asker = Asker(system, await Connection.to(system.url))
    try:
        yield asker
    finally:
        asker.connection.close()


@asynccontextmanager
async def beside_the_limit(where: Mapping[str, str], folder: Path) -> AsyncIterator[tuple[Asker, Asker]]:
    """Start ours and the limit on a database, and yield a connection to each; stop them at the end."""
    with ours(where, folder) as first, limit(where, folder) as second:
        for system in (first, second):
            await answering(system.url)
        async with connected(first) as asker, connected(second) as hand:
            yield asker, hand


async def measure(workload: Workload, askers: Sequence[Asker], *, turns: int) -> dict[str, Any]:
    """Return a workload's figures after checking that all systems answer the same; raises `Different`."""
    await _check(workload, askers)
    asked = {asker.system.name: (asker, workload) for asker in askers}
    times = await timed(asked, turns=turns)
    figures = compared(times, means=workload.means)
    if workload.means:
        shapes: dict[str, list[float]] = {}
        for turn, took in enumerate(times["ours"]):
            shapes.setdefault(workload.turn(turn).shape, []).append(took)
        figures["slowest_over_median"] = slowest_over_median(shapes)
    return figures


async def timed(
    asked: Mapping[str, tuple[Asker, Workload]],
    *,
    turns: int,
    warming: float = WARMING_SECONDS,
    most: float = MOST_SECONDS,
    together: int = TOGETHER,
) -> dict[str, list[float]]:
    """Return the times of each, asked in turns of a few requests after warming up; stops early after `most` seconds."""
    await _warm(asked, warming)
    times: dict[str, list[float]] = {name: [] for name in asked}
    names = list(asked)
    ends = time.monotonic() + most
    with _without_collection():
        for number, begin in enumerate(range(0, turns, together)):
            for name in _rotated(names, number):
                asker, workload = asked[name]
                for turn in range(begin, min(begin + together, turns)):
                    times[name].append(await asker.seconds(workload.turn(turn)))
            if time.monotonic() > ends and not workload.means:
                break
    return times


async def rates(workload: Workload, askers: Sequence[Asker], *, seconds: float, rounds: int) -> dict[str, Any]:
    """Return how many requests a second each system answers to 16 clients, in turns after warming up."""
    await _warm({asker.system.name: (asker, workload) for asker in askers}, WARMING_SECONDS)
    systems = [asker.system for asker in askers]
    found: dict[str, list[float]] = {system.name: [] for system in systems}
    for system in systems:
        await _load(workload, system, seconds)
    for number in range(rounds):
        for system in _rotated(systems, number):
            found[system.name].append(await _load(workload, system, seconds))
    return throughput(found)


async def _check(workload: Workload, askers: Sequence[Asker]) -> None:
    for turn in range(CHECKED if workload.means else 3):
        asked = workload.turn(turn)
        answers = {asker.system.name: await asker.answer(asked) for asker in askers}
        first, *others = answers
        for name in others:
            if answers[name] != answers[first]:
                raise Different(f"{workload.name}, turn {turn}: {name} and {first} do not answer the same")


async def _load(workload: Workload, system: System, seconds: float) -> float:
    requests = [workload.turn(turn).bytes_for(system) for turn in range(50)]
    began = time.perf_counter()
    ends = began + seconds

    async def client(number: int) -> int:
        done = 0
        async with connected(system) as asker:
            while time.perf_counter() < ends:
                await asker.connection.send(requests[(number + done) % len(requests)])
                done += 1
        return done

    answered = sum(await asyncio.gather(*(client(number) for number in range(CLIENTS))))
    return answered / (time.perf_counter() - began)


async def _warm(asked: Mapping[str, tuple[Asker, Workload]], most: float) -> None:
    """Ask in turns until no system gets faster any more, or until `most` seconds have passed."""
    ends = time.monotonic() + most
    turns = count(1_000)
    fastest = dict.fromkeys(asked, float("inf"))
    steady = 0
    while steady < STEADY_WINDOWS and (now := time.monotonic()) < ends:
        middles = await _window(asked, turns, min(ends, now + WINDOW_SECONDS))
        steady = steady + 1 if all(middles[name] >= STEADY * fastest[name] for name in asked) else 0
        fastest = {name: min(fastest[name], middles[name]) for name in asked}


async def _window(asked: Mapping[str, tuple[Asker, Workload]], turns: Iterator[int], ends: float) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in turns:
        for name, (asker, workload) in asked.items():
            times[name].append(await asker.seconds(workload.turn(turn)))
        if time.monotonic() >= ends:
            break
    return {name: statistics.median(found) for name, found in times.items()}


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the runner's own garbage collection out of the times."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _rotated(items: Sequence[T], turn: int) -> Sequence[T]:
    at = turn % len(items)
    return [*items[at:], *items[:at]]
