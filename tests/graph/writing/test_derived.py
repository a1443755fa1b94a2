"""Derived properties are what follows from the graph: after a refresh of everything, or of what was touched alone."""

from __future__ import annotations

from random import Random

import pytest

from graph.model import MODEL
from graph.store import Store
from graph.writing.derived import (
    Difference,
    check_derived,
    derived_digest,
    keep_derived,
    refresh_all,
    refresh_statements,
)
from graph.writing.derived_marks import derived_types, read_held
from tests.graph.writing.deriving import OF_CHILD, RandomWrites, derived_model
from tests.hostile import hostile, write_graph

SMALL = """
CREATE (s1:Sponsor {key: 's1'}), (s2:Sponsor {key: 's2'}), (s3:Sponsor {key: 's3'}),
       (a1:Address {key: 'a1'}), (a2:Address {key: 'a2'}),
       (c1:Child {key: 'c1'})-[:HAS_PLACEMENT]->(p1:Placement {key: 'p1', relationship: 'PARENT'}),
       (c1)-[:HAS_PLACEMENT]->(p2:Placement {key: 'p2', relationship: 'FAMILY_FRIEND'}),
       (c2:Child {key: 'c2'})-[:HAS_PLACEMENT]->(p3:Placement {key: 'p3', relationship: 'UNRELATED'}),
       (c3:Child {key: 'c3'})-[:HAS_PLACEMENT]->(p4:Placement {key: 'p4'}),
       (p1)-[:WITH_SPONSOR]->(s1), (p2)-[:WITH_SPONSOR]->(s1), (p3)-[:WITH_SPONSOR]->(s1), (p4)-[:WITH_SPONSOR]->(s2),
       (p1)-[:RELEASED_TO]->(a1), (p2)-[:RELEASED_TO]->(a1), (p4)-[:RELEASED_TO]->(a1),
       (s1)-[:RESIDES_AT {key: 'r1'}]->(a1), (s3)-[:RESIDES_AT {key: 'r2'}]->(a1),
       (s3)-[:RESIDES_AT {key: 'r3'}]->(a1), (c2)-[:RESIDES_AT {key: 'r4'}]->(a2)
"""
COUNTS = """
MATCH (s:Sponsor) RETURN s.key AS key, s.childCount AS one, s.unrelatedChildCount AS two
UNION ALL MATCH (a:Address) RETURN a.key AS key, a.sponsorCount AS one, a.childCount AS two
"""
WANTED = [["a1", 3, 2], ["a2", 0, 0], ["s1", 2, 2], ["s2", 1, 0], ["s3", 0, 0]]
EXTENDED = derived_model(*OF_CHILD)


@pytest.mark.parametrize("batch_size", [1, 2, 100])
async def test_all_counts_are_of_distinct_children_and_sponsors(empty: Store, batch_size: int) -> None:
    await empty.write(SMALL)
    told: list[tuple[int, int]] = []

    changed = await refresh_all(empty, batch_size=batch_size, progress=lambda *done: told.append(done))

    assert changed == 8
    assert sorted(await empty.read(COUNTS)) == WANTED
    assert told[-1] == (8, 8)
    assert await refresh_all(empty, batch_size=batch_size) == 0


async def test_a_refresh_leaves_what_the_touched_cannot_change(empty: Store) -> None:
    await empty.write(SMALL)
    touched = {"Sponsor": ["s2", "s2", "nobody"], "Address": ["a2"], "Phone": ["p"]}
    assert await keep_derived(empty.write, touched, ()) == 3
    got = {key: [one, two] for key, one, two in await empty.read(COUNTS)}
    assert got == {"s1": [None, None], "s2": [1, 0], "s3": [None, None], "a1": [3, 2], "a2": [0, 0]}
    assert await keep_derived(empty.write, {"Sponsor": []}, ()) == 0


async def test_a_refresh_reaches_what_depends_on_the_touched(empty: Store) -> None:
    await empty.write(SMALL)
    await refresh_all(empty)
    await empty.write("MATCH (p:Placement {key: 'p4'}) SET p.relationship = 'UNRELATED'")
    await empty.write("MATCH (:Child {key: 'c2'})-[r:HAS_PLACEMENT]->(:Placement {key: 'p3'}) DELETE r")

    changed = await keep_derived(empty.write, {"Placement": ["p3", "p4"], "Child": ["c2"]}, ())

    assert changed == 3  # two sponsors, and the child who is no longer released
    assert sorted(await empty.read(COUNTS)) == [*WANTED[:2], ["s1", 1, 1], ["s2", 1, 1], ["s3", 0, 0]]


