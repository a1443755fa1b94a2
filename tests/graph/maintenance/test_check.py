"""What breaks the model is named, and nothing else is."""

from __future__ import annotations

import pytest

from graph.maintenance.check import Breach, check_graph
from graph.store import Store
from graph.writing.derived import refresh_all
from graph.writing.folded_text import check_twins
from tests.hostile import hostile, write_graph

PLANTED = {
    "MATCH (p:Placement)-[:WITH_SPONSOR]->(s) WITH p, s LIMIT 1 CREATE (p)-[:WITH_SPONSOR]->(s)": (
        ("WITH_SPONSOR", "is there once between two nodes (of a Placement)", 1),
    ),
    "MATCH (p:Placement)-[:RELEASED_TO]->(a) WITH p, a LIMIT 1 MATCH (b:Address) WHERE b <> a WITH p, b LIMIT 1 "
    "CREATE (p)-[:RELEASED_TO]->(b)": (("Placement.address", "is one", 1),),
    "MATCH (n:Notification) WHERE EXISTS { (n)-[:ABOUT]->() } WITH n LIMIT 1 MATCH (h:Hearing) "
    "WHERE NOT (n)-[:ABOUT]->(h) WITH n, h LIMIT 1 CREATE (n)-[:ABOUT]->(h)": (("Notification.hearing", "is one", 1),),
    "MATCH (a:Child)-[r:SIBLING_OF]->(b) WITH a, b LIMIT 1 CREATE (b)-[:SIBLING_OF]->(a)": (
        ("SIBLING_OF", "is there once between two nodes (of a Child)", 1),
    ),
    "CREATE (:HomeStudy {orderedOn: date()}), (:HomeStudy {key: ''})": (("HomeStudy.key", "is there", 2),),
    "CREATE (:Phone {key: 7})": (("Phone.key", "is a text", 1),),
    "MATCH (h:Hearing {key: 'Hearing-3'}) SET h.scheduledOn = '2024-05-31', h.outcome = 'Missed'": (
        ("Hearing.scheduledOn", "is a day", 1),
        ("Hearing.outcome", "is a HearingOutcome", 1),
    ),
    "MATCH ()-[r:RECORDED]->() WITH r LIMIT 1 SET r.recordedOn = 5 REMOVE r.key": (
        ("RECORDED.key", "is there", 1),
        ("RECORDED.recordedOn", "is a day", 1),
    ),
    "MATCH (a:Agency {code: 'ORR'}), (s:Sponsor {key: 'Sponsor-1'}) CREATE (s)-[:MADE_BY]->(a)": (
        ("MADE_BY", "leads from ContactAttempt to Agency", 1),
    ),
    "MATCH (e:Employer {key: 'Employer-1'}) SET e:Sponsor": (
        ("Employer", "has one label of the model", 1),
        ("Sponsor", "has one label of the model", 1),
    ),
    "CREATE ()": (("a node", "has a label", 1),),
    "MATCH (c:CourtCase {key: 'CourtCase-1'}) SET c.judge = 'J'": (
        ("CourtCase", "a property that the model does not know", 1),
    ),
    "CREATE (:`Odd``one` {key: 'a'})-[:KNOWS]->(:`Odd``one` {key: 'b'})": (
        ("Odd`one", "a label that the model does not know", 2),
        ("KNOWS", "a type that the model does not know", 1),
    ),
}
"""Statements that break the model, each with the breaches that it makes."""


def told(breaches: list[Breach]) -> set[tuple[str, str, int]]:
    return {(one.where, one.rule, one.number) for one in breaches}


@pytest.fixture
async def sound(empty: Store) -> Store:
    """A store with a random graph that keeps to the model."""
    await write_graph(empty, hostile(5, unknown=0.05, single=True))
    await refresh_all(empty)
    await check_twins(empty, mend=True)
    return empty


async def test_each_breach_is_named_and_nothing_else(sound: Store) -> None:
    assert await check_graph(sound) == []
    for statement in PLANTED:
        await sound.write(statement)
    await refresh_all(sound)

    found = await check_graph(sound)

    assert told(found) >= {breach for breaches in PLANTED.values() for breach in breaches}
    kept = {one for one in told(found) if "db derive" in one[1]}
    assert told(found) - kept == {breach for breaches in PLANTED.values() for breach in breaches}
    assert [one.note for one in found] == sorted(one.note for one in found)
    assert [one.rule for one in found if one.note] == [one.rule for one in found if "does not know" in one.rule]
    [hearing] = [one for one in found if one.where == "Hearing.outcome"]
    assert hearing.examples == ("Hearing-3",)


async def test_wrong_counts_and_twins_are_named(sound: Store) -> None:
    await sound.write("MATCH (s:Sponsor {key: 'Sponsor-2'}) SET s.childCount = 99, s.lastNameFolded = 'other'")

    found = await check_graph(sound)

    assert [(one.where, one.number, one.examples) for one in found] == [
        ("Sponsor.childCount", 1, ("Sponsor-2",)),
        ("Sponsor.lastName", 1, ()),
    ]
    assert all("sightline db derive --refresh" in one.rule for one in found)


async def test_keys_that_no_constraint_keeps_apart(empty: Store) -> None:
    await empty.write_auto("DROP CONSTRAINT Phone_key")
    try:
        await empty.write("CREATE (:Phone {key: 'p'}), (:Phone {key: 'p'}), (:Phone {key: 'q'})")
        assert told(await check_graph(empty)) == {("Phone", "has a key that no other has", 1)}
    finally:
        await empty.write("MATCH (n) DETACH DELETE n")
        await empty.write_auto("CREATE CONSTRAINT Phone_key FOR (n:Phone) REQUIRE n.key IS UNIQUE")
