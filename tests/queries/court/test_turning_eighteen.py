from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenTurningEighteenWithOpenCase", **arguments)


def child(born: str | None = "2006-06-10") -> str:
    return f"(c:Child {{key: 'c'{f', dateOfBirth: @{born}' if born else ''}}})"


def case(key: str = "k", opened: str | None = "2024-01-01", closed: str | None = None, status: str = "PENDING") -> str:
    values = "".join(f", {name}: @{day}" for name, day in (("openedOn", opened), ("closedOn", closed)) if day)
    return f"(c)-[:RESPONDENT_IN]->(:CourtCase {{key: '{key}', status: '{status}'{values}}})"


@pytest.mark.parametrize(
    ("born", "days"),
    [
        ("2006-05-31", None),
        ("2006-06-01", 1),
        ("2006-08-29", 90),
        ("2006-08-30", None),
        (None, None),
    ],
)
async def test_days_until_the_birthday(empty: Store, born: str | None, days: int | None) -> None:
    await put(empty, child(born), case())
    wanted = [("c", "k", f"2024{born[4:]}", days)] if born and days else []
    assert await asked(empty) == wanted
    assert len(await asked(empty, withinDays=91)) == (born in ("2006-06-01", "2006-08-29", "2006-08-30"))


async def test_born_on_a_leap_day(empty: Store) -> None:
    await put(empty, child("2004-02-29"), case(opened="2020-01-01"))
    assert await asked(empty, asOf="2022-02-28") == [("c", "k", "2022-03-01", 1)]
    assert await asked(empty, asOf="2022-03-01") == []


@pytest.mark.parametrize(
    ("begun", "closed", "status", "stands"),
    [
        ("2024-05-31", None, "PENDING", True),
        ("2024-06-01", None, "PENDING", False),
        (None, None, "PENDING", False),
        ("2024-01-01", "2024-05-31", "CLOSED", False),
        ("2024-01-01", "2024-06-01", "CLOSED", True),
        ("2024-01-01", None, "ADMINISTRATIVELY_CLOSED", False),
        ("2024-01-01", "2024-02-01", "PENDING", True),
        ("2024-01-01", "2024-06-01", "PENDING", True),
    ],
)
async def test_open_cases(empty: Store, begun: str | None, closed: str | None, status: str, stands: bool) -> None:
    await put(empty, child(), case(opened=begun, closed=closed, status=status))
    assert await asked(empty) == ([("c", "k", "2024-06-10", 10)] if stands else [])


async def test_of_several_open_cases_the_first(empty: Store) -> None:
    await put(empty, child(), case("x", "2024-02-01"), case("k"), case("j", "2023-01-01", "2023-02-01", "CLOSED"))
    assert await asked(empty) == [("c", "k", "2024-06-10", 10)]


async def test_soonest_first(empty: Store) -> None:
    await put(
        empty,
        *(
            f"(:Child {{key: '{key}', dateOfBirth: @2006-{day}}})"
            "-[:RESPONDENT_IN]->(:CourtCase {openedOn: @2024-01-01, status: 'PENDING'})"
            for key, day in (("z", "06-02"), ("b", "07-01"), ("a", "07-01"))
        ),
    )
    assert [row[0] for row in await asked(empty)] == ["z", "a", "b"]
