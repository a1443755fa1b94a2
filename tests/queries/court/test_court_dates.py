"""Notices filed without a hearing, and hearings ahead without anybody who represents the child."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

CASE = "(c:Child {key: 'c'})-[:RESPONDENT_IN]->(k:CourtCase {key: 'k', openedOn: @2024-01-01, status: 'PENDING'})"


def notice(filed: str | None = "2024-05-01", key: str = "n") -> str:
    return f"(c)-[:HAS_NOTICE]->({key}:NoticeToAppear {{key: '{key}'{f', filedOn: @{filed}' if filed else ''}}})"


def hearing(day: str | None = "2024-06-10", outcome: str = "SCHEDULED", sent: str | None = None, key: str = "h") -> str:
    days = {"scheduledOn": day, "noticeSentOn": sent}
    values = "".join(f", {name}: @{value}" for name, value in days.items() if value)
    values += f", outcome: '{outcome}'" if outcome else ""
    return f"(k)-[:HAS_HEARING]->({key}:Hearing {{key: '{key}'{values}}})"


async def waiting(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "noticesFiledWithoutHearing", **arguments)


@pytest.mark.parametrize(("filed", "days"), [("2024-05-01", 30), ("2024-05-02", None), (None, None)])
async def test_a_notice_filed_and_no_hearing(empty: Store, filed: str | None, days: int | None) -> None:
    await put(empty, CASE, notice(filed))
    assert await waiting(empty) == ([("c", "n", "k", filed, days)] if days else [])
    assert len(await waiting(empty, minDays=0)) == (filed is not None)


@pytest.mark.parametrize(
    ("set_", "counts"),
    [
        (hearing("2024-06-10"), False),
        (hearing("2024-05-10", "MISSED"), False),
        (hearing(None, ""), False),
        (hearing("2024-05-10", "ADJOURNED"), False),
        (hearing("2024-05-10", "CANCELLED"), True),
        (hearing("2024-06-10", sent="2024-05-31"), False),
        (hearing("2024-06-10", sent="2024-06-01"), True),
    ],
)
async def test_what_counts_as_a_hearing(empty: Store, set_: str, counts: bool) -> None:
    await put(empty, CASE, notice(), set_)
    assert len(await waiting(empty)) == counts


async def test_a_hearing_in_the_case_of_the_notice_or_in_another_of_the_child(empty: Store) -> None:
    await put(empty, CASE, notice(), notice("2024-04-01", "m"), "(n)-[:FILED_IN]->(k), (m)-[:FILED_IN]->(k)")
    assert [row[:2] for row in await waiting(empty)] == [("c", "m"), ("c", "n")]
    await empty.write("MATCH (n {key: 'n'}) CREATE (n)-[:FILED_IN]->(:CourtCase)-[:HAS_HEARING]->(:Hearing {key: 'x'})")
    assert [row[:2] for row in await waiting(empty)] == [("c", "m")]
    await empty.write("MATCH (k {key: 'k'}) CREATE (k)-[:HAS_HEARING]->(:Hearing {key: 'y'})")
    assert await waiting(empty) == []


@pytest.mark.parametrize(
    ("case", "counts"),
    [
        ("openedOn: @2024-01-01, status: 'CLOSED'", False),
        ("openedOn: @2024-01-01, status: 'PENDING', closedOn: @2024-02-01", True),
        ("openedOn: @2024-01-01, status: 'CLOSED', closedOn: @2024-06-01", True),
        ("status: 'PENDING'", False),
    ],
)
async def test_a_case_must_be_open(empty: Store, case: str, counts: bool) -> None:
    await put(empty, f"(c:Child {{key: 'c'}})-[:RESPONDENT_IN]->(:CourtCase {{key: 'k', {case}}})", notice())
    assert [row[2] for row in await waiting(empty)] == (["k"] if counts else [])


async def test_no_case_on_record(empty: Store) -> None:
    await put(empty, "(c:Child {key: 'c'})", notice())
    assert await waiting(empty) == [("c", "n", None, "2024-05-01", 30)]
    later = "(:CourtCase {key: 'k', openedOn: date('2024-06-01')})-[:HAS_HEARING]->(:Hearing {key: 'h'})"
    await empty.write(f"MATCH (c:Child) CREATE (c)-[:RESPONDENT_IN]->{later}")
    assert await waiting(empty) == [("c", "n", None, "2024-05-01", 30)]


@pytest.mark.parametrize(
    ("outcome", "own", "ahead"),
    [("SCHEDULED", "CANCELLED", False), ("CANCELLED", "SCHEDULED", True), ("SCHEDULED", None, True)],
)
async def test_a_childs_own_outcome_goes_before_that_of_the_hearing(
    empty: Store, outcome: str, own: str | None, ahead: bool
) -> None:
    values = f"{{outcome: '{own}'}}" if own else ""
    await put(empty, CASE, notice(), hearing("2024-06-10", outcome), f"(c)-[:HAD_OUTCOME {values}]->(h)")
    assert len(await alone(empty)) == ahead
    assert len(await waiting(empty)) == (not ahead)


# --- representation -----------------------------------------------------------------------------------------------


async def alone(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWithoutRepresentationAtHearing", **arguments)


@pytest.mark.parametrize(
    ("given", "days"),
    [
        (hearing("2024-05-31"), 0),
        (hearing("2024-06-30"), 30),
        (hearing("2024-07-01"), None),
        (hearing("2024-05-30"), None),
        (hearing(None), None),
        (hearing("2024-05-31", ""), 0),
        (hearing("2024-05-31", "ATTENDED"), None),
        (hearing("2024-06-10", "ATTENDED"), 10),
        (hearing("2024-06-10", "CANCELLED"), None),
        (hearing("2024-06-10", "ADJOURNED"), None),
        (hearing("2024-06-10", sent="2024-05-31"), 10),
        (hearing("2024-06-10", sent="2024-06-01"), None),
    ],
)
async def test_hearings_ahead(empty: Store, given: str, days: int | None) -> None:
    await put(empty, CASE, given)
    assert [(row[0], row[1], row[2], row[4]) for row in await alone(empty)] == (
        [] if days is None else [("c", "h", "k", days)]
    )


async def test_the_next_of_several(empty: Store) -> None:
    await put(empty, CASE, hearing("2024-06-20"), hearing("2024-06-10", key="x"), hearing("2024-06-10", key="g"))
    assert await alone(empty) == [("c", "g", "k", "2024-06-10", 10)]
    assert await alone(empty, withinDays=9) == []


@pytest.mark.parametrize(
    ("days", "where", "counts"),
    [
        ("enteredOn: @2024-05-31", "(k)", False),
        ("enteredOn: @2024-06-01", "(k)", True),
        ("kind: 'ATTORNEY'", "(k)", True),
        ("enteredOn: @2024-01-01, withdrawnOn: @2024-05-31", "(k)", True),
        ("enteredOn: @2024-01-01, withdrawnOn: @2024-06-01", "(k)", False),
        ("enteredOn: @2024-01-01", "", False),
        ("enteredOn: @2024-01-01", "(:CourtCase {key: 'other'})", True),
    ],
)
async def test_who_represents_the_child(empty: Store, days: str, where: str, counts: bool) -> None:
    represented = f"(c)-[:REPRESENTED_BY]->(r:Representation {{key: 'r', {days}}})"
    await put(empty, CASE, hearing(), represented, *([f"(r)-[:IN_CASE]->{where}"] if where else []))
    assert len(await alone(empty)) == counts


async def test_each_respondent_needs_somebody(empty: Store) -> None:
    other = "(d:Child {key: 'd'})-[:RESPONDENT_IN]->(k)"
    represented = "(c)-[:REPRESENTED_BY]->(:Representation {key: 'r', enteredOn: @2024-01-01})-[:IN_CASE]->(k)"
    await put(empty, CASE, hearing(), other, represented)
    assert [row[0] for row in await alone(empty)] == ["d"]


async def test_a_case_that_is_closed_has_no_hearing_ahead(empty: Store) -> None:
    await put(empty, CASE, hearing())
    await empty.write("MATCH (k:CourtCase) SET k.status = 'TERMINATED'")
    assert await alone(empty) == []
