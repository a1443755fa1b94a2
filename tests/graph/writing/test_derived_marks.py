"""The mark says for which types of links derived properties hold, and from which day on."""

from __future__ import annotations

from datetime import date

import pytest

from graph.cypher import Parameter, Printer
from graph.model import MODEL
from graph.store import Store
from graph.writing.derived_marks import derived_hold, derived_types, mark_derived, read_held, renewal
from tests.graph.writing.deriving import FIRST_MISSED, OF_CHILD, derived_model

RELEASES = """
CREATE (:Child {key: 'c'})-[:HAS_PLACEMENT]->(:Placement {key: 'p', releasedOn: date('2024-05-01')})
  -[:WITH_SPONSOR]->(:Sponsor {key: 's'}),
  (:Placement {key: 'q', releasedOn: date('2024-06-01')}), (:Address {key: 'a'})
"""
TYPES = [
    *("HAD_OUTCOME", "HAS_CONTACT", "HAS_HEARING", "HAS_NOTICE", "HAS_PLACEMENT"),
    *("RELEASED_TO", "RESIDES_AT", "RESPONDENT_IN", "WITH_SPONSOR"),
]
TO_SPONSOR = "MATCH (p:Placement {key: $key}), (s:Sponsor {key: 's'}) CREATE (p)-[:WITH_SPONSOR]->(s)"


@pytest.fixture
async def marked(empty: Store) -> Store:
    """A small graph with a mark."""
    await empty.write(RELEASES)
    assert await read_held(empty.write) == []
    await mark_derived(empty)
    return empty


async def latest(store: Store) -> object:
    return await store.read("MATCH (mark:KeptCounts) RETURN mark.latestRelease")


async def renew(store: Store, touched: dict[str, list[str]]) -> None:
    await store.write(renewal(await read_held(store.write), touched), {"touched": touched})


async def test_each_type_holds_by_itself(marked: Store) -> None:
    assert derived_types(MODEL) == TYPES == await read_held(marked.write)
    await marked.write("MATCH (p:Placement {key: 'p'}), (a:Address) CREATE (p)-[:RELEASED_TO]->(a)")
    held = [kind for kind in TYPES if kind != "RELEASED_TO"]
    assert await read_held(marked.write) == held
    await marked.write(TO_SPONSOR, {"key": "q"})
    await marked.write(renewal(held))
    assert await read_held(marked.write) == held
    await mark_derived(marked)
    assert await read_held(marked.write) == TYPES


async def test_what_a_model_adds_does_not_hold_before_it_is_marked(marked: Store) -> None:
    extended = derived_model(*OF_CHILD)
    assert await read_held(marked.write, extended) == TYPES
    await mark_derived(marked, extended)
    assert await read_held(marked.write, extended) == derived_types(extended)
    assert {*derived_types(extended)} == {*TYPES, "ABOUT", "SIBLING_OF"}


async def test_the_latest_day_is_found_among_all(marked: Store) -> None:
    assert await latest(marked) == [[date(2024, 5, 1)]]
    await marked.write(TO_SPONSOR, {"key": "q"})
    await mark_derived(marked)
    assert await latest(marked) == [[date(2024, 6, 1)]]
    await marked.write("MATCH (p:Placement {key: 'p'}) REMOVE p.releasedOn")
    await mark_derived(marked)
    assert await latest(marked) == [[None]]
    await marked.write("MATCH (p:Placement) DETACH DELETE p")
    await mark_derived(marked)
    assert await latest(marked) == [[date(1, 1, 1)]]


async def test_a_renewal_looks_for_later_days_among_the_touched(marked: Store) -> None:
    held = await read_held(marked.write)
    await marked.write(TO_SPONSOR, {"key": "q"})
    await marked.write(renewal(held, {"Sponsor": ["s"]}), {"touched": {"Sponsor": ["s"]}})
    assert await latest(marked) == [[date(2024, 5, 1)]]
    await renew(marked, {"Placement": ["q"]})
    assert await latest(marked) == [[date(2024, 6, 1)]]
    await renew(marked, {"Placement": ["p", "none"]})
    assert await latest(marked) == [[date(2024, 6, 1)]]
    await marked.write("MATCH (p:Placement {key: 'p'}) REMOVE p.releasedOn")
    await renew(marked, {"Placement": ["p", "q"]})
    assert await latest(marked) == [[None]]
    await renew(marked, {"Placement": ["q"]})
    assert await latest(marked) == [[None]]
    assert await read_held(marked.write) == TYPES


async def test_what_did_not_hold_is_not_renewed(marked: Store) -> None:
    await marked.write("MATCH (mark:KeptCounts) DELETE mark")
    assert renewal(await read_held(marked.write)) == ""
    assert renewal([], {"Sponsor": ["s"]}) == ""
    assert await marked.read("MATCH (mark:KeptCounts) RETURN mark") == []


def test_the_condition_names_what_the_properties_depend_on() -> None:
    counts = [prop.derived for prop in MODEL.node("Sponsor").properties if prop.derived]
    text = " ".join(derived_hold([*counts, FIRST_MISSED], Parameter(date(2024, 5, 1))).print(Printer()).split())
    numbers = {"HAS_HEARING": "HAS_HEARING", "placements": "HAS_PLACEMENT", "RESPONDENT_IN": "RESPONDENT_IN"}
    assert text.startswith("EXISTS { MATCH (mark0:KeptCounts) WHERE ((mark0.latestRelease <= $p[1]) AND ")
    for name, kind in {**numbers, "sponsored": "WITH_SPONSOR"}.items():
        assert f"mark0.{name} = COUNT {{ MATCH (n" in text
        assert text.count(f"-[:{kind}]->()") == 1
    alone = derived_hold([FIRST_MISSED], Parameter(date(2024, 5, 1))).print(Printer())
    assert "latestRelease" not in alone
    assert "$p" not in alone


def test_a_property_that_does_not_answer_for_a_day_has_no_condition() -> None:
    present = [prop.derived for prop in MODEL.node("Address").properties if prop.derived]
    with pytest.raises(ValueError, match="a derived property does not answer for a day"):
        derived_hold(present, Parameter(date(2024, 5, 1)))
