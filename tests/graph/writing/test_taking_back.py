"""A source is taken back: the graph becomes what it would be if the source had never been imported."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.errors import BadInput
from graph.maintenance.check import check_graph
from graph.store import Store
from graph.writing.change_log import EVERYTHING, changes
from graph.writing.derived import check_derived
from graph.writing.facts import Links, Nodes
from graph.writing.origin import Extract
from graph.writing.rows import Position
from graph.writing.taking_back import take_back, what_to_take_back
from graph.writing.transaction import Transaction
from tests.everything import everything
from tests.seeds import run_seed
from tests.writers import writer

SHELTER = Extract("orr-1", "HHS ORR", "march.csv", datetime(2024, 3, 1, tzinfo=UTC))
FIELD = Extract("field", "ICE ERO")
SOURCES = (SHELTER, Extract("orr-2", "HHS ORR", "april.csv"), Extract("court", "DOJ EOIR"), FIELD)


def made_up(rng: random.Random) -> list[Nodes | Links]:
    """Return facts about a few records, at random."""
    children = rng.sample(["c1", "c2", "c3"], rng.randint(1, 3))
    areas = rng.sample(["z1", "z2"], rng.randint(1, 2))
    hearings = rng.sample(["h1", "h2"], rng.randint(1, 2))
    homes = ["a1", "a2"]

    def values(**choices: Sequence[Any]) -> dict[str, Any]:
        kept = rng.sample(sorted(choices), rng.randint(0, len(choices)))
        return {name: rng.choice(choices[name]) for name in kept}

    placements = [
        {"key": f"p-{key}", **values(releasedOn=(None, date(2024, 1, 1), date(2024, 1, 2)))} for key in children
    ]
    sex, born = (None, "MALE", "FEMALE"), (None, date(2010, 1, 1), date(2011, 1, 1))
    rows = [{"key": key, **values(sex=sex, dateOfBirth=born, lastName=("Paz", "Núñez", None))} for key in children]
    ends = [{"start": key, "end": rng.choice(areas)} for key in (one["key"] for one in placements)]
    return [
        Nodes("Child", rows),
        Nodes("PostalArea", [{"key": key, **values(city=("Dallas", None))} for key in areas]),
        Nodes("Placement", placements),
        Nodes("Hearing", [{"key": key, **values(outcome=("MISSED", "ATTENDED", None))} for key in hearings]),
        Nodes("Address", [{"key": key, **values(location=(Position(1, 2), Position(3, 4), None))} for key in homes]),
        Links("HAS_PLACEMENT", "Child", "Placement", [{"start": key, "end": f"p-{key}"} for key in children]),
        Links("RELEASED_IN", "Placement", "PostalArea", ends),
        Links(
            "RESIDES_AT",
            "Child",
            "Address",
            [
                {"key": f"r-{key}", "start": key, "end": rng.choice(homes), **values(since=born, reportedBy=("X", "Y"))}
                for key in children
            ],
        ),
    ]


async def say(store: Store, source: Extract | None, facts: Sequence[Nodes | Links]) -> None:
    """Write facts as an importer does: a link that leads to one node leaves the one to which it led."""

    async def work(transaction: Transaction) -> None:
        for one in facts:
            if isinstance(one, Links) and one.type == "RELEASED_IN":
                ends = {row["start"]: row["end"] for row in one.rows}
                await transaction.leave_others(one.type, one.start, one.end, ends)
            await transaction.facts([one])

    await writer(store, source=source, actor="importer").transact(work)


Step = tuple[Extract | None, Sequence[Nodes | Links]]


async def told(store: Store, steps: Sequence[Step]) -> list[str]:
    """Return what the graph is after some steps."""
    await store.write("MATCH (n) WHERE NOT n:SightlineStore DETACH DELETE n")
    for source, facts in steps:
        await say(store, source, facts)
    return await everything(store)


@pytest.mark.parametrize("place", range(4))
async def test_without_a_source_the_graph_is_as_if_it_had_never_been(empty: Store, place: int) -> None:
    rng = random.Random(run_seed() * 100 + place)
    sources = rng.sample(SOURCES, rng.randint(2, 4))
    spoken: list[Step] = [(None, made_up(rng))] if rng.random() < 0.3 else []
    spoken += [(rng.choice(sources), made_up(rng)) for _ in range(rng.randint(2, 5))]
    gone = rng.choice([one for one, _ in spoken if one is not None])
    never = await told(empty, [one for one in spoken if one[0] != gone])
    await told(empty, spoken)
    await take_back(empty, gone.key, batch_size=2)
    assert await everything(empty) == never
    assert await check_derived(empty) == []
    assert [one.where for one in await check_graph(empty)] == []


async def test_what_is_taken_back_is_told_before_it_is_done(empty: Store) -> None:
    await say(empty, SHELTER, [Nodes("Child", [{"key": "c1", "sex": "MALE"}, {"key": "c2"}])])
    await say(empty, FIELD, [Nodes("Child", [{"key": "c1", "sex": "FEMALE"}])])
    before = await everything(empty)
    told = await what_to_take_back(empty, "orr-1")
    assert told.lines(dry_run=True) == ["Child: 1 to delete; 1 to keep, with what others gave"]
    assert await everything(empty) == before
    done = await take_back(empty, "orr-1")
    assert done.lines() == ["Child: 1 deleted; 1 kept, with what others gave"]
    assert await empty.read("MATCH (c:Child) RETURN c.key, c.sex") == [["c1", "FEMALE"]]
    with pytest.raises(BadInput, match="there is no source orr-1"):
        await take_back(empty, "orr-1")


async def test_one_source_after_the_other_can_be_taken_back(empty: Store) -> None:
    before = await everything(empty)
    rng = random.Random(run_seed())
    for source in (*SOURCES, *SOURCES):
        await say(empty, source, made_up(rng))
    for source in rng.sample(SOURCES, len(SOURCES)):
        await take_back(empty, source.key)
    assert await everything(empty) == before
    assert await empty.read("MATCH (t:Statement) RETURN count(t)") == [[0]]


async def test_the_change_log_names_what_changed(empty: Store) -> None:
    await say(empty, SHELTER, [Nodes("Child", [{"key": "c1"}]), Nodes("PostalArea", [{"key": "z1", "city": "Dallas"}])])
    await say(empty, FIELD, [Nodes("PostalArea", [{"key": "z1", "city": "Austin"}])])
    last = (await changes(empty, after=0)).upto
    await take_back(empty, "orr-1")
    entries = (await changes(empty, after=last)).entries
    named = {(label, key) for one in entries for label, keys in one.records.items() for key in keys}
    assert named == {("Child", "c1"), ("PostalArea", "z1"), ("Source", "orr-1")}
    assert {(one.actor, one.kind) for one in entries} == {("importer", "undo")}


async def test_a_review_of_what_is_deleted_is_looked_at_again(empty: Store) -> None:
    await say(empty, SHELTER, [Nodes("Child", [{"key": "c1"}])])
    await empty.write("MATCH (c:Child) CREATE (:Finding {key: 'f'})-[:HAS_SUBJECT]->(c)")
    last = (await changes(empty, after=0)).upto
    await take_back(empty, "orr-1")
    entries = (await changes(empty, after=last)).entries
    assert {label for one in entries for label in one.whole} == {EVERYTHING}, "the next sweep looks at everything"
