from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put

PEOPLE = "(s:Sponsor {key: 's'}), (c:Child {key: 'c'}), (d:Child {key: 'd'})"
PLACES = "(a:Address {key: 'a'}), (b:Address {key: 'b'}), (x:Address {key: 'x'})"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsMovingWithSeveralChildren", **arguments)


def release(child: str, day: str | None = "2022-01-01") -> str:
    placement = f"(:Placement {{{f'releasedOn: @{day}' if day else ''}}})"
    return f"({child})-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->(s)"


def resides(where: str, since: str | None) -> str:
    return f"(s)-[:RESIDES_AT {{{f'since: @{since}' if since else ''}}}]->({where})"


async def test_addresses_within_the_window(empty: Store) -> None:
    await put(empty, PEOPLE, PLACES, release("c"), release("d"), resides("a", "2022-01-01"), resides("b", "2023-01-01"))
    assert await asked(empty) == [("s", 2, 2, "2022-01-01", "2023-01-01")]
    assert await asked(empty, withinDays=364) == []
    assert await asked(empty, minAddresses=3) == []
    assert await asked(empty, minChildren=3) == []


async def test_one_child_is_few(empty: Store) -> None:
    await put(empty, PEOPLE, PLACES, release("c"), release("c"), resides("a", "2022-01-01"), resides("b", "2022-02-01"))
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


async def test_the_window_with_the_most_addresses(empty: Store) -> None:
    days = {"a": "2020-01-01", "b": "2021-06-01", "x": "2021-09-01"}
    await put(empty, PEOPLE, PLACES, release("c"), release("d"), *(resides(*report) for report in days.items()))
    assert await asked(empty) == [("s", 2, 2, "2021-06-01", "2021-09-01")]
    assert await asked(empty, withinDays=700) == [("s", 3, 2, "2020-01-01", "2021-09-01")]
