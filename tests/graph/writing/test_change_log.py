"""The change log: numbers without gaps, in the order of commits, also with many writers at once."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from graph.store import Store
from graph.store.connections import Run
from graph.writing.change_log import (
    EVERYTHING,
    Change,
    Touched,
    append,
    append_alone,
    changes,
    continue_after,
    last_sequence,
    lock,
    start_anew,
)
from graph.writing.origin import Extract, Origin

BY = Origin("somebody", "test", Extract("file-1", "System"))


class Undone(Exception):
    """A writer thinks better of it."""


async def read_all(store: Store, after: int = 0) -> list[Change]:
    """Return every entry after a number."""
    found: list[Change] = []
    while (more := await changes(store, after=after)).entries:
        assert not more.missed
        found += more.entries
        after = more.upto
    return found


async def test_an_entry_says_who_what_and_when(empty: Store) -> None:
    assert (await last_sequence(empty), await changes(empty, after=0)) == (0, ((), 0, False))
    touched = Touched()
    touched.add("Child", ["a", "b/c"])
    touched.add("Sponsor", ["s"])
    touched.add("Address", [])
    assert await append_alone(empty, BY, touched) == 1
    assert await append_alone(empty, Origin("sweep", "sweep"), Touched(whole={"Finding"})) == 2

    first, second = await read_all(empty)

    assert (first.sequence, first.actor, first.kind, first.source) == (1, "somebody", "test", "file-1")
    assert first.records == {"Child": {"a", "b/c"}, "Sponsor": {"s"}}
    assert first.at <= second.at
    assert (second.sequence, second.source, dict(second.records)) == (2, None, {})
    assert second.whole == {"Finding"}


async def test_too_many_records_are_named_by_label(empty: Store) -> None:
    touched = Touched()
    touched.add("Child", [str(number) for number in range(50_001)])
    touched.add("Phone", ["p"])
    await append_alone(empty, BY, touched)
    (entry,) = await read_all(empty)
    assert not entry.records
    assert entry.whole == {"Child", "Phone"}


async def test_older_entries_go_and_a_reader_that_wanted_them_is_told(empty: Store) -> None:
    for _ in range(5):
        await empty.transaction(lambda run: _append(run, kept=3))
    assert [entry.sequence for entry in await read_all(empty, after=2)] == [3, 4, 5]
    assert await changes(empty, after=1) == ((), 5, True)
    assert await changes(empty, after=9) == ((), 5, True)


async def _append(run: Run, *, kept: int) -> None:
    await lock(run)
    await append(run, BY, Touched(whole={"Phone"}), kept=kept)


async def test_a_log_goes_on_after_everything_was_replaced(empty: Store) -> None:
    await append_alone(empty, BY, Touched())
    await continue_after(empty, 7)
    await continue_after(empty, 3)
    assert await start_anew(empty, BY) == 8
    (entry,) = await read_all(empty, after=7)
    assert entry.whole == {EVERYTHING}
    assert (await changes(empty, after=1)).missed


@pytest.mark.parametrize("seed", [1, 2])
async def test_numbers_have_no_gap_and_follow_the_commits(empty: Store, seed: int) -> None:
    """Forty writers, a third of them undone; a reader that polls all the while misses none of what was written."""
    chance = Random(seed)
    written: set[str] = set()
    seen: list[Change] = []
    done = asyncio.Event()

    async def one(number: int, undo: bool) -> None:
        async def work(run: Run) -> int:
            await run("CREATE (:Phone {key: $key})", {"key": f"p{number}"})
            await asyncio.sleep(chance.random() / 50)
            await lock(run)
            touched = Touched()
            touched.add("Phone", [f"p{number}"])
            sequence = await append(run, BY, touched)
            await asyncio.sleep(chance.random() / 50)
            if undo:
                raise Undone
            return sequence

        if undo:
            with pytest.raises(Undone):
                await empty.transaction(work)
        else:
            await empty.transaction(work)
            written.add(f"p{number}")

    async def poll() -> None:
        after = 0
        while True:
            ended = done.is_set()
            found = await changes(empty, after=after, most=3)
            for entry in found.entries:
                there = await empty.read("MATCH (p:Phone) WHERE p.key IN $keys RETURN count(p)", _keys(entry))
                assert there == [[1]], "what an entry names can be read"
            seen.extend(found.entries)
            after = found.upto
            if ended and not found.entries:
                return

    polling = asyncio.create_task(poll())
    await asyncio.gather(*(one(number, chance.random() < 1 / 3) for number in range(40)))
    done.set()
    await polling

    assert [entry.sequence for entry in seen] == list(range(1, len(written) + 1))
    assert [entry.at for entry in seen] == sorted(entry.at for entry in seen)
    assert {key for entry in seen for key in entry.records["Phone"]} == written
    assert await last_sequence(empty) == len(written) > 20


def _keys(entry: Change) -> dict[str, object]:
    return {"keys": sorted(entry.records["Phone"])}
