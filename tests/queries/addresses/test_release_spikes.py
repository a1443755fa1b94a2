from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

FIRST = date(2024, 1, 1)
HERE = "street: '1 Main St', city: 'Miami', state: 'FL', postalCode: '33125'"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "releaseSpikes", **{"minReleases": 3, **arguments})


def address(key: str, values: str = HERE) -> str:
    return f"({key}:Address {{key: '{key}', {values}}})"


def releases(where: str, days: Iterable[int], kind: str = "RELEASED_TO", sponsor: str = "s") -> list[str]:
    """Return releases on the days counted from the first of 2024."""
    found = []
    for day in days:
        dated = f"releasedOn: @{FIRST + timedelta(days=day)}, relationship: 'UNRELATED'"
        found.append(f"({where})<-[:{kind}]-(:Placement {{key: randomUUID(), {dated}}})-[:WITH_SPONSOR]->({sponsor})")
    return found


SPONSOR = "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'})"


async def test_the_units_of_a_building_together(empty: Store) -> None:
    await put(
        empty,
        SPONSOR,
        address("b", HERE + ", unit: '1'"),
        address("a", HERE.replace("Main", "MAIN").replace("'1 ", "' 1 ") + ", unit: '2'"),
        address("x", HERE.replace("33125", "33126")),
        address("z", "city: 'Miami'"),
        *releases("a", [0, 10]),
        *releases("b", [30], sponsor="t"),
        *releases("x", [0, 1]),
        *releases("z", [0, 1, 2]),
    )
    assert await asked(empty) == [("BUILDING", "a", "a", None, 3, 2, 3, 0.0, "2024-01-01", "2024-01-31")]
    assert await asked(empty, minReleases=4) == []
    assert await asked(empty, withinDays=29) == []


async def test_an_area_itself_and_through_addresses(empty: Store) -> None:
    await put(
        empty,
        SPONSOR,
        "(z:PostalArea {key: 'z'}), (a:Address {key: 'a'})-[:IN_AREA]->(z)",
        "(:Employer {key: 'e'})-[:IN_AREA]->(z)",
        *releases("z", [0, 1], "RELEASED_IN"),
        *releases("a", [2]),
    )
    await empty.write("MATCH (p:Placement)-[:RELEASED_TO]->()-[:IN_AREA]->(z) CREATE (p)-[:RELEASED_IN]->(z)")
    assert await asked(empty) == [("POSTAL_AREA", "z", None, "z", 3, 1, 3, 0.0, "2024-01-01", "2024-01-03")]


async def test_a_place_that_is_always_busy_is_no_spike(empty: Store) -> None:
    """Of its 18 releases 4 come within 5 days, and the other 14 in the other 142: 0.49 in 5 days as a rule."""
    await put(empty, SPONSOR, address("a"), *releases("a", [50, 51, 52, 53, *range(5, 140, 10)]))
    [row] = await asked(empty, withinDays=4, minTimes=8)
    assert row[4:] == (4, 1, 4, 14 * 5 / 142, "2024-02-20", "2024-02-23")
    assert await asked(empty, withinDays=4, minTimes=9) == []


async def test_the_earliest_of_the_fullest_windows(empty: Store) -> None:
    await put(empty, SPONSOR, address("a"), *releases("a", [0, 40, 41, 42, 90, 91, 92]))
    [row] = await asked(empty, withinDays=5)
    assert row[4:] == (3, 1, 3, 4 * 6 / 146, "2024-02-10", "2024-02-12")


async def test_a_window_that_is_not_over(empty: Store) -> None:
    """Days after the day asked about are no days on which nobody was released."""
    await put(empty, SPONSOR, address("a"), *releases("a", [0, 1, 10, 11, 12]))
    [row] = await asked(empty, asOf="2024-01-13", withinDays=30, minTimes=1)
    assert row[4:8] == (5, 1, 5, 0.0)
    [row] = await asked(empty, asOf="2024-01-13", withinDays=5, minTimes=1)
    assert row[4:8] == (3, 1, 3, 2 * 3 / 10)


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), ("2024-06-01", False), (None, False)])
async def test_releases_up_to_the_day(empty: Store, day: str | None, counts: bool) -> None:
    dated = f", releasedOn: @{day}" if day else ""
    last = f"(:Placement {{key: 'p'{dated}}})-[:RELEASED_TO]->(a)"
    await put(empty, SPONSOR, address("a"), *releases("a", [150, 151]), last)
    assert len(await asked(empty)) == counts
