from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put


def release(key: str, day: str | None, ended: str | None = None) -> str:
    days = {"releasedOn": day, "endedOn": ended}
    shown = "".join(f", {name}: @{value}" for name, value in days.items() if value)
    return f"(c)-[:HAS_PLACEMENT]->(:Placement {{key: '{key}'{shown}}})"


def attempt(day: str | None, outcome: str | None = "NO_ANSWER", kind: str = "WELL_BEING_CALL") -> str:
    values = [f"kind: '{kind}'", f"attemptedOn: @{day}" if day else "", f"outcome: '{outcome}'" if outcome else ""]
    return f"(c)-[:HAS_CONTACT]->(:ContactAttempt {{key: randomUUID(), {', '.join(filter(None, values))}}})"


CHILD = "(c:Child {key: 'c'})"


async def overdue(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "wellBeingCallsOverdue", **arguments)


async def test_a_call_is_overdue_after_its_day(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-04-30"))
    assert await overdue(empty) == [("c", "p", 1)]
    assert await overdue(empty, asOf="2024-05-30") == []
    assert await overdue(empty, withinDays=7) == [("c", "p", 24)]


@pytest.mark.parametrize(
    ("call", "made"),
    [
        (attempt("2024-02-02"), True),
        (attempt(DAY, "REACHED"), True),
        (attempt("2024-02-02", None), True),
        (attempt("2024-02-01"), False),
        (attempt("2024-06-01"), False),
        (attempt(None), False),
        (attempt("2024-02-02", "REACHED", "HOME_VISIT"), False),
    ],
)
async def test_calls(empty: Store, call: str, made: bool) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), call)
    assert len(await overdue(empty)) == (not made)


@pytest.mark.parametrize(
    ("placements", "row"),
    [
        ([release("p", "2024-02-01", "2024-05-31")], None),
        ([release("p", "2024-02-01", "2024-06-01")], ("c", "p", 90)),
        ([release("p", "2024-02-01", "2024-03-01"), release("q", "2024-03-10")], ("c", "q", 52)),
        ([release("p", "2024-02-01"), release("q", "2024-05-20")], None),
        ([release("p", "2024-02-01"), release("q", "2024-06-20")], ("c", "p", 90)),
        ([release("p", "2024-02-01"), release("o", "2024-02-01")], ("c", "o", 90)),
        ([release("p", None)], None),
    ],
)
async def test_the_current_placement(empty: Store, placements: list[str], row: tuple[Any, ...] | None) -> None:
    await put(empty, CHILD, *placements)
    assert await overdue(empty) == ([row] if row else [])


async def never(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenNeverReached", **arguments)


async def test_attempts_that_reached_nobody(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), attempt("2024-03-01", "REFUSED"), attempt("2024-03-02", None))
    assert await never(empty) == [("c", 2, "2024-03-02")]
    assert await never(empty, minAttempts=2) == [("c", 2, "2024-03-02")]
    assert await never(empty, minAttempts=3) == []
    assert await never(empty, asOf="2024-03-01") == [("c", 1, "2024-03-01")]
    assert await never(empty, asOf="2024-02-28") == []


@pytest.mark.parametrize(
    ("day", "answers"),
    [("2024-02-02", True), (DAY, True), ("2024-02-01", False), ("2024-06-01", False), (None, False)],
)
async def test_who_was_reached(empty: Store, day: str | None, answers: bool) -> None:
    kind = "WELLNESS_CHECK"
    await put(empty, CHILD, release("p", "2024-02-01"), attempt("2024-03-01"), attempt(day, "REACHED", kind))
    assert await never(empty) == ([] if answers else [("c", 1, "2024-03-01")])


async def test_only_attempts_since_the_latest_release(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        release("p", "2024-02-01", "2024-03-10"),
        attempt("2024-03-01", "REACHED"),
        release("q", "2024-03-20"),
        attempt("2024-04-01"),
    )
    assert await never(empty) == [("c", 1, "2024-04-01")]
    assert await never(empty, asOf="2024-03-19") == []


async def test_children_who_were_not_released_or_not_sought(empty: Store) -> None:
    await put(empty, CHILD, release("p", None), attempt("2024-04-01"))
    assert await never(empty) == []
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date('2024-05-01')")
    assert await never(empty) == []
