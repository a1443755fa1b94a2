from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.employers.test_employers import cited
from tests.queries.scenarios import DAY, ask, put

AREA = "(z:PostalArea {key: 'z'}), (e:Employer {key: 'e'})-[:IN_AREA]->(z), (c:Child {key: 'c'})"
REPORTED = "2024-05-01"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "laborConcernsNearCitedEmployers", **arguments)


def concern(day: str | None = REPORTED, kind: str = "LABOR") -> str:
    dated = f", reportedOn: @{day}" if day else ""
    return f"(r:ConcernReport {{key: 'r', kind: '{kind}'{dated}}})-[:CONCERNS]->(c)"


def released(day: str | None = "2024-01-01", where: str = "[:RELEASED_IN]->(z)") -> str:
    return f"(c)-[:HAS_PLACEMENT]->(p:Placement {{key: 'p'{f', releasedOn: @{day}' if day else ''}}})-{where}"


ROW = ("c", "r", "e", "SAME_AREA", 4, REPORTED, "2022-05-31")


@pytest.mark.parametrize(("kind", "counts"), [("LABOR", True), ("TRAFFICKING", True), ("ABUSE", False)])
async def test_kinds_of_concerns(empty: Store, kind: str, counts: bool) -> None:
    await put(empty, AREA, concern(kind=kind), released(), cited())
    assert await asked(empty) == ([ROW] if counts else [])


async def test_findings_are_counted_together(empty: Store) -> None:
    await put(empty, AREA, concern(), released(), cited(), cited("2023-01-01", 3), cited("2023-02-01", None))
    assert await asked(empty) == [("c", "r", "e", "SAME_AREA", 7, REPORTED, "2023-01-01")]
    assert await asked(empty, minMinors=4) == [ROW]
    assert await asked(empty, minMinors=5) == []


async def test_an_employer_without_findings_is_no_row(empty: Store) -> None:
    await put(empty, AREA, concern(), released())
    assert await asked(empty) == []


async def test_areas_through_addresses(empty: Store) -> None:
    await put(
        empty,
        "(z:PostalArea {key: 'z'}), (e:Employer {key: 'e'})-[:LOCATED_AT]->(:Address {key: 'b'})-[:IN_AREA]->(z)",
        "(c:Child {key: 'c'})",
        concern(),
        released(where="[:RELEASED_TO]->(:Address {key: 'a'})-[:IN_AREA]->(z)"),
        cited(),
    )
    assert await asked(empty) == [ROW]


async def test_the_closest_is_shown(empty: Store) -> None:
    home = "[:RELEASED_TO]->(a:Address {key: 'a'})-[:IN_AREA]->(z)"
    await put(empty, AREA, concern(), released(where=home), "(e)-[:LOCATED_AT]->(a)", cited())
    assert [row[3] for row in await asked(empty)] == ["SAME_ADDRESS"]
    await empty.write("MATCH (r:ConcernReport) MATCH (e:Employer) CREATE (r)-[:NAMES]->(e)")
    assert [row[3] for row in await asked(empty)] == ["NAMED"]


async def test_a_report_that_names_an_employer_elsewhere(empty: Store) -> None:
    await put(empty, AREA, concern(), "(r)-[:NAMES]->(e)", cited())
    assert [row[3] for row in await asked(empty)] == ["NAMED"]


@pytest.mark.parametrize(("day", "counts"), [(REPORTED, True), ("2024-05-02", False), (None, False)])
async def test_releases_up_to_the_report(empty: Store, day: str | None, counts: bool) -> None:
    await put(empty, AREA, concern(), released(day), cited())
    assert len(await asked(empty)) == counts


@pytest.mark.parametrize(
    ("reported", "found", "counts"),
    [
        (DAY, "2021-05-31", True),
        (DAY, "2021-05-30", False),
        ("2024-06-01", "2022-05-31", False),
        (None, "2022-05-31", False),
        ("2021-01-01", "2024-01-01", True),
        ("2021-01-01", "2024-01-02", False),
        (DAY, "2024-06-01", False),
        (DAY, None, False),
    ],
)
async def test_days(empty: Store, reported: str | None, found: str | None, counts: bool) -> None:
    await put(empty, AREA, concern(reported), released("2020-01-01"), cited(found))
    assert len(await asked(empty)) == counts


@pytest.mark.parametrize(("born", "counts"), [("2006-06-01", True), ("2006-05-31", False)])
async def test_those_who_are_grown_up(empty: Store, born: str, counts: bool) -> None:
    await put(empty, AREA, concern(), released(), cited())
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date($born)", {"born": born})
    assert len(await asked(empty)) == counts
    assert len(await asked(empty, includeGrownUp=True)) == 1


async def test_another_child_near_an_employer_is_not_this_one(empty: Store) -> None:
    await put(empty, AREA, concern(), "(r)-[:CONCERNS]->(:Child {key: 'd'})", released(), cited())
    assert await asked(empty) == [ROW]
