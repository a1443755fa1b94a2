from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

DAY = "2024-02-01"
RELEASE = (
    "(c:Child {key: 'c'})-[:HAS_PLACEMENT]->(p:Placement {key: 'p', releasedOn: @%s})"
    "-[:WITH_SPONSOR]->(s:Sponsor {key: 's'})"
)


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the kind, person, state, check and its days of each row."""
    rows = await ask(store, "releasesWithoutSafetyChecks", **arguments)
    assert {row[:2] for row in rows} <= {("c", "p")}
    assert all((row[3] == "HOUSEHOLD_MEMBER") == (row[4] == "m") for row in rows)
    return [(row[2], *row[4:9]) for row in rows]


def check(kind: str, requested: str | None, result: str | None, *, key: str = "k", person: str = "s") -> str:
    subject = "SPONSOR" if person == "s" else "HOUSEHOLD_MEMBER"
    days = "".join(f", {name}: @{day}" for name, day in (("requestedOn", requested), ("resultOn", result)) if day)
    node = f"({key}:BackgroundCheck {{key: '{key}', kind: '{kind}', subject: '{subject}'{days}}})"
    return f"(p)-[:HAS_CHECK]->{node}-[:CHECK_OF]->({person})"


DONE = (
    check("PUBLIC_RECORDS", "2024-01-02", "2024-01-03", key="x"),
    check("SEX_OFFENDER_REGISTRY", "2024-01-02", DAY, key="y"),
)


async def test_checks_that_were_done_by_the_release(empty: Store) -> None:
    await put(empty, RELEASE % DAY, *DONE)
    assert await asked(empty) == []


async def test_a_check_without_a_record_is_missing(empty: Store) -> None:
    await put(empty, RELEASE % DAY, DONE[0])
    assert await asked(empty) == [("SEX_OFFENDER_REGISTRY", "s", "MISSING", None, None, None)]
    assert await asked(empty, kinds=["PUBLIC_RECORDS"]) == []
    assert await asked(empty, asOf="2024-01-31") == []


@pytest.mark.parametrize(
    ("requested", "result", "row"),
    [
        ("2024-01-20", "2024-02-01", None),
        (None, "2024-02-01", None),
        ("2024-02-01", None, ("FINGERPRINTS", "s", "PENDING", "k", "2024-02-01", None)),
        ("2024-01-20", "2024-02-02", ("FINGERPRINTS", "s", "PENDING", "k", "2024-01-20", "2024-02-02")),
        ("2024-01-20", "2024-06-01", ("FINGERPRINTS", "s", "PENDING", "k", "2024-01-20", None)),
        ("2024-02-02", None, None),
        (None, None, None),
    ],
)
async def test_a_check_that_was_requested_is_pending(
    empty: Store, requested: str | None, result: str | None, row: tuple[Any, ...] | None
) -> None:
    await put(empty, RELEASE % DAY, *DONE, check("FINGERPRINTS", requested, result))
    assert await asked(empty) == ([row] if row else [])


async def test_one_result_among_several_requests_suffices(empty: Store) -> None:
    await put(
        empty,
        RELEASE % DAY,
        *DONE,
        check("FINGERPRINTS", "2024-01-20", None, key="k"),
        check("FINGERPRINTS", "2024-01-10", None, key="l"),
    )
    assert await asked(empty) == [("FINGERPRINTS", "s", "PENDING", "l", "2024-01-10", None)]
    await empty.write("MATCH (k:BackgroundCheck {key: 'k'}) SET k.resultOn = date('2024-01-30')")
    assert await asked(empty) == []


async def test_a_required_check_that_was_requested_after_the_release_is_missing(empty: Store) -> None:
    await put(empty, RELEASE % DAY, DONE[0], check("SEX_OFFENDER_REGISTRY", "2024-02-02", "2024-02-03"))
    assert await asked(empty) == [("SEX_OFFENDER_REGISTRY", "s", "MISSING", None, None, None)]


async def test_a_check_of_an_adult_of_the_household_is_no_check_of_the_sponsor(empty: Store) -> None:
    await put(
        empty,
        RELEASE % DAY,
        DONE[1],
        "(m:HouseholdMember {key: 'm'})",
        check("PUBLIC_RECORDS", "2024-01-20", None, person="m"),
    )
    assert await asked(empty) == [
        ("PUBLIC_RECORDS", "m", "PENDING", "k", "2024-01-20", None),
        ("PUBLIC_RECORDS", "s", "MISSING", None, None, None),
    ]


@pytest.mark.parametrize(("whose", "missing"), [("-[:CHECK_OF]->(s)", False), ("", False), ("-[:CHECK_OF]->(t)", True)])
async def test_a_check_is_of_the_sponsor_whom_it_names_or_of_the_releases_own(
    empty: Store, whose: str, missing: bool
) -> None:
    done = check("PUBLIC_RECORDS", "2024-01-02", "2024-01-03").removesuffix("-[:CHECK_OF]->(s)")
    await put(empty, RELEASE % DAY, "(t:Sponsor {key: 't'})", done + whose)
    assert await asked(empty, kinds=["PUBLIC_RECORDS"]) == (
        [("PUBLIC_RECORDS", "s", "MISSING", None, None, None)] if missing else []
    )


@pytest.mark.parametrize(
    ("released", "days", "people"),
    [
        ("2025-02-13", "", []),
        ("2025-02-14", "", ["m", "s"]),
        ("2025-02-14", ", since: @2025-02-14, until: @2025-02-14", ["m", "s"]),
        ("2025-02-14", ", since: @2025-02-15", ["s"]),
        ("2025-02-14", ", until: @2025-02-13", ["s"]),
    ],
)
async def test_fingerprints_of_the_whole_household_since_field_guidance_26(
    empty: Store, released: str, days: str, people: list[str]
) -> None:
    member = f"(:HouseholdMember {{key: 'm'}})-[:LIVES_WITH {{key: 'r'{days}}}]->(s)"
    await put(empty, RELEASE % released, *DONE, member)
    rows = await asked(empty, asOf="2025-06-01")
    assert rows == [("FINGERPRINTS", person, "MISSING", None, None, None) for person in people]


async def test_a_release_without_a_sponsor_or_a_day_is_no_row(empty: Store) -> None:
    await put(empty, "(c:Child {key: 'c'})-[:HAS_PLACEMENT]->(p:Placement {key: 'p', releasedOn: @2024-02-01})")
    await put(
        empty, "(:Child {key: 'd'})-[:HAS_PLACEMENT]->(:Placement {key: 'q'})-[:WITH_SPONSOR]->(:Sponsor {key: 't'})"
    )
    assert await asked(empty) == []
