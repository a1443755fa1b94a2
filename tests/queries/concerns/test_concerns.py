from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

PEOPLE = (
    "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'}), "
    "(c:Child {key: 'c'}), (d:Child {key: 'd', dateOfBirth: @2010-01-01}), "
    "(e:Child {key: 'e', dateOfBirth: @2006-05-31})"
)


async def living(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWithSponsorsOfConcern", **arguments)


async def released(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "releasesAfterConcern", **arguments)


async def waiting(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "concernsNotFollowedUp", **arguments)


def release(child: str, sponsor: str, day: str | None, ended: str | None = None, *, key: str = "") -> str:
    days = "".join(f", {name}: @{value}" for name, value in (("releasedOn", day), ("endedOn", ended)) if value)
    placement = f"(:Placement {{key: '{key or child + sponsor}'{days}}})"
    return f"({child})-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor})"


def concern(day: str | None, links: str = "-[:CONCERNS]->(c)", *, key: str = "r", kind: str = "LABOR") -> str:
    reported = f", reportedOn: @{day}" if day else ""
    return f"({key}:ConcernReport {{key: '{key}', kind: '{kind}'{reported}}}){links}"


async def test_another_child_of_the_sponsor(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "s", "2024-01-01"), release("d", "s", "2024-02-01"), concern("2024-03-01"))
    assert await living(empty) == [("d", "s", 1, "2024-03-01")]
    assert await living(empty, asOf="2024-02-29") == []
    assert await living(empty, kinds=["TRAFFICKING"]) == []


async def test_a_report_that_names_the_sponsor(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "s", "2024-01-01"),
        concern("2023-03-01", "-[:NAMES]->(s)", kind="TRAFFICKING"),
        concern("2024-03-01", "-[:NAMES]->(s)", key="q"),
        concern("2024-04-01", "-[:NAMES]->(s)", key="o", kind="NEGLECT"),
    )
    assert await living(empty) == [("c", "s", 2, "2024-03-01")]
    await empty.write("MATCH (q:ConcernReport {key: 'q'}), (c:Child {key: 'c'}) CREATE (q)-[:CONCERNS]->(c)")
    assert await living(empty) == [("c", "s", 1, "2023-03-01")]


async def test_those_who_are_grown_up(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "s", "2024-01-01"), release("e", "s", "2024-01-01"), concern("2024-03-01"))
    assert await living(empty) == []
    assert await living(empty, asOf="2024-05-30") == [("e", "s", 1, "2024-03-01")]
    assert await living(empty, includeGrownUp=True) == [("e", "s", 1, "2024-03-01")]


@pytest.mark.parametrize(
    ("stay", "found"),
    [
        ((release("c", "s", "2024-03-01"),), True),
        ((release("c", "s", "2024-03-02"),), False),
        ((release("c", "s", None),), False),
        ((release("c", "s", "2024-01-01", "2024-03-01"),), True),
        ((release("c", "s", "2024-01-01", "2024-02-29"),), False),
        ((release("c", "s", "2024-01-01"), release("c", "t", "2024-03-01")), False),
        ((release("c", "s", "2024-01-01"), release("c", "t", "2024-03-02")), True),
    ],
)
async def test_with_whom_a_child_was_on_the_day_of_a_report(empty: Store, stay: tuple[str, ...], found: bool) -> None:
    await put(empty, PEOPLE, *stay, release("d", "s", "2024-04-01"), concern("2024-03-01"))
    assert await living(empty) == ([("d", "s", 1, "2024-03-01")] if found else [])
    assert await released(empty) == ([("d", "ds", "s", 1, "2024-03-01", "2024-04-01")] if found else [])


@pytest.mark.parametrize(
    ("stay", "found"),
    [
        ((release("d", "s", "2024-02-01", "2024-05-31"),), False),
        ((release("d", "s", "2024-02-01", "2024-06-01"),), True),
        ((release("d", "s", "2024-02-01"), release("d", "t", "2024-04-01")), False),
        ((release("d", "s", "2024-06-01"),), False),
    ],
)
async def test_who_is_still_with_the_sponsor(empty: Store, stay: tuple[str, ...], found: bool) -> None:
    await put(empty, PEOPLE, release("c", "s", "2024-01-01"), *stay, concern("2024-03-01"))
    assert [row[0] for row in await living(empty)] == ["d"] * found


