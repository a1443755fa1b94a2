from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

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


def resides(
    who: str, where: str, since: str | None, until: str | None = None, *, by: str = "", reported: str | None = None
) -> str:
    days = {"since": since, "until": until, "reportedOn": reported}
    values = [f"{name}: @{day}" for name, day in days.items() if day] + ([f"reportedBy: '{by}'"] if by else [])
    return f"({who})-[:RESIDES_AT {{{', '.join(values)}}}]->({where})"


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


@pytest.mark.parametrize(("reported", "counts"), [("2024-03-01", True), ("2024-03-02", False), (None, True)])
async def test_a_report_is_on_record_from_the_day_on_which_it_was_made(
    empty: Store, reported: str | None, counts: bool
) -> None:
    await put(empty, PLACES, ordered(), released(), resides("c", "b", "2024-02-01", reported=reported))
    assert len(await asked(empty)) == counts


@pytest.mark.parametrize(("until", "counts"), [("2024-02-28", False), ("2024-03-01", True)])
async def test_a_report_that_had_ended_is_no_address_any_more(empty: Store, until: str, counts: bool) -> None:
    await put(empty, PLACES, ordered(), released(), resides("c", "b", "2024-02-01", until))
    assert len(await asked(empty)) == counts


@pytest.mark.parametrize("who", ["c", "s"])
@pytest.mark.parametrize(("until", "counts"), [("2024-02-29", True), ("2024-03-01", False), ("2022-12-31", False)])
async def test_what_ended_with_nothing_after_it_is_a_stale_address(
    empty: Store, who: str, until: str, counts: bool
) -> None:
    """The child or its sponsor left the release address; an end before the release says nothing about it."""
    await put(empty, PLACES, ordered(), released(), resides(who, "a", "2022-01-01", until))
    wanted = [("c", "o", "h", "a", "a", "2022-01-01", "2024-04-01")]
    assert await asked(empty) == (wanted if counts else [])


async def test_of_what_has_ended_the_last_is_the_last_known(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        ordered(),
        resides("c", "b", "2023-01-01", "2024-01-31"),
        resides("c", "a", "2023-06-01", "2023-12-31"),
    )
    assert await asked(empty) == [("c", "o", "h", "a", "b", "2023-01-01", "2024-04-01")]


@pytest.mark.parametrize(("ended", "counts"), [("2024-02-29", True), ("2024-03-01", False), ("2022-12-31", False)])
async def test_a_placement_that_had_ended(empty: Store, ended: str, counts: bool) -> None:
    await put(empty, PLACES, ordered(), released())
    await empty.write("MATCH (p:Placement) SET p.endedOn = date($p[0])", {"p": [ended]})
    wanted = [("c", "o", "h", "a", "a", "2023-01-01", "2024-04-01")]
    assert await asked(empty) == (wanted if counts else [])


async def test_a_report_without_any_day_on_which_it_was_made_ends_nothing(empty: Store) -> None:
    await put(empty, PLACES, ordered(), released(), resides("c", "a", None, "2024-02-28"))
    assert await asked(empty) == []


@pytest.mark.parametrize(("ended", "latest"), [("2024-01-31", "x"), ("2024-02-01", "b"), (None, "b")])
async def test_a_sponsor_who_moves_after_the_child_left_does_not_move_it(
    empty: Store, ended: str | None, latest: str
) -> None:
    await put(empty, PLACES, ordered(), released(where="x"), resides("s", "b", "2024-02-01"))
    if ended:
        await empty.write("MATCH (p:Placement) SET p.endedOn = date($p[0])", {"p": [ended]})
    assert [row[4] for row in await asked(empty)] == [latest]


async def test_where_the_sponsor_lived_before_the_release(empty: Store) -> None:
    await put(empty, PLACES, ordered(), released("2023-01-01"), resides("s", "b", "2022-01-01", "2022-12-31"))
    assert await asked(empty) == []
    await empty.write("MATCH (p:Placement)-[r:RELEASED_TO]->() DELETE r")
    assert await asked(empty) == []


@pytest.mark.parametrize(
    ("by", "counts"), [("EOIR", False), ("EOIR-MIA", False), ("EOIR-MIA-1", False), ("ERO", True), ("", True)]
)
async def test_the_address_given_to_the_court_comes_first(empty: Store, by: str, counts: bool) -> None:
    await put(
        empty,
        PLACES,
        ordered(),
        resides("c", "a", "2023-01-01", by=by),
        resides("c", "b", "2024-02-01", by="ORR"),
    )
    assert len(await asked(empty)) == counts


async def test_an_address_given_to_the_court_that_had_ended(empty: Store) -> None:
    given = resides("c", "a", "2023-01-01", "2024-01-31", by="EOIR")
    await put(empty, PLACES, ordered(), given, resides("c", "b", "2022-01-01"))
    assert [row[4] for row in await asked(empty)] == ["b"]


@pytest.mark.parametrize(
    ("own", "counts"), [(("ATTENDED",), False), (("MISSED",), True), ((None,), True), (("ATTENDED", "MISSED"), True)]
)
async def test_an_order_in_absentia_is_about_those_who_missed_the_hearing(
    empty: Store, own: tuple[str | None, ...], counts: bool
) -> None:
    await put(empty, PLACES, ordered(), released(), resides("c", "b", "2024-02-01"))
    await empty.write(
        "MATCH (c:Child), (h:Hearing) UNWIND $p AS own CREATE (c)-[r:HAD_OUTCOME]->(h) SET r.outcome = own",
        {"p": list(own)},
    )
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
