from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWithoutNoticeToAppear", **arguments)


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
