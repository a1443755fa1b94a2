from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

CHILD = "(c:Child {key: 'c'}), (a:Address {key: 'a'}), (b:Address {key: 'b'}), (x:Address {key: 'x'})"


def released(day: str | None, deliverability: str | None, born: str = "") -> str:
    judged = f", deliverability: '{deliverability}'" if deliverability else ""
    placement = f"(p:Placement {{key: 'p'{f', releasedOn: @{day}' if day else ''}}})"
    child = f"(c:Child {{key: 'c'{f', dateOfBirth: @{born}' if born else ''}}})"
    return f"{child}-[:HAS_PLACEMENT]->{placement}-[:RELEASED_TO]->(a:Address {{key: 'a'{judged}}})"


@pytest.mark.parametrize("fault", ["BLANK", "UNDELIVERABLE", "MISSING_UNIT"])
async def test_which_fault(empty: Store, fault: str) -> None:
    await put(empty, released(DAY, fault))
    assert await ask(empty, "releaseAddressesUnusable") == [("c", "p", "a", fault, DAY)]


@pytest.mark.parametrize(("day", "deliverability"), [(DAY, "DELIVERABLE"), (DAY, None), ("2024-06-01", "BLANK")])
async def test_releases_that_do_not_count(empty: Store, day: str | None, deliverability: str | None) -> None:
    await put(empty, released(day, deliverability))
    assert await ask(empty, "releaseAddressesUnusable") == []


async def test_a_release_without_a_day_counts(empty: Store) -> None:
    await put(empty, released(None, "BLANK"))
    assert await ask(empty, "releaseAddressesUnusable") == [("c", "p", "a", "BLANK", None)]


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), (None, True), ("2024-06-01", False)])
async def test_a_release_to_no_place_at_all(empty: Store, day: str | None, counts: bool) -> None:
    dated = f", releasedOn: @{day}" if day else ""
    await put(empty, f"(:Child {{key: 'c'}})-[:HAS_PLACEMENT]->(:Placement {{key: 'p'{dated}}})")
    row = ("c", "p", None, "NO_ADDRESS", day)
    assert await ask(empty, "releaseAddressesUnusable") == ([row] if counts else [])


async def test_a_release_of_which_the_area_alone_is_published(empty: Store) -> None:
    placement = "(:Placement {key: 'p', releasedOn: @2024-05-31})-[:RELEASED_IN]->(:PostalArea {key: 'z'})"
    await put(empty, f"(:Child {{key: 'c'}})-[:HAS_PLACEMENT]->{placement}")
    assert await ask(empty, "releaseAddressesUnusable") == []


@pytest.mark.parametrize(("born", "counts"), [("2006-06-01", True), ("2006-05-31", False), ("", True)])
async def test_those_who_are_grown_up(empty: Store, born: str, counts: bool) -> None:
    await put(empty, released(DAY, "BLANK", born))
    assert len(await ask(empty, "releaseAddressesUnusable")) == counts
    assert len(await ask(empty, "releaseAddressesUnusable", includeGrownUp=True)) == 1


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


def orr(where: str, day: str | None, key: str = "p", **more: str) -> str:
    values = {"key": f"'{key}'", **({"releasedOn": f"@{day}"} if day else {}), **more}
    shown = ", ".join(f"{name}: {value}" for name, value in values.items())
    return f"(c)-[:HAS_PLACEMENT]->(:Placement {{{shown}}})-[:RELEASED_TO]->({where})"


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), ("2024-06-01", False), (None, False)])
async def test_the_release_address_is_the_word_of_orr(empty: Store, day: str | None, counts: bool) -> None:
    await put(empty, CHILD, orr("a", day), report("EOIR", "b", "2024-01-01"))
    assert await disputed(empty) == ([("c", "EOIR", "ORR", "b", "a", DAY)] if counts else [])


@pytest.mark.parametrize(
    ("ended", "counts"), [(DAY, True), ("2024-05-30", False), ("2023-12-31", True), ("2024-06-01", True)]
)
async def test_the_word_of_orr_ends_with_the_placement(empty: Store, ended: str, counts: bool) -> None:
    await put(empty, CHILD, orr("a", "2024-01-01", endedOn=f"@{ended}"), report("EOIR", "b", "2024-01-01"))
    assert len(await disputed(empty)) == counts


@pytest.mark.parametrize(("again", "counts"), [("2024-05-31", False), ("2024-06-01", True), (None, True)])
async def test_a_later_release_ends_an_earlier_one(empty: Store, again: str | None, counts: bool) -> None:
    later = f"(c)-[:HAS_PLACEMENT]->(:Placement {{key: 'q'{f', releasedOn: @{again}' if again else ''}}})"
    await put(empty, CHILD, orr("a", "2024-01-01"), later, report("EOIR", "b", "2024-01-01"))
    assert len(await disputed(empty)) == counts


async def test_orrs_own_report_after_the_release_goes_before_it(empty: Store) -> None:
    await put(empty, CHILD, orr("a", "2024-01-01"), report("ORR", "b", "2024-02-01"), report("EOIR", "b", "2024-01-01"))
    assert await disputed(empty) == []


async def test_an_address_without_a_street_says_nothing(empty: Store) -> None:
    blank = "(z:Address {key: 'z', deliverability: 'BLANK'})"
    await put(empty, CHILD, blank, orr("z", "2024-01-01"), report("EOIR", "b", "2024-01-01"))
    assert await disputed(empty) == []
    await empty.write("MATCH (z:Address {key: 'z'}) SET z.deliverability = 'UNDELIVERABLE'")
    assert len(await disputed(empty)) == 1


OFFICES = (
    "(:Agency {key: '1', code: 'ERO', kind: 'AGENCY'})-[:PART_OF]->(:Agency {key: '2', code: 'ICE', kind: 'AGENCY'})",
    "(m:Agency {key: '3', code: 'ERO-MIA', kind: 'FIELD_OFFICE'})",
    "(n:Agency {key: '4', code: 'ERO-MIA-1', kind: 'FIELD_OFFICE'})-[:PART_OF]->(m)",
    "(:Agency {key: '5', code: 'EOIR-HOU', kind: 'COURT'})",
)
JOINED = "MATCH (m:Agency {code: 'ERO-MIA'}) MATCH (e:Agency {code: 'ERO'}) CREATE (m)-[:PART_OF]->(e)"


async def test_what_an_office_reports_is_its_agencys(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        *OFFICES,
        report("ERO-MIA-1", "a", "2024-02-01"),
        report("ERO", "b", "2024-01-01"),
        report("EOIR-HOU", "x", "2024-01-01"),
    )
    await empty.write(JOINED)
    assert await disputed(empty) == [("c", "EOIR-HOU", "ERO", "x", "a", "2024-02-01")]
    assert len(await disputed(empty, agencies=["ERO", "EOIR-HOU"])) == 1
    assert await disputed(empty, agencies=["ICE", "EOIR-HOU"]) == []


@pytest.mark.parametrize(("born", "counts"), [("2006-06-01", True), ("2006-05-31", False)])
async def test_disputes_about_those_who_are_grown_up(empty: Store, born: str, counts: bool) -> None:
    await put(empty, CHILD, report("ORR", "a", "2024-01-01"), report("EOIR", "b", "2024-01-01"))
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date($born)", {"born": born})
    assert len(await disputed(empty)) == counts
    assert len(await disputed(empty, includeGrownUp=True)) == 1
