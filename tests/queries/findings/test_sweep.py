"""Sweeps: of what was touched alone, broken off, beside one another and beside a writer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from graph.errors import Refused
from graph.store import Store
from graph.writing.touched import note_numbers, numbers_hold
from queries.findings.lease import take_turn
from tests.queries.findings.conftest import DAY, MANY, MISSED, NOTICE, SHARED, Swept
from tests.queries.findings.random_graph import RandomGraph
from tests.writers import writer as new_writer

ALL = (NOTICE, MANY, MISSED, SHARED)
RAN_OUT = "MATCH (r:SightlineStore) SET r.expiresAt = datetime.realtime() - duration({seconds: 1})"
"""What a killed process leaves after a while: a lease that has run out."""


def made(report: Any) -> int:
    """Return how many changes a sweep made."""
    return sum(one.opened + one.reopened + one.changed + one.resolved for one in report.swept)


@pytest.mark.parametrize("seed", [2])
async def test_a_sweep_of_what_was_touched_equals_one_of_everything(empty: Store, seed: int) -> None:
    swept = Swept(empty, *ALL)
    graph = RandomGraph(empty, seed)
    await graph.fill()
    await swept.sweep()
    changes = 0
    for _ in range(8):
        noted = await numbers_hold(empty)
        for _ in range(3):
            await graph.touch()
        if noted:
            await note_numbers(empty)

        report = await swept.sweep()

        changes += made(report)
        assert report.reason == ""
        assert not any(one.whole for one in report.swept)
        state = await swept.state()
        assert made(await swept.sweep(full=True)) == 0
        assert await swept.state() == state
    assert changes > 0


async def test_only_what_was_touched_is_looked_at(empty: Store) -> None:
    swept = Swept(empty, NOTICE, MANY)
    writer = new_writer(empty)
    await writer.nodes("Child", [{"key": key, "transferredOn": DAY} for key in "abc"])
    await swept.sweep()
    await writer.nodes("Child", [{"key": "b", "transferredOn": DAY}])

    report = await swept.sweep()

    assert [(one.indicator, one.whole, one.unchanged) for one in report.swept] == [(NOTICE, False, 1), (MANY, False, 0)]
    report = await swept.sweep()
    assert [one.unchanged for one in report.swept] == [0, 0], "what was read of the change log is not read again"


async def test_the_ends_that_a_record_leaves_are_touched_too(empty: Store) -> None:
    swept = Swept(empty, SHARED)
    writer = new_writer(empty)
    await writer.nodes("Sponsor", [{"key": key} for key in "abc"])
    await writer.nodes("Address", [{"key": key} for key in "xy"])
    rows = [{"key": key, "start": key, "end": "x", "since": date(2024, 1, 1)} for key in "abc"]
    await writer.relationships("RESIDES_AT", "Sponsor", "Address", rows)
    await swept.sweep()
    assert set(await swept.findings("status")) == {f"x/{SHARED}"}

    await writer.relationships("RESIDES_AT", "Sponsor", "Address", [{**rows[0], "end": "y"}])
    report = await swept.sweep()

    assert (report.reason, await swept.findings("status")) == ("", {f"x/{SHARED}": "RESOLVED"})


async def test_everything_is_looked_at_when_what_was_touched_is_not_known(swept: Swept) -> None:
    await swept.sweep()
    await swept.store.write("CREATE (:Child {key: 'a', transferredOn: $day})", {"day": DAY})

    report = await swept.sweep()

    assert report.reason == "records were added or deleted without a note of what was touched"
    assert set(await swept.findings("status")) == {f"a/{NOTICE}"}
    assert (await swept.sweep()).reason == ""
    assert (await swept.sweep(date(2024, 6, 1))).reason == f"the last sweep was for another day, {DAY}"


class Stop(BaseException):
    """The process is gone."""


class Stopping:
    """A store whose process is killed before its n-th write."""

    def __init__(self, store: Store, writes: int) -> None:
        self._store = store
        self._writes = writes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if name not in ("write", "write_auto", "transaction"):
            return found

        async def write(*given: Any, **named: Any) -> Any:
            self._writes -= 1
            if self._writes < 0:
                raise Stop
            return await cast(Callable[..., Awaitable[Any]], found)(*given, **named)

        return write


@pytest.mark.parametrize("touched", [False, True])
async def test_a_sweep_that_was_killed_is_run_again(empty: Store, touched: bool) -> None:
    """Before each of its writes, and in the midst of its batches; the state is then that of one that was not."""
    names = (NOTICE, MANY)
    stopped = 0
    graph = RandomGraph(empty, 7)
    await graph.fill()
    for writes in range(2, 12):
        await empty.write("MATCH (f:Finding|FindingChange|Sweep) DETACH DELETE f")
        whole = Swept(empty, *names)
        if touched:
            await whole.sweep()
            noted = await numbers_hold(empty)
            for _ in range(4):
                await graph.touch()
            assert noted
            await note_numbers(empty)
        broken = Swept(cast(Store, Stopping(empty, writes)), *names)
        try:
            await broken.sweep()
        except Stop:
            stopped += 1
            await empty.write(RAN_OUT)

        await whole.sweep()

        state = await whole.state()
        assert made(await whole.sweep(full=True)) == 0
        assert await whole.state() == state
        if not touched:
            assert all(row[-1] == ["OPENED"] for row in state)
    assert stopped >= 3


async def _some_findings(store: Store, task: asyncio.Task[Any]) -> None:
    """Wait until a sweep has written some findings."""
    for _ in range(2000):
        if await store.read("MATCH (f:Finding) RETURN count(f) > 100") == [[True]] or task.done():
            return
        await asyncio.sleep(0.02)


async def test_a_sweep_that_is_cancelled_leaves_whole_batches(swept: Swept) -> None:
    await swept.store.write(
        "UNWIND range(1, 3000) AS i CREATE (:Child {key: 'c' + i, transferredOn: $day})", {"day": DAY}
    )
    task = asyncio.create_task(swept.sweep())
    await _some_findings(swept.store, task)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    without = "MATCH (f:Finding) WHERE NOT EXISTS { (f)-[:HAS_CHANGE]->() } OR f.status IS NULL RETURN count(f)"
    assert await swept.store.read(without) == [[0]]

    await swept.sweep()

    assert await swept.store.read("MATCH (f:Finding)-[:HAS_CHANGE]->() RETURN count(f)") == [[3000]]


async def test_one_sweep_at_a_time(swept: Swept) -> None:
    async with take_turn(swept.store):
        with pytest.raises(Refused, match="a sweep is running"):
            await swept.sweep()

    assert (await swept.sweep()).reason == "it is the first sweep"


async def test_a_sweep_that_lost_its_turn_writes_nothing(swept: Swept) -> None:
    async with take_turn(swept.store) as lost:
        await swept.store.write("MATCH (record:SightlineStore) SET record.holder = 'another'")
        with pytest.raises(Refused, match="another process took over the store"):
            await lost.keep()
    assert await swept.store.read("MATCH (s:Sweep) RETURN count(s)") == [[0]]


async def test_a_sweep_beside_a_writer_misses_nothing(empty: Store) -> None:
    swept = Swept(empty, NOTICE, MANY)
    graph = RandomGraph(empty, 3)
    await graph.fill()
    await swept.sweep()

    async def write() -> None:
        noted = await numbers_hold(empty)
        for _ in range(20):
            await graph.touch()
        if noted:
            await note_numbers(empty)

    async def sweep() -> None:
        for _ in range(3):
            await swept.sweep()

    await asyncio.gather(write(), sweep())
    await swept.sweep()

    assert made(await swept.sweep(full=True)) == 0


def broken(swept: Swept, name: str, body: str) -> None:
    """Give an indicator another body."""
    for place, one in enumerate(swept.indicators):
        if one.name == name:
            swept.indicators[place] = replace(one, question=replace(one.question, body=body))


FAULTY = (
    "MATCH (sponsor:Sponsor)<-[:WITH_SPONSOR]-(placement) WHERE placement.releasedOn <= $asOf "
    "RETURN sponsor, 1 / ($minChildren - 2) AS childCount, 0 AS unrelatedCount, 1 AS siblingGroups\n"
)
TWICE = (
    "MATCH (sponsor:Sponsor)<-[:WITH_SPONSOR]-(placement) WHERE placement.releasedOn <= $asOf "
    "RETURN sponsor, $minChildren AS childCount, 0 AS unrelatedCount, 1 AS siblingGroups\n"
)


async def test_an_indicator_that_fails_is_named_and_the_others_are_swept(empty: Store) -> None:
    await _two_releases(empty)
    swept = Swept(empty, MANY, NOTICE)
    whole = swept.indicators[[one.name for one in swept.indicators].index(MANY)].question.body
    broken(swept, MANY, FAULTY)

    for _ in range(2):
        report = await swept.sweep()

        assert [one.indicator for one in report.failed] == [MANY]
        assert "the database cannot use one of the values" in report.failed[0].why
        assert [one.indicator for one in report.swept] == [NOTICE]
        assert set(await swept.findings("status")) == {f"a/{NOTICE}", f"b/{NOTICE}"}

    broken(swept, MANY, whole)
    report = await swept.sweep()
    assert (report.failed, {one.indicator: one.whole for one in report.swept}) == ((), {MANY: True, NOTICE: False})
    assert set(await swept.findings("status")) == {f"a/{NOTICE}", f"b/{NOTICE}", f"s/{MANY}"}


async def test_rows_with_one_key_are_one_finding(empty: Store) -> None:
    await _two_releases(empty)
    swept = Swept(empty, MANY)
    broken(swept, MANY, TWICE)
    for opened, unchanged in ((1, 0), (0, 1)):
        (one,) = (await swept.sweep(full=True)).swept
        assert (one.opened, one.unchanged, one.changed) == (opened, unchanged, 0)
    assert await empty.read("MATCH (f:Finding) RETURN f.key, f.version") == [[f"s/{MANY}", 1]]


async def test_rows_about_nodes_without_a_key_are_left_out(empty: Store) -> None:
    await _two_releases(empty)
    await empty.write("MATCH (c:Child {key: 'a'}) REMOVE c.key")
    swept = Swept(empty, NOTICE)
    for _ in range(2):
        assert (await swept.sweep(full=True)).failed == ()
        assert set(await swept.findings("status")) == {f"b/{NOTICE}"}


async def _two_releases(store: Store) -> None:
    await store.write(
        "CREATE (s:Sponsor {key: 's'}) WITH s UNWIND ['a', 'b'] AS key "
        "CREATE (:Child {key: key, transferredOn: $day})-[:HAS_PLACEMENT]->"
        "(:Placement {key: key + 'p', releasedOn: $day})-[:WITH_SPONSOR]->(s)",
        {"day": date(2024, 1, 1)},
    )
