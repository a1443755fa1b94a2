from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put

CHILD = "(c:Child {key: 'c'}), (a:Address {key: 'a'}), (b:Address {key: 'b'}), (x:Address {key: 'x'})"


def released(day: str | None, deliverability: str | None) -> str:
    judged = f", deliverability: '{deliverability}'" if deliverability else ""
    placement = f"(p:Placement {{key: 'p'{f', releasedOn: @{day}' if day else ''}}})"
    return f"(c:Child {{key: 'c'}})-[:HAS_PLACEMENT]->{placement}-[:RELEASED_TO]->(a:Address {{key: 'a'{judged}}})"


@pytest.mark.parametrize("fault", ["BLANK", "UNDELIVERABLE", "MISSING_UNIT"])
async def test_which_fault(empty: Store, fault: str) -> None:
    await put(empty, released(DAY, fault))
    assert await ask(empty, "releaseAddressesUnusable") == [("c", "p", "a", fault, DAY)]


@pytest.mark.parametrize(
    ("day", "deliverability"),
    [(DAY, "DELIVERABLE"), (DAY, None), ("2024-06-01", "BLANK"), (None, "BLANK")],
)
async def test_releases_that_do_not_count(empty: Store, day: str | None, deliverability: str | None) -> None:
    await put(empty, released(day, deliverability))
    assert await ask(empty, "releaseAddressesUnusable") == []


async def test_a_child_released_twice_to_a_bad_address_has_two_rows(empty: Store) -> None:
    second = "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'q', releasedOn: @2024-05-30})-[:RELEASED_TO]->(a)"
    await put(empty, released(DAY, "BLANK"), second)
    assert [row[:2] for row in await ask(empty, "releaseAddressesUnusable")] == [("c", "p"), ("c", "q")]


async def disputed(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "addressesDisputedByAgencies", **arguments)


def report(agency: str | None, where: str, since: str | None, until: str | None = None, key: str = "") -> str:
    values = [f"reportedBy: '{agency}'" if agency else "", f"key: '{key}'" if key else ""]
    values += [f"{name}: @{day}" for name, day in (("since", since), ("until", until)) if day]
    return f"(c)-[:RESIDES_AT {{{', '.join(filter(None, values))}}}]->({where})"


async def test_every_pair_of_agencies(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        report("ORR", "a", "2024-01-01"),
        report("EOIR", "b", "2024-03-01"),
        report("ERO", "x", "2024-02-01"),
        report("USCIS", "b", "2024-02-01"),
    )
    assert await disputed(empty) == [
        ("c", "EOIR", "ERO", "b", "x", "2024-03-01"),
        ("c", "EOIR", "ORR", "b", "a", "2024-03-01"),
        ("c", "ERO", "ORR", "x", "a", "2024-02-01"),
        ("c", "ERO", "USCIS", "x", "b", "2024-02-01"),
        ("c", "ORR", "USCIS", "a", "b", "2024-02-01"),
    ]
    assert await disputed(empty, agencies=["EOIR", "ORR"]) == [("c", "EOIR", "ORR", "b", "a", "2024-03-01")]


async def test_the_latest_current_report_of_an_agency_counts(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        report("ORR", "a", "2024-01-01", key="r1"),
        report("ORR", "b", "2024-03-01", key="r2"),
        report("EOIR", "b", "2024-02-01"),
    )
    assert await disputed(empty) == []
    assert await disputed(empty, asOf="2024-02-15") == [("c", "EOIR", "ORR", "b", "a", "2024-02-01")]


@pytest.mark.parametrize(
    ("agency", "since", "until", "counts"),
    [
        ("EOIR", DAY, None, True),
        ("EOIR", "2024-01-01", DAY, True),
        ("EOIR", "2024-01-01", "2024-05-30", False),
        ("EOIR", "2024-06-01", None, False),
        ("EOIR", None, None, False),
        (None, "2024-01-01", None, False),
        ("ORR", "2024-02-01", None, False),
    ],
)
async def test_reports(empty: Store, agency: str | None, since: str | None, until: str | None, counts: bool) -> None:
    await put(empty, CHILD, report("ORR", "a", "2024-01-01"), report(agency, "b", since, until))
    assert len(await disputed(empty)) == counts


async def test_a_sponsors_reports_are_not_the_childs(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        report("ORR", "a", "2024-01-01"),
        "(s:Sponsor {key: 's'})-[:RESIDES_AT {reportedBy: 'EOIR', since: @2024-01-01}]->(b)",
        "(s)-[:RESIDES_AT {reportedBy: 'ORR', since: @2024-01-01}]->(a)",
    )
    assert await disputed(empty) == []
