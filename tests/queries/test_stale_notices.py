from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put

PLACES = "(a:Address {key: 'a'}), (b:Address {key: 'b'}), (x:Address {key: 'x'}), (s:Sponsor {key: 's'})"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "absentiaOrdersAfterStaleNotice", **arguments)


def ordered(issued: str | None = "2024-04-01", *, absent: str = "true", sent: str | None = "2024-03-01") -> str:
    notice = f", noticeSentOn: @{sent}" if sent else ""
    day = f", issuedOn: @{issued}" if issued else ""
    return (
        f"(c:Child {{key: 'c'}})-[:RESPONDENT_IN]->(k:CourtCase {{key: 'k'}}), "
        f"(k)-[:HAS_HEARING]->(h:Hearing {{key: 'h'{notice}}}), "
        f"(h)-[:RESULTED_IN]->(:CourtOrder {{key: 'o', inAbsentia: {absent}{day}}}), (h)-[:NOTICE_SENT_TO]->(a)"
    )


def released(day: str | None = "2023-01-01", where: str = "a") -> str:
    placement = f"(p{where}:Placement {{key: 'p{where}'{f', releasedOn: @{day}' if day else ''}}})"
    return f"(c)-[:HAS_PLACEMENT]->{placement}-[:RELEASED_TO]->({where}), (p{where})-[:WITH_SPONSOR]->(s)"


def resides(who: str, where: str, since: str | None) -> str:
    return f"({who})-[:RESIDES_AT {{{f'since: @{since}' if since else ''}}}]->({where})"


ROW = ("c", "o", "h", "a", "b", "2024-02-01", "2024-04-01")


@pytest.mark.parametrize("who", ["c", "s"])
async def test_a_later_report_gave_another_address(empty: Store, who: str) -> None:
    await put(empty, PLACES, ordered(), released(), resides(who, "b", "2024-02-01"))
    assert await asked(empty) == [ROW]


async def test_a_later_release_gave_another_address(empty: Store) -> None:
    await put(empty, PLACES, ordered(), released(), released("2024-02-01", "b"))
    assert await asked(empty) == [ROW]


@pytest.mark.parametrize(("since", "counts"), [("2024-03-01", True), ("2024-03-02", False), (None, False)])
async def test_what_was_on_record_on_the_day_of_the_notice(empty: Store, since: str | None, counts: bool) -> None:
    await put(empty, PLACES, ordered(), released(), resides("c", "b", since))
    assert len(await asked(empty)) == counts


async def test_the_child_came_back_to_the_address(empty: Store) -> None:
    await put(empty, PLACES, ordered(), released(), resides("c", "b", "2024-02-01"), resides("c", "a", "2024-02-10"))
    assert await asked(empty) == []


async def test_of_two_addresses_on_the_latest_day_each_is_taken_for_the_childs(empty: Store) -> None:
    await put(empty, PLACES, ordered(), resides("c", "b", "2024-02-01"), resides("c", "a", "2024-02-01"))
    assert await asked(empty) == []


async def test_no_address_on_record(empty: Store) -> None:
    await put(empty, PLACES, ordered())
    assert await asked(empty) == []


async def test_only_the_sponsor_of_the_latest_release(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        "(t:Sponsor {key: 't'})-[:RESIDES_AT {since: @2024-02-01}]->(x)",
        ordered(),
        "(c)-[:HAS_PLACEMENT]->(q:Placement {key: 'q', releasedOn: @2022-01-01})-[:WITH_SPONSOR]->(t)",
        released(),
    )
    assert await asked(empty) == []


@pytest.mark.parametrize(
    "order",
    [
        ordered("2024-06-01"),
        ordered(None),
        ordered(absent="false"),
        ordered(absent="null"),
        ordered(sent=None),
    ],
)
async def test_orders_that_do_not_count(empty: Store, order: str) -> None:
    await put(empty, PLACES, order, released(), resides("c", "b", "2024-02-01"))
    assert await asked(empty) == []


async def test_a_notice_sent_to_both_addresses(empty: Store) -> None:
    await put(empty, PLACES, ordered(), "(h)-[:NOTICE_SENT_TO]->(b)", released(), resides("c", "b", "2024-02-01"))
    assert await asked(empty) == []


async def test_each_respondent_of_a_case_is_looked_at(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        ordered(DAY),
        released(),
        resides("c", "b", "2024-02-01"),
        "(d:Child {key: 'd'})-[:RESPONDENT_IN]->(k)",
        resides("d", "x", "2024-01-01"),
        "(e:Child {key: 'e'})-[:RESPONDENT_IN]->(k)",
        resides("e", "a", "2024-01-01"),
    )
    assert [(row[0], row[4]) for row in await asked(empty)] == [("c", "b"), ("d", "x")]
