"""Asylum denied and no notice, and removal ordered while relief is pending."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

CHILD = "(c:Child {key: 'c'})"


def applied(values: str, key: str = "a") -> str:
    return f"(c)-[:APPLIED_FOR]->({key}:ReliefApplication {{key: '{key}', {values}}})"


DENIED = "form: 'I_589', status: 'DENIED', decidedOn: @2024-05-01"


async def denied(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "asylumDeniedWithoutNotice", **arguments)


@pytest.mark.parametrize(
    ("application", "counts"),
    [
        (DENIED, True),
        ("form: 'I_589', status: 'DENIED', decidedOn: @2024-05-02", False),
        ("form: 'I_589', status: 'DENIED'", False),
        ("form: 'I_589', status: 'GRANTED', decidedOn: @2024-05-01", False),
        ("form: 'I_360', status: 'DENIED', decidedOn: @2024-05-01", False),
    ],
)
async def test_what_is_a_denial_of_asylum(empty: Store, application: str, counts: bool) -> None:
    await put(empty, CHILD, applied(application))
    assert await denied(empty) == ([("c", "a", "NOT_ISSUED", "2024-05-01", 30)] if counts else [])


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ("issuedOn: @2024-05-31", "NOT_SERVED"),
        ("issuedOn: @2024-06-01", "NOT_ISSUED"),
        ("issuedOn: @2024-01-01, servedOn: @2024-05-31", "NOT_FILED"),
        ("filedOn: @2024-06-01", "NOT_ISSUED"),
        ("filedOn: @2024-05-31", None),
    ],
)
async def test_how_far_a_notice_got(empty: Store, days: str, state: str | None) -> None:
    await put(empty, CHILD, applied(DENIED), f"(c)-[:HAS_NOTICE]->(:NoticeToAppear {{key: 'n', {days}}})")
    assert [row[2] for row in await denied(empty)] == ([state] if state else [])


@pytest.mark.parametrize(("code", "counts"), [("USCIS", True), ("EOIR", False), ("EOIR-MIA", False)])
async def test_a_denial_by_a_court_is_part_of_a_case(empty: Store, code: str, counts: bool) -> None:
    above = "" if code in ("USCIS", "EOIR") else "-[:PART_OF]->(:Agency {key: 'e', code: 'EOIR'})"
    await put(empty, CHILD, applied(DENIED), f"(a)-[:BEFORE]->(:Agency {{key: 'x', code: '{code}'}}){above}")
    assert len(await denied(empty)) == counts


async def test_the_first_of_several_denials(empty: Store) -> None:
    await put(empty, CHILD, applied(DENIED), applied(DENIED.replace("05-01", "04-01"), "b"))
    assert [row[1] for row in await denied(empty)] == ["b"]
    assert await denied(empty, minDays=61) == []


# --- orders of removal --------------------------------------------------------------------------------------------

PENDING = "form: 'I_360', status: 'PENDING', filedOn: @2024-02-01"


def ordered(kind: str = "REMOVAL", day: str | None = "2024-05-01", key: str = "o", values: str = "") -> str:
    issued = f", issuedOn: @{day}" if day else ""
    order = f"(:CourtOrder {{key: '{key}', kind: '{kind}'{issued}{values}}})"
    return f"(k)-[:HAS_HEARING]->(h{key}:Hearing {{key: 'h{key}'}})-[:RESULTED_IN]->{order}"


CASE = "(c)-[:RESPONDENT_IN]->(k:CourtCase {key: 'k'})"


async def removed(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "removalOrdersWithReliefPending", **arguments)


@pytest.mark.parametrize(
    ("order", "counts"),
    [
        (ordered(), True),
        (ordered(day="2024-06-01"), False),
        (ordered(day=None), False),
        (ordered("VOLUNTARY_DEPARTURE"), False),
    ],
)
async def test_orders_of_removal(empty: Store, order: str, counts: bool) -> None:
    await put(empty, CHILD, CASE, order, applied(PENDING))
    assert await removed(empty) == ([("c", "o", "a", "2024-02-01", "2024-05-01", 30)] if counts else [])


@pytest.mark.parametrize(
    ("application", "counts"),
    [
        (PENDING, True),
        ("status: 'PENDING', filedOn: @2024-06-01", False),
        ("status: 'PENDING'", False),
        ("status: 'GRANTED', filedOn: @2024-02-01, decidedOn: @2024-05-31", False),
        ("status: 'GRANTED', filedOn: @2024-02-01, decidedOn: @2024-06-01", True),
        ("status: 'DENIED', filedOn: @2024-02-01", False),
    ],
)
async def test_applications_pending(empty: Store, application: str, counts: bool) -> None:
    await put(empty, CHILD, CASE, ordered(), applied(application))
    assert len(await removed(empty)) == counts


async def test_the_application_filed_first(empty: Store) -> None:
    earlier = PENDING.replace("02-01", "01-01")
    await put(empty, CHILD, CASE, ordered(), applied(PENDING), applied(earlier, "y"), applied(earlier, "x"))
    assert [row[2] for row in await removed(empty)] == ["x"]


@pytest.mark.parametrize(
    ("order", "counts"),
    [
        (ordered("RELIEF_GRANTED", "2024-05-02", "p"), False),
        (ordered("TERMINATION", "2024-05-31", "p"), False),
        (ordered("TERMINATION", "2024-05-01", "p"), True),
        (ordered("TERMINATION", "2024-06-01", "p"), True),
        (ordered("CHANGE_OF_VENUE", "2024-05-02", "p"), True),
    ],
)
async def test_a_later_order_that_undoes_it(empty: Store, order: str, counts: bool) -> None:
    await put(empty, CHILD, CASE, ordered(), order, applied(PENDING))
    assert len(await removed(empty)) == counts


@pytest.mark.parametrize(
    ("absent", "own", "counts"),
    [("true", "ATTENDED", False), ("true", "MISSED", True), ("false", "ATTENDED", True), ("null", "ATTENDED", True)],
)
async def test_an_order_in_absentia_is_about_those_who_missed_the_hearing(
    empty: Store, absent: str, own: str, counts: bool
) -> None:
    await put(empty, CHILD, CASE, ordered(values=f", inAbsentia: {absent}"), applied(PENDING))
    await empty.write("MATCH (c:Child), (h:Hearing) CREATE (c)-[:HAD_OUTCOME {key: 'w', outcome: $p}]->(h)", {"p": own})
    assert len(await removed(empty)) == counts
