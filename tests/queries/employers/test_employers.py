from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.addresses.test_addresses import PEOPLE, PLACES, resides
from tests.queries.addresses.test_addresses import release as released_to
from tests.queries.scenarios import DAY, ask, put


def works(*where: str) -> str:
    return ", ".join(["(e:Employer {key: 'e'})", *(f"(e)-[:LOCATED_AT]->({place})" for place in where)])


async def at_addresses(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "employersAtSponsorAddresses", **arguments)


async def test_an_employer_where_sponsors_reside_or_children_were_released(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        works("a", "a", "b"),
        resides("s", "2020-01-01"),
        released_to("c", "t", DAY),
        resides("s", "2020-01-01", where="b"),
    )
    assert await at_addresses(empty) == [("e", "a", 2, 1)]
    assert await at_addresses(empty, minSponsors=3) == []
    assert await at_addresses(empty, minSponsors=1) == [("e", "a", 2, 1), ("e", "b", 1, 0)]
    assert await at_addresses(empty, asOf="2024-05-30", minSponsors=1) == [("e", "a", 1, 0), ("e", "b", 1, 0)]


@pytest.mark.parametrize(("until", "counts"), [(DAY, True), ("2024-05-30", False)])
async def test_a_sponsor_who_left_does_not_count(empty: Store, until: str, counts: bool) -> None:
    await put(empty, PLACES, PEOPLE, works("a"), resides("s", "2020-01-01"), resides("t", "2020-01-01", until))
    assert len(await at_addresses(empty)) == counts


async def test_addresses_without_an_employer(empty: Store) -> None:
    await put(empty, PLACES, PEOPLE, works(), *(resides(who, "2020-01-01") for who in "st"))
    assert await at_addresses(empty) == []


async def test_sponsors_who_followed_one_another(empty: Store) -> None:
    former = released_to("c", "s", "2020-01-01", endedOn="@2020-12-31")
    await put(empty, PLACES, PEOPLE, works("a"), former, resides("t", "2021-01-01"))
    assert await at_addresses(empty) == []


async def near(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "releasesNearCitedEmployers", **arguments)


AREA = "(c:Child {key: 'c'}), (z:PostalArea {key: 'z'}), (e:Employer {key: 'e'})-[:IN_AREA]->(z)"


def release(day: str | None = "2022-05-31", relationship: str = "UNRELATED") -> str:
    dated = f", releasedOn: @{day}" if day else ""
    placement = f"(p:Placement {{key: 'p', relationship: '{relationship}'{dated}}})"
    return f"(c)-[:HAS_PLACEMENT]->{placement}-[:RELEASED_IN]->(z)"


def cited(day: str | None = "2022-05-31", minors: int | None = 4, employer: str = "e") -> str:
    values = [f"foundOn: @{day}" if day else "", f"minorsAffected: {minors}" if minors is not None else ""]
    return f"({employer})-[:CITED_FOR]->(:LaborViolation {{key: randomUUID(), {', '.join(filter(None, values))}}})"


async def test_citations_are_counted_together(empty: Store) -> None:
    await put(
        empty,
        AREA,
        "(f:Employer {key: 'f'})-[:IN_AREA]->(z)",
        release(),
        cited(),
        cited("2022-06-30", 5),
        cited("2021-01-01", 2, "f"),
    )
    assert await near(empty) == [("c", "p", "z", 2, 11, "2022-06-30")]
    assert await near(empty, minMinors=5) == [("c", "p", "z", 1, 5, "2022-06-30")]
    assert await near(empty, minMinors=6) == []


@pytest.mark.parametrize(
    ("found", "years", "counts"),
    [
        ("2021-05-31", 1, True),
        ("2021-05-30", 1, False),
        ("2023-05-31", 1, True),
        ("2023-06-01", 1, False),
        ("2022-05-31", 0, True),
        (None, 3, False),
    ],
)
async def test_years_between(empty: Store, found: str | None, years: int, counts: bool) -> None:
    await put(empty, AREA, release(), cited(found))
    assert len(await near(empty, withinYears=years)) == counts


@pytest.mark.parametrize(("relationship", "counts"), [("UNRELATED", True), ("FAMILY_FRIEND", True), ("COUSIN", False)])
async def test_only_unrelated_sponsors(empty: Store, relationship: str, counts: bool) -> None:
    await put(empty, AREA, release(relationship=relationship), cited())
    assert len(await near(empty)) == counts


async def test_facts_after_the_day_and_without_values_do_not_count(empty: Store) -> None:
    await put(empty, AREA, release("2024-05-31"), cited("2024-06-01"), cited("2024-05-01", None))
    assert await near(empty) == []
    assert await near(empty, asOf="2024-06-01") == [("c", "p", "z", 1, 4, "2024-06-01")]
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date('2024-06-02')")
    assert await near(empty, asOf="2024-06-01") == []
    await empty.write("MATCH (p:Placement) REMOVE p.releasedOn")
    assert await near(empty, asOf="2024-06-01") == []


async def test_areas_through_addresses(empty: Store) -> None:
    await put(
        empty,
        "(c:Child {key: 'c'})-[:HAS_PLACEMENT]->(p:Placement {key: 'p', relationship: 'UNRELATED'})",
        "(p)-[:RELEASED_TO]->(:Address {key: 'a'})-[:IN_AREA]->(z:PostalArea {key: 'z'})",
        "(e:Employer {key: 'e'})-[:LOCATED_AT]->(:Address {key: 'b'})-[:IN_AREA]->(z)",
        "(e)-[:IN_AREA]->(y:PostalArea {key: 'y'})",
        cited(),
    )
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date('2022-05-31')")
    assert await near(empty) == [("c", "p", "z", 1, 4, "2022-05-31")]
    await empty.write("MATCH (p:Placement) MATCH (z:PostalArea {key: 'z'}) CREATE (p)-[:RELEASED_IN]->(z)")
    await empty.write("MATCH (e:Employer) MATCH (z:PostalArea {key: 'z'}) CREATE (e)-[:IN_AREA]->(z)")
    assert await near(empty) == [("c", "p", "z", 1, 4, "2022-05-31")]


@pytest.mark.parametrize(("born", "counts"), [("2006-06-01", True), ("2006-05-31", False)])
async def test_those_who_are_grown_up(empty: Store, born: str, counts: bool) -> None:
    await put(empty, AREA, release(), cited())
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date($born)", {"born": born})
    assert len(await near(empty)) == counts
    assert len(await near(empty, includeGrownUp=True)) == 1
