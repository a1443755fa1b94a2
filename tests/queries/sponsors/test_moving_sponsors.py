from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

PEOPLE = "(s:Sponsor {key: 's'}), (c:Child {key: 'c'}), (d:Child {key: 'd'}), (o:Sponsor {key: 'o'})"
PLACES = "(a:Address {key: 'a'}), (b:Address {key: 'b'}), (x:Address {key: 'x'})"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsMovingWithSeveralChildren", **arguments)


def release(child: str, day: str | None = "2022-01-01", *, ended: str = "", where: str = "", sponsor: str = "s") -> str:
    days = ", ".join(f"{name}: @{one}" for name, one in (("releasedOn", day), ("endedOn", ended)) if one)
    to = f"-[:RELEASED_TO]->({where})" if where else ""
    return f"({child})-[:HAS_PLACEMENT]->(p{child}{sponsor}{(day or '')[:4]}:Placement {{{days}}}){to}, " + (
        f"(p{child}{sponsor}{(day or '')[:4]})-[:WITH_SPONSOR]->({sponsor})"
    )


def resides(where: str, since: str | None) -> str:
    return f"(s)-[:RESIDES_AT {{{f'since: @{since}' if since else ''}}}]->({where})"


async def test_addresses_within_the_window(empty: Store) -> None:
    await put(empty, PEOPLE, PLACES, release("c"), release("d"), resides("a", "2022-01-01"), resides("b", "2023-01-01"))
    assert await asked(empty) == [("s", 2, 2, "2022-01-01", "2023-01-01")]
    assert await asked(empty, withinDays=364) == []
    assert await asked(empty, minAddresses=3) == []
    assert await asked(empty, minChildren=3) == []


async def test_the_release_address_is_one_of_them(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        PLACES,
        release("c", where="a"),
        release("d"),
        resides("a", "2015-01-01"),
        resides("b", "2022-06-01"),
    )
    assert await asked(empty) == [("s", 2, 2, "2022-01-01", "2022-06-01")]


async def test_one_child_is_few(empty: Store) -> None:
    twice = release("c", "2021-01-01")
    await put(empty, PEOPLE, PLACES, release("c"), twice, resides("a", "2022-01-01"), resides("b", "2022-02-01"))
    assert await asked(empty) == []
    assert await asked(empty, minChildren=1) == [("s", 2, 1, "2022-01-01", "2022-02-01")]


async def test_two_reports_of_one_address_are_no_move(empty: Store) -> None:
    await put(empty, PEOPLE, PLACES, release("c"), release("d"), resides("a", "2022-01-01"), resides("a", "2022-02-01"))
    assert await asked(empty) == []


@pytest.mark.parametrize(("since", "counts"), [(DAY, True), ("2024-06-01", False), (None, False)])
async def test_reports_up_to_the_day(empty: Store, since: str | None, counts: bool) -> None:
    await put(empty, PEOPLE, PLACES, release("c"), release("d"), resides("a", "2024-01-01"), resides("b", since))
    assert await asked(empty) == ([("s", 2, 2, "2024-01-01", DAY)] if counts else [])


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), ("2024-06-01", False), (None, False)])
async def test_releases_up_to_the_day(empty: Store, day: str | None, counts: bool) -> None:
    await put(
        empty, PEOPLE, PLACES, release("c"), release("d", day), resides("a", "2024-01-01"), resides("b", "2024-02-01")
    )
    assert len(await asked(empty)) == counts


@pytest.mark.parametrize(
    ("released", "ended", "counts"),
    [
        ("2024-02-01", "", True),
        ("2024-02-02", "", False),
        ("2023-01-01", "2024-02-01", True),
        ("2023-01-01", "2024-01-31", False),
        ("2023-01-01", "2022-12-31", True),
    ],
)
async def test_moves_count_while_a_child_is_there(empty: Store, released: str, ended: str, counts: bool) -> None:
    """The last day is a day there; an end before the release says nothing."""
    both = (release(child, released, ended=ended, where="a") for child in "cd")
    await put(empty, PEOPLE, PLACES, *both, resides("b", "2024-02-01"))
    assert len(await asked(empty, withinDays=36500)) == counts


@pytest.mark.parametrize(("again", "counts"), [("2024-02-01", True), ("2024-01-31", False)])
async def test_a_later_release_of_the_child_ends_the_placement(empty: Store, again: str, counts: bool) -> None:
    both = (release(child, "2023-01-01", where="a") for child in "cd")
    moved = (release(child, again, sponsor="o") for child in "cd")
    await put(empty, PEOPLE, PLACES, *both, *moved, resides("b", "2024-02-01"))
    assert len(await asked(empty, withinDays=36500)) == counts


@pytest.mark.parametrize("fault", ["BLANK", "UNDELIVERABLE", "MISSING_UNIT"])
async def test_an_address_that_names_no_home_is_no_move(empty: Store, fault: str) -> None:
    bad = f"(z:Address {{key: 'z', deliverability: '{fault}'}})"
    await put(empty, PEOPLE, PLACES, bad, release("c", where="a"), release("d", where="z"), resides("z", "2022-02-01"))
    assert await asked(empty) == []


async def test_the_window_with_the_most_addresses(empty: Store) -> None:
    days = {"a": "2020-01-01", "b": "2021-06-01", "x": "2021-09-01"}
    both = (release(child, "2019-01-01") for child in "cd")
    await put(empty, PEOPLE, PLACES, *both, *(resides(*report) for report in days.items()))
    assert await asked(empty) == [("s", 2, 2, "2021-06-01", "2021-09-01")]
    assert await asked(empty, withinDays=700) == [("s", 3, 2, "2020-01-01", "2021-09-01")]
