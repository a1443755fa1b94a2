"""What sweeps read from the change log, and what they and reviews add to it."""

from __future__ import annotations

from typing import cast

import pytest

from graph.store import Store
from graph.writing.change_log import Touched, append_alone, changes, last_sequence
from graph.writing.origin import Origin
from graph.writing.touched import note_numbers
from queries.findings.review import Assignment, Review, assign_finding, review_finding
from tests.queries.findings.conftest import DAY, MANY, NOTICE, Swept
from tests.queries.findings.test_life import TWO_RELEASES
from tests.queries.findings.test_sweep import RAN_OUT, Stop, Stopping
from tests.writers import writer as new_writer


async def test_a_sweep_adds_one_entry_to_the_change_log(empty: Store) -> None:
    swept = Swept(empty, NOTICE, MANY)
    new = new_writer(empty)
    await new.nodes("Child", [{"key": key, "transferredOn": DAY} for key in "ab"])
    await swept.sweep()
    await new.nodes("Child", [{"key": "b", "transferredOn": DAY}])
    await new.nodes("Phone", [{"key": "p"}])
    await note_numbers(empty)
    await swept.sweep()
    await swept.sweep()
    found = [
        (one.kind, {label: set(keys) for label, keys in one.records.items()}, set(one.whole))
        for one in (await changes(empty, after=0)).entries
    ]
    assert found == [
        ("test", {"Child": {"a", "b"}}, set()),
        ("sweep", {}, {"Finding", "FindingChange"}),
        ("test", {"Child": {"b"}}, set()),
        ("test", {"Phone": {"p"}}, set()),
        ("sweep", {"Finding": {f"b/{NOTICE}"}}, set()),
    ]


async def test_a_sweep_that_was_killed_is_in_the_change_log_when_the_next_begins(empty: Store) -> None:
    await new_writer(empty).nodes("Child", [{"key": "a", "transferredOn": DAY}])
    with pytest.raises(Stop):
        await Swept(cast(Store, Stopping(empty, 7)), NOTICE).sweep()
    await empty.write(RAN_OUT)
    assert await empty.read("MATCH (f:Finding) RETURN count(f)") == [[1]]
    assert [one.kind for one in (await changes(empty, after=0)).entries] == ["test"]
    await Swept(empty, NOTICE).sweep()
    entries = (await changes(empty, after=0)).entries
    assert [(one.kind, set(one.whole)) for one in entries[1:2]] == [("sweep", {"Finding", "FindingChange"})]


async def test_entries_that_a_sweep_missed_make_it_look_at_everything(swept: Swept) -> None:
    await swept.sweep()
    for _ in range(2):
        await append_alone(swept.store, Origin("somebody", "test"), Touched({"Child": {"a"}}))
    await swept.store.write("MATCH (c:Change) WITH c ORDER BY c.sequence LIMIT 1 DELETE c")
    assert (await swept.sweep()).reason == "many records were touched since the last sweep"
    assert (await swept.sweep()).reason == ""


async def test_a_review_is_in_the_change_log_when_it_was_made(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    after = await last_sequence(swept.store)
    key = f"a/{NOTICE}"
    assert await review_finding(swept.store, Review(key, 1, "CONFIRMED"), actor="Ana") == ()
    assert len(await review_finding(swept.store, Review(key, 1, "CONFIRMED"), actor="Berta")) == 1
    assert len(await review_finding(swept.store, Review("none", 1, "CONFIRMED"), actor="Berta")) == 1
    assert await assign_finding(swept.store, Assignment(key, 2, "Carla"), actor="Berta") == ()
    entries = (await changes(swept.store, after=after)).entries
    assert [(one.actor, one.kind, {label: set(keys) for label, keys in one.records.items()}) for one in entries] == [
        ("Ana", "review", {"Finding": {key}, "FindingChange": {f"{key}/2"}}),
        ("Berta", "review", {"Finding": {key}, "FindingChange": {f"{key}/3"}}),
    ]