async def test_a_child_with_two_sponsors_of_concern_is_one_row(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        "(d)-[:HAS_PLACEMENT]->(p:Placement {key: 'p', releasedOn: @2024-02-01})-[:WITH_SPONSOR]->(t)",
        "(p)-[:WITH_SPONSOR]->(s)",
        concern("2024-01-01", "-[:NAMES]->(s)"),
        concern("2024-01-01", "-[:NAMES]->(t)", key="q"),
    )
    await empty.write("MATCH (r:ConcernReport {key: 'r'}), (t:Sponsor {key: 't'}) CREATE (r)-[:NAMES]->(t)")
    assert await living(empty) == [("d", "s", 2, "2024-01-01")]
    assert await released(empty) == [("d", "p", "s", 2, "2024-01-01", "2024-02-01")]


@pytest.mark.parametrize(("day", "found"), [("2024-01-31", True), ("2024-02-01", False), ("2024-02-02", False)])
async def test_a_release_after_a_report(empty: Store, day: str, found: bool) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "s", "2024-01-01"),
        release("d", "s", "2024-02-01"),
        concern(day, kind="ABUSE"),
        concern("2024-01-10", key="q", kind="OTHER"),
    )
    assert await released(empty) == ([("d", "ds", "s", 1, day, "2024-02-01")] if found else [])
    assert len(await released(empty, kinds=["OTHER"])) == 1
    assert await released(empty, asOf="2024-01-31") == []


async def test_a_child_released_again_to_the_sponsor_of_its_own_report(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("e", "s", "2024-01-01", "2024-02-01"),
        release("e", "s", "2024-03-01", key="again"),
        concern("2024-01-15", "-[:CONCERNS]->(e)"),
    )
    assert await released(empty) == []
    assert await released(empty, includeGrownUp=True) == [("e", "again", "s", 1, "2024-01-15", "2024-03-01")]


def report(links: str = "", **days: str) -> str:
    values = "".join(f", {name}: @{day}" for name, day in days.items())
    return f"(r:ConcernReport {{key: 'r'{values}}}){links}"


@pytest.mark.parametrize(
    ("days", "row"),
    [
        ({"receivedOn": "2024-05-23"}, ("NOT_TRIAGED", "2024-05-23", 8)),
        ({"receivedOn": "2024-05-24"}, None),
        ({"reportedOn": "2024-05-01", "receivedOn": "2024-05-24"}, None),
        ({"reportedOn": "2024-05-01"}, ("NOT_TRIAGED", "2024-05-01", 30)),
        ({"reportedOn": "2024-05-01", "receivedOn": "2024-06-01"}, ("NOT_TRIAGED", "2024-05-01", 30)),
        ({}, None),
        ({"receivedOn": "2024-05-01", "triagedOn": "2024-05-23"}, ("NOT_REFERRED", "2024-05-23", 8)),
        ({"receivedOn": "2024-05-01", "triagedOn": "2024-05-24"}, None),
        ({"triagedOn": "2024-05-23"}, ("NOT_REFERRED", "2024-05-23", 8)),
        ({"receivedOn": "2024-05-01", "triagedOn": "2024-06-01"}, ("NOT_TRIAGED", "2024-05-01", 30)),
        ({"receivedOn": "2024-05-01", "closedOn": "2024-05-31"}, None),
        ({"receivedOn": "2024-05-01", "closedOn": "2024-06-01"}, ("NOT_TRIAGED", "2024-05-01", 30)),
    ],
)
async def test_a_report_that_waits(empty: Store, days: dict[str, str], row: tuple[Any, ...] | None) -> None:
    await put(empty, report(**days))
    assert await waiting(empty) == ([("r", None, *row)] if row else [])


async def test_the_days_to_wait(empty: Store) -> None:
    await put(empty, report(receivedOn="2024-05-23"))
    assert await waiting(empty, maxDays=8) == []
    assert len(await waiting(empty, maxDays=0)) == 1


async def test_a_referral_ends_the_wait_of_what_was_looked_at(empty: Store) -> None:
    await put(empty, report("-[:REFERRED_TO]->(:Agency {key: 'ORR'})", receivedOn="2024-05-01", triagedOn="2024-05-02"))
    assert await waiting(empty) == []
    await empty.write("MATCH (r:ConcernReport) REMOVE r.triagedOn")
    assert [row[2] for row in await waiting(empty)] == ["NOT_TRIAGED"]


async def test_reports_about_those_who_are_grown_up(empty: Store) -> None:
    await put(empty, PEOPLE, report("-[:CONCERNS]->(e)", receivedOn="2024-05-01"))
    assert await waiting(empty) == []
    assert [row[:2] for row in await waiting(empty, includeGrownUp=True)] == [("r", "e")]
    await empty.write("MATCH (r:ConcernReport), (d:Child {key: 'd'}) CREATE (r)-[:CONCERNS]->(d)")
    assert [row[:2] for row in await waiting(empty)] == [("r", "d")]
