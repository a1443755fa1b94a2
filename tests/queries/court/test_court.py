from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return [row[:2] for row in await ask(store, "childrenWithoutNoticeToAppear", **arguments)]


async def marked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the child, how far its notice got, and the three marks."""
    return [(row[0], *row[2:]) for row in await ask(store, "childrenWithoutNoticeToAppear", **arguments)]


def child(**properties: str) -> str:
    return f"(c:Child {{key: 'c'{''.join(f', {name}: @{day}' for name, day in properties.items())}}})"


def notice(**properties: str) -> str:
    days = ", ".join(f"{name}: @{day}" for name, day in properties.items())
    return f"(c)-[:HAS_NOTICE]->(:NoticeToAppear {{{days}}})"


def release(day: str | None) -> str:
    return f"(c)-[:HAS_PLACEMENT]->(:Placement {{{f'releasedOn: @{day}' if day else ''}}})"


async def test_child_without_notice(empty: Store) -> None:
    await put(empty, child(transferredOn="2024-01-01"), release("2024-05-01"))
    assert await asked(empty) == [("c", 30)]


async def test_filed_notice(empty: Store) -> None:
    await put(empty, child(), notice(filedOn=DAY))
    assert await asked(empty) == []
    assert await asked(empty, asOf="2024-05-30") == [("c", None)]


async def test_notices_that_are_not_filed(empty: Store) -> None:
    await put(empty, child(), notice(issuedOn="2024-01-01", servedOn="2024-01-02"), notice())
    assert await asked(empty) == [("c", None)]


async def test_one_of_several_notices_is_filed(empty: Store) -> None:
    await put(empty, child(), notice(issuedOn="2024-01-01"), notice(filedOn="2024-02-01"))
    assert await asked(empty) == []


async def test_case_without_a_filed_notice_does_not_count(empty: Store) -> None:
    await put(empty, child(), "(c)-[:RESPONDENT_IN]->(:CourtCase {key: 'k'})")
    assert await asked(empty) == [("c", None)]


async def test_days_since_the_latest_release(empty: Store) -> None:
    await put(empty, child(), release("2024-05-01"), release("2024-01-01"))
    assert await asked(empty) == [("c", 30)]


async def test_releases_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    await put(empty, child(), release("2024-05-01"), release("2024-06-01"), release(None))
    assert await asked(empty) == [("c", 30)]
    assert await asked(empty, asOf="2024-06-01") == [("c", 0)]
    assert await asked(empty, asOf="2024-04-30") == [("c", None)]


@pytest.mark.parametrize(
    ("properties", "counts"),
    [
        ({"transferredOn": DAY}, True),
        ({"transferredOn": "2024-06-01"}, False),
        ({"transferredOn": "2024-06-01", "enteredOn": "2024-05-01"}, False),
        ({"enteredOn": DAY}, True),
        ({"enteredOn": "2024-06-01"}, False),
        ({}, True),
    ],
)
async def test_child_counts_once_transferred(empty: Store, properties: dict[str, str], counts: bool) -> None:
    await put(empty, child(**properties))
    assert await asked(empty) == ([("c", None)] if counts else [])


async def test_longest_first_never_released_last(empty: Store) -> None:
    await put(
        empty,
        "(:Child {key: 'b'}), (:Child {key: 'a'})",
        *(
            f"(:Child {{key: '{key}'}})-[:HAS_PLACEMENT]->(:Placement {{releasedOn: @{day}}})"
            for key, day in (("e", "2024-05-01"), ("d", "2024-05-01"), ("z", "2024-04-30"))
        ),
    )
    assert await asked(empty) == [("z", 31), ("d", 30), ("e", 30), ("a", None), ("b", None)]


@pytest.mark.parametrize(
    ("notices", "wanted"),
    [
        ([], "NOT_ISSUED"),
        ([{}], "NOT_ISSUED"),
        ([{"issuedOn": "2024-06-01"}], "NOT_ISSUED"),
        ([{"issuedOn": DAY}], "NOT_SERVED"),
        ([{"issuedOn": DAY, "servedOn": "2024-06-01"}], "NOT_SERVED"),
        ([{"servedOn": DAY}], "NOT_FILED"),
        ([{"issuedOn": "2024-01-01", "servedOn": "2024-01-02", "filedOn": "2024-06-01"}], "NOT_FILED"),
        ([{"issuedOn": "2024-05-01"}, {"issuedOn": "2024-01-01", "servedOn": "2024-01-01"}], "NOT_FILED"),
    ],
)
async def test_how_far_the_notice_got(empty: Store, notices: list[dict[str, str]], wanted: str) -> None:
    await put(empty, child(), *(notice(**properties) for properties in notices))
    assert await marked(empty) == [("c", wanted, False, True, None)]
    assert await marked(empty, noticeState=[wanted]) != []
    others = [state for state in ("NOT_ISSUED", "NOT_SERVED", "NOT_FILED") if state != wanted]
    assert await marked(empty, noticeState=others) == []


@pytest.mark.parametrize(
    ("application", "pending"),
    [
        ("filedOn: @2024-05-31, status: 'PENDING'", True),
        ("filedOn: @2024-06-01, status: 'PENDING'", False),
        ("status: 'PENDING'", False),
        ("filedOn: @2024-01-01, decidedOn: @2024-05-31, status: 'GRANTED'", False),
        ("filedOn: @2024-01-01, decidedOn: @2024-06-01, status: 'GRANTED'", True),
        ("filedOn: @2024-01-01, status: 'WITHDRAWN'", False),
        ("filedOn: @2024-01-01", False),
    ],
)
async def test_relief_pending(empty: Store, application: str, pending: bool) -> None:
    await put(empty, child(), f"(c)-[:APPLIED_FOR]->(:ReliefApplication {{{application}}})")
    assert await marked(empty) == [("c", "NOT_ISSUED", pending, True, None)]
    assert len(await marked(empty, includeReliefPending=False)) == (not pending)


@pytest.mark.parametrize(("day", "in_care"), [(DAY, False), ("2024-06-01", True), (None, False)])
async def test_a_child_without_a_release_is_in_care(empty: Store, day: str | None, in_care: bool) -> None:
    await put(empty, child(), release(day))
    assert await marked(empty) == [("c", "NOT_ISSUED", False, in_care, None)]
    assert len(await marked(empty, includeInCare=False)) == (not in_care)


@pytest.mark.parametrize(
    ("reason", "ended", "in_care"),
    [
        ("Returned to HHS custody", DAY, True),
        ("Return to ORR care", DAY, True),
        ("RETURNED TO CARE", DAY, True),
        ("Returned to HHS custody", "2024-06-01", False),
        ("Returned to HHS custody", None, False),
        ("Returned to the home country", DAY, False),
        ("The sponsor could no longer care for the child", DAY, False),
        (None, DAY, False),
    ],
)
async def test_a_child_who_was_returned_is_in_care(
    empty: Store, reason: str | None, ended: str | None, in_care: bool
) -> None:
    values = (f", endReason: '{reason}'" if reason else "") + (f", endedOn: @{ended}" if ended else "")
    last = f"(c)-[:HAS_PLACEMENT]->(:Placement {{key: 'p', releasedOn: @2024-01-01{values}}})"
    await put(empty, child(), release("2023-01-01"), release(None), last)
    assert await marked(empty) == [("c", "NOT_ISSUED", False, in_care, None)]


@pytest.mark.parametrize(
    ("stays", "in_care"),
    [
        (["admittedOn: @2024-01-01, dischargedOn: @2024-05-31, dischargeKind: 'AGED_OUT'"], False),
        (["dischargedOn: @2024-05-31, dischargeKind: 'RAN_AWAY'", "transferredOn: @2024-05-31"], True),
        (["admittedOn: @2024-01-01, dischargedOn: @2024-06-01"], True),
        (["admittedOn: @2024-01-01"], True),
    ],
)
async def test_a_child_who_left_custody_without_a_release_is_in_care_no_more(
    empty: Store, stays: list[str], in_care: bool
) -> None:
    await put(empty, child(), *(f"(c)-[:HAS_EPISODE]->(:CustodyEpisode {{{stay}}})" for stay in stays))
    assert await marked(empty) == [("c", "NOT_ISSUED", False, in_care, None)]


async def test_of_two_releases_on_a_day_the_last_key_says_whether_a_child_is_in_care(empty: Store) -> None:
    returned = "releasedOn: @2024-01-01, endedOn: @2024-02-01, endReason: 'Returned to HHS custody'"
    await put(
        empty,
        child(),
        f"(c)-[:HAS_PLACEMENT]->(:Placement {{key: 'p', {returned}}})",
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'q', releasedOn: @2024-01-01})",
    )
    assert await marked(empty) == [("c", "NOT_ISSUED", False, False, None)]
    await empty.write("MATCH (p:Placement {key: 'p'}) SET p.key = 'r'")
    assert await marked(empty) == [("c", "NOT_ISSUED", False, True, None)]


@pytest.mark.parametrize(
    ("episode", "in_care"),
    [
        ("admittedOn: @2024-05-02", True),
        ("transferredOn: @2024-05-02", True),
        ("transferredOn: @2024-05-02, admittedOn: @2024-06-01", True),
        ("admittedOn: @2024-05-01", False),
        ("admittedOn: @2024-06-01", False),
        ("admittedOn: @2024-05-02, dischargedOn: @2024-05-31", False),
        ("admittedOn: @2024-05-02, dischargedOn: @2024-06-01", True),
        ("dischargeKind: 'OTHER'", False),
    ],
)
async def test_a_child_who_was_admitted_again_is_in_care(empty: Store, episode: str, in_care: bool) -> None:
    await put(empty, child(), release("2024-05-01"), f"(c)-[:HAS_EPISODE]->(:CustodyEpisode {{{episode}}})")
    assert await marked(empty) == [("c", "NOT_ISSUED", False, in_care, None)]


@pytest.mark.parametrize(
    ("born", "day", "grown_up"),
    [
        ("2006-05-31", DAY, True),
        ("2006-06-01", DAY, False),
        ("2004-02-29", "2022-02-28", False),
        ("2004-02-29", "2022-03-01", True),
        ("2006-02-28", "2024-02-29", True),
        ("2006-03-01", "2024-02-29", False),
    ],
)
async def test_grown_up(empty: Store, born: str, day: str, grown_up: bool) -> None:
    await put(empty, child(dateOfBirth=born))
    assert await marked(empty, asOf=day) == [("c", "NOT_ISSUED", False, True, grown_up)]
    assert len(await marked(empty, asOf=day, includeGrownUp=False)) == (not grown_up)


async def test_who_may_have_grown_up_counts(empty: Store) -> None:
    await put(empty, child())
    assert await marked(empty, includeGrownUp=False) == [("c", "NOT_ISSUED", False, True, None)]
