"""Seeding and emptying by two processes at once, and by ones that are killed: what is incomplete is never whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import pytest

from graph.errors import Refused, StoreError
from graph.maintenance.contents import is_empty, is_whole, needs_seed, read_dataset, read_trouble, reset
from graph.maintenance.lease import hold
from graph.maintenance.record import UNFINISHED, read_record
from graph.opening import Opened
from graph.store import Store
from graph.store.census import take_census
from seed import seeding
from seed.batches import write_batches
from seed.parts import Written
from seed.seeding import fill_store, seed_store

SCALE = 0.02


@contextmanager
def running(environment: Mapping[str, str], work: str, scale: float = SCALE) -> Iterator[subprocess.Popen[str]]:
    """Run `tests.seed.filling` on the run's store."""
    command = [sys.executable, "-m", "tests.seed.filling", work, str(scale)]
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def steps(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return (line.strip() for line in process.stdout)


def kill_at(process: subprocess.Popen[str], step: str, turn: int) -> None:
    """Kill a process when it has told a step so many times."""
    told = 0
    for line in steps(process):
        told += line == step
        if told == turn:
            process.kill()
            process.wait()
            return
    raise AssertionError(f"{step} was told {told} times")


async def check_whole(store: Store) -> None:
    """Check that a store holds exactly what was to be written, by kind."""
    dataset, census = await read_dataset(store), await take_census(store)
    assert dataset is not None
    found = {kind: number for kind, number in {**census.nodes, **census.relationships}.items() if number}
    assert found == dataset.kinds
    assert (await is_whole(store), await needs_seed(store), await read_trouble(store)) == (True, False, None)


async def test_of_two_at_once_one_seeds_and_the_other_finds_it_seeded(
    empty: Store, opened: Opened, environment: Mapping[str, str]
) -> None:
    with running(environment, "fill") as one, running(environment, "fill") as other:
        ends = [list(steps(process))[-1] for process in (one, other)]
        assert [process.wait() for process in (one, other)] == [0, 0]
    assert sorted(ends) == ["found", "seeded"]
    await check_whole(empty)


async def test_when_the_one_that_seeds_is_killed_the_other_seeds_anew(
    empty: Store, opened: Opened, environment: Mapping[str, str]
) -> None:
    with ExitStack() as stack:
        one = stack.enter_context(running(environment, "fill"))
        assert next(step for step in steps(one) if step == "Writing records")
        one.send_signal(signal.SIGSTOP)
        other = stack.enter_context(running(environment, "fill"))
        assert next(steps(other)) == "Waiting: a seed is being written"
        assert (await read_record(empty)).process == one.pid
        one.kill()
        one.wait()
        assert list(steps(other))[-1] == "seeded"
    await check_whole(empty)


@pytest.mark.parametrize(
    ("step", "turn"), [("Deleting old records", 1), ("Deleting old records", 9), ("Writing records", 2)]
)
async def test_a_seed_that_is_killed_is_never_taken_for_whole(
    empty: Store, opened: Opened, environment: Mapping[str, str], step: str, turn: int
) -> None:
    await seed_store(empty, scale=SCALE)
    with running(environment, "seed") as process:
        kill_at(process, step, turn)
    assert not await is_whole(empty)
    assert await needs_seed(empty)
    async with hold(empty, "sweep"):
        assert await read_trouble(empty) == UNFINISHED["seed"]
    with running(environment, "fill") as process:
        assert list(steps(process))[-1] == "seeded"
    await check_whole(empty)


@pytest.mark.parametrize("turn", [1, 5])
async def test_emptying_that_is_killed_is_told(
    empty: Store, opened: Opened, environment: Mapping[str, str], turn: int
) -> None:
    await seed_store(empty, scale=SCALE)
    with running(environment, "reset") as process:
        kill_at(process, "Deleting", turn)
    async with hold(empty, "sweep"):
        assert await read_trouble(empty) == UNFINISHED["reset"]
    dataset = await read_dataset(empty)
    assert dataset is not None
    assert not dataset.complete
    await reset(empty)
    assert (await is_empty(empty), await read_trouble(empty)) == (True, None)


async def test_a_mark_alone_does_not_make_a_graph_whole(empty: Store) -> None:
    await seed_store(empty, scale=SCALE)
    await check_whole(empty)
    await empty.write("MATCH ()-[r:APPLIED_FOR]->() DELETE r")
    await empty.write("MATCH (p:Phone) WITH p LIMIT 2 DETACH DELETE p")
    dataset = await read_dataset(empty)
    assert dataset is not None
    assert dataset.complete
    trouble = await read_trouble(empty)
    assert trouble is not None
    assert "2 of Phone" in trouble
    assert f"{dataset.kinds['APPLIED_FOR']:,} of APPLIED_FOR" in trouble
    assert await needs_seed(empty)
    await empty.write("CREATE (:Child {key: 'real'})")
    assert not await needs_seed(empty), "what is not synthetic is never deleted unasked"


async def test_what_another_deletes_meanwhile_is_noticed(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def disturbed(store: Store, *given: object, **named: object) -> Written:
        written = await write_batches(store, *given, **named)  # type: ignore[arg-type]
        await store.write("MATCH ()-[r:WITH_SPONSOR]->() DELETE r")
        return written

    monkeypatch.setattr(seeding, "write_batches", disturbed)
    with pytest.raises(StoreError, match=r"records were deleted while they were written \(WITH_SPONSOR\)"):
        await seed_store(empty, scale=SCALE)
    assert not await is_whole(empty)


async def test_seeding_and_emptying_are_told_of_other_work(empty: Store) -> None:
    await seed_store(empty, scale=0.001)
    async with hold(empty, "import"):
        with pytest.raises(Refused, match="a file is being imported"):
            await seed_store(empty, scale=0.001)
        with pytest.raises(Refused, match="a file is being imported"):
            await reset(empty)
    await check_whole(empty)
    assert await fill_store(empty, preset="demo", truth_file=None) is None