async def test_check_reports_what_differs(empty: Store) -> None:
    await empty.write(SMALL)
    await refresh_all(empty)
    assert await check_derived(empty) == []
    await empty.write("MATCH (s:Sponsor) WHERE s.key <> 's2' SET s.childCount = 9")
    await empty.write("MATCH (a:Address {key: 'a1'}) REMOVE a.sponsorCount")
    assert await check_derived(empty, batch_size=1, examples=1) == [
        Difference("Sponsor", "childCount", 2, ("s1",)),
        Difference("Address", "sponsorCount", 1, ("a1",)),
    ]


async def test_days_and_texts_are_derived_and_removed_again(empty: Store) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c', firstName: 'Ana', lastName: 'Paz'})-[:RESPONDENT_IN]->(:CourtCase {key: 'k'})"
        "-[:HAS_HEARING]->(:Hearing {key: 'h', outcome: 'MISSED', scheduledOn: date('2024-05-02')}) "
        "CREATE (c)-[:SIBLING_OF]->(:Child {key: 'd', firstName: 'Luis'})"
    )
    read = (
        "MATCH (c:Child) RETURN c.key, toString(c.firstMissedOn), c.fullName, c.siblingNames, c.notified ORDER BY c.key"
    )
    assert await refresh_all(empty, model=EXTENDED) == 2
    assert await empty.read(read) == [
        ["c", "2024-05-02", "Ana Paz", "Luis", False],
        ["d", None, "Luis", "Ana", False],
    ]

    await empty.write("MATCH (h:Hearing {key: 'h'}) SET h.outcome = 'ATTENDED'")
    await empty.write("MATCH (c:Child {key: 'c'}) REMOVE c.firstName")

    assert await keep_derived(empty.write, {"Hearing": ["h"], "Child": ["c"]}, (), model=EXTENDED) == 2
    assert await empty.read(read) == [["c", None, None, "Luis", False], ["d", None, "Luis", None, False]]
    await empty.write("MATCH (c:Child {key: 'c'}) SET c.firstMissedOn = date('2024-05-02'), c.notified = null")
    assert await check_derived(empty, model=EXTENDED) == [
        Difference("Child", "firstMissedOn", 1, ("c",)),
        Difference("Child", "notified", 1, ("c",)),
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_what_was_touched_is_enough(empty: Store, seed: int) -> None:
    """After random writes, a refresh of what they touched leaves nothing that recomputing all would change."""
    random = Random(seed)
    await write_graph(empty, hostile(seed))
    await refresh_all(empty, model=EXTENDED)
    writes = RandomWrites(empty, EXTENDED, random)
    changed = 0
    for _ in range(10):
        touched = await writes.some(random.choice((1, 2, 5)))

        changed += await keep_derived(empty.write, touched, (), model=EXTENDED)

        assert await check_derived(empty, model=EXTENDED) == []
    assert changed >= 4
    assert await refresh_all(empty, model=EXTENDED) == 0


async def test_a_transaction_keeps_what_it_changes_and_the_mark(empty: Store) -> None:
    await empty.write(SMALL)
    await refresh_all(empty)
    await empty.write("MATCH (p:Placement {key: 'p3'}), (a:Address {key: 'a2'}) CREATE (p)-[:RELEASED_TO]->(a)")
    held = await read_held(empty.write)
    assert held == [kind for kind in derived_types(MODEL) if kind != "RELEASED_TO"]
    await empty.write("MATCH (c:Child {key: 'c3'}), (p:Placement {key: 'p1'}) CREATE (c)-[:HAS_PLACEMENT]->(p)")

    changed = await keep_derived(empty.write, {"Child": ["c3"], "Placement": ["p1"]}, held)

    assert changed == 1
    assert await read_held(empty.write) == held
    assert [(one.label, one.examples) for one in await check_derived(empty)] == [("Address", ("a2",))] * 2
    assert await keep_derived(empty.write, {"Phone": ["p"]}, []) == 0


async def test_every_statement_begins_at_the_index_of_keys(empty: Store) -> None:
    await write_graph(empty, hostile(1))
    touched = {label: ["a"] for label in EXTENDED.labels}
    statements = list(refresh_statements(touched, model=EXTENDED))
    assert len(statements) == 3
    for statement in statements:
        plan = await empty.explain(statement, {"touched": touched})
        assert [one.name for one in plan.root.walk() if "Scan" in one.name] == []


def test_nothing_is_done_for_what_nothing_depends_on() -> None:
    assert list(refresh_statements({"Phone": ["p"], "Child": []})) == []
    assert len(list(refresh_statements({"Child": ["c"]}))) == 3
    assert list(refresh_statements({"Child": ["c"]})) == list(refresh_statements({"Placement": ["p"], "Child": ["c"]}))


def test_the_digest_tells_declarations_apart() -> None:
    assert derived_digest() == derived_digest()
    assert len({derived_digest(), derived_digest(EXTENDED), derived_digest(derived_model(*OF_CHILD[:1]))}) == 3
