"""Courts far from the children whose cases they hear."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

MIAMI = "location: point({latitude: 25.77, longitude: -80.19})"
ORLANDO = "location: point({latitude: 28.54, longitude: -81.38})"
HOUSTON = "location: point({latitude: 29.76, longitude: -95.37})"
COURT = (
    f"(court:Agency {{key: 'hou', kind: 'COURT'}})-[:RESPONSIBLE_FOR]->(hou:PostalArea {{key: 'houston', {HOUSTON}}}), "
    f"(mia:PostalArea {{key: 'miami', {MIAMI}}}), (orl:PostalArea {{key: 'orlando', {ORLANDO}}}), "
    "(here:Address {key: 'here'})-[:IN_AREA]->(mia), (there:Address {key: 'there'})-[:IN_AREA]->(hou)"
)
FAR = 1558
"""Kilometers between Miami and Houston."""


def case(values: str = "openedOn: @2023-01-01, status: 'PENDING'") -> str:
    return f"(c:Child {{key: 'c'}})-[:RESPONDENT_IN]->(k:CourtCase {{key: 'k', {values}}})-[:VENUED_AT]->(court)"


def released(day: str | None = "2023-02-01", key: str = "p", ended: str | None = None) -> str:
    days = {"releasedOn": day, "endedOn": ended}
    values = "".join(f", {name}: @{value}" for name, value in days.items() if value)
    return f"(c)-[:HAS_PLACEMENT]->({key}:Placement {{key: '{key}'{values}}})"


def resides(since: str | None, until: str | None = None, where: str = "here") -> str:
    days = {"since": since, "until": until}
    return f"(c)-[:RESIDES_AT {{{', '.join(f'{n}: @{d}' for n, d in days.items() if d)}}}]->({where})"


async def far(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "courtsFarFromChildren", **arguments)


@pytest.mark.parametrize("where", ["(p)-[:RELEASED_IN]->(mia)", "(p)-[:RELEASED_TO]->(here)"])
async def test_a_release_far_from_the_court(empty: Store, where: str) -> None:
    await put(empty, COURT, case(), released(), where)
    assert await far(empty) == [("c", "k", "hou", FAR, "2023-02-01")]
    assert len(await far(empty, minKilometers=FAR)) == 1
    assert await far(empty, minKilometers=FAR + 1) == []


async def test_the_area_of_the_address_goes_before_that_of_the_release(empty: Store) -> None:
    await put(empty, COURT, case(), released(), "(p)-[:RELEASED_TO]->(there)", "(p)-[:RELEASED_IN]->(mia)")
    assert await far(empty) == []


async def test_the_nearest_of_the_courts_areas(empty: Store) -> None:
    await put(empty, COURT, case(), released(), "(p)-[:RELEASED_IN]->(mia), (court)-[:RESPONSIBLE_FOR]->(orl)")
    assert [row[3] for row in await far(empty)] == [330]
    await empty.write("MATCH (a:Agency), (m:PostalArea {key: 'miami'}) CREATE (a)-[:RESPONSIBLE_FOR]->(m)")
    assert await far(empty) == []


@pytest.mark.parametrize(
    ("report", "since"),
    [
        (resides("2024-01-01"), "2024-01-01"),
        (resides("2024-01-01", "2024-05-31"), "2024-01-01"),
        (resides("2024-01-01", "2024-05-30"), None),
        (resides("2024-06-01"), None),
        (resides(None), None),
        (resides("2023-01-01"), None),
    ],
)
async def test_the_latest_place_that_stands(empty: Store, report: str, since: str | None) -> None:
    await put(empty, COURT, case(), released(), "(p)-[:RELEASED_TO]->(there)", report)
    assert [row[4] for row in await far(empty)] == ([since] if since else [])


@pytest.mark.parametrize(("ended", "counts"), [("2024-05-30", False), ("2024-05-31", True), ("2023-01-31", True)])
async def test_a_placement_that_had_ended(empty: Store, ended: str, counts: bool) -> None:
    await put(empty, COURT, case(), released(ended=ended), "(p)-[:RELEASED_TO]->(here)")
    assert len(await far(empty)) == counts


async def test_of_two_places_that_began_on_a_day_the_nearer(empty: Store) -> None:
    await put(empty, COURT, case(), resides("2024-01-01"), resides("2024-01-01", where="there"))
    assert await far(empty) == []


@pytest.mark.parametrize(
    ("kind", "day", "counts"),
    [
        ("CHANGE_OF_VENUE", "2023-02-01", False),
        ("CHANGE_OF_VENUE", "2023-01-31", True),
        ("CHANGE_OF_VENUE", "2024-06-01", True),
        ("REMOVAL", "2023-03-01", True),
    ],
)
async def test_a_change_of_venue_since_the_child_lives_there(empty: Store, kind: str, day: str, counts: bool) -> None:
    order = f"(k)-[:HAS_HEARING]->(:Hearing)-[:RESULTED_IN]->(:CourtOrder {{kind: '{kind}', issuedOn: @{day}}})"
    await put(empty, COURT, case(), released(), "(p)-[:RELEASED_TO]->(here)", order)
    assert len(await far(empty)) == counts


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ("openedOn: @2024-05-31, status: 'PENDING', closedOn: @2024-01-01", True),
        ("openedOn: @2024-06-01, status: 'PENDING'", False),
        ("openedOn: @2023-01-01, status: 'CLOSED', closedOn: @2024-06-01", True),
        ("openedOn: @2023-01-01, status: 'CLOSED', closedOn: @2024-05-31", False),
    ],
)
async def test_open_cases(empty: Store, values: str, counts: bool) -> None:
    await put(empty, COURT, case(values), released(), "(p)-[:RELEASED_TO]->(here)")
    assert len(await far(empty)) == counts


async def test_places_without_a_position(empty: Store) -> None:
    await put(empty, COURT, case(), released(), "(p)-[:RELEASED_TO]->(here)")
    await empty.write("MATCH (a:PostalArea {key: 'miami'}) REMOVE a.location")
    assert await far(empty) == []
