from __future__ import annotations

from typing import Any, Protocol

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put


def release(key: str, day: str | None, ended: str | None = None) -> str:
    days = {"releasedOn": day, "endedOn": ended}
    shown = "".join(f", {name}: @{value}" for name, value in days.items() if value)
    return f"(c)-[:HAS_PLACEMENT]->(:Placement {{key: '{key}'{shown}}})"


def attempt(day: str | None, outcome: str | None = "NO_ANSWER", kind: str = "WELL_BEING_CALL") -> str:
    values = [f"kind: '{kind}'", f"attemptedOn: @{day}" if day else "", f"outcome: '{outcome}'" if outcome else ""]
    return f"(c)-[:HAS_CONTACT]->(:ContactAttempt {{key: randomUUID(), {', '.join(filter(None, values))}}})"


CHILD = "(c:Child {key: 'c'})"


class Asking(Protocol):
    """Asks a question of a store."""

    async def __call__(self, store: Store, **arguments: object) -> list[tuple[Any, ...]]:
        """Return the rows."""


async def outside(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "wellBeingCallsOutsideWindow", **arguments)


async def overdue(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "wellBeingCallsOverdue", **arguments)


async def test_a_call_is_overdue_after_its_window(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-04-23"))
    assert await overdue(empty) == [("c", "p", 1)]
    assert await overdue(empty, asOf="2024-05-30") == []
    assert await overdue(empty, withinDays=7) == [("c", "p", 31)]


@pytest.mark.parametrize(
    ("call", "made"),
    [
        (attempt("2024-03-02"), True),
        (attempt("2024-03-01"), False),
        (attempt(DAY, "REACHED"), True),
        (attempt("2024-03-02", None), True),
        (attempt("2024-02-01"), False),
        (attempt("2024-06-01"), False),
        (attempt(None), False),
        (attempt("2024-03-02", "REACHED", "HOME_VISIT"), False),
    ],
)
async def test_calls(empty: Store, call: str, made: bool) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), call)
    assert len(await overdue(empty)) == (not made)


async def test_the_window_is_the_askers(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), attempt("2024-02-15"))
    assert await overdue(empty, fromDays=14) == []
    assert len(await overdue(empty, fromDays=15)) == 1


@pytest.mark.parametrize(
    ("stay", "back"),
    [
        ("admittedOn: @2024-03-01", True),
        ("transferredOn: @2024-03-01", True),
        ("admittedOn: @2024-03-01, dischargedOn: @2024-06-01", True),
        ("admittedOn: @2024-03-01, dischargedOn: @2024-05-31", False),
        ("admittedOn: @2024-02-01", False),
        ("admittedOn: @2024-06-01", False),
    ],
)
async def test_a_child_who_is_back_in_custody(empty: Store, stay: str, back: bool) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), f"(c)-[:HAS_EPISODE]->(:CustodyEpisode {{key: 'e', {stay}}})")
    assert len(await overdue(empty)) == (not back)


@pytest.mark.parametrize(
    ("placements", "row"),
    [
        ([release("p", "2024-02-01", "2024-05-31")], None),
        ([release("p", "2024-02-01", "2024-06-01")], ("c", "p", 83)),
        ([release("p", "2024-02-01", "2024-03-01"), release("q", "2024-03-10")], ("c", "q", 45)),
        ([release("p", "2024-02-01"), release("q", "2024-03-10", "2024-03-20")], None),
        ([release("p", "2024-02-01"), release("q", "2024-05-20")], None),
        ([release("p", "2024-02-01"), release("q", "2024-06-20")], ("c", "p", 83)),
        ([release("p", "2024-02-01"), release("o", "2024-02-01")], ("c", "o", 83)),
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


@pytest.mark.parametrize(
    ("reached", "kind", "found", "answers"),
    [
        ("CHILD", "WELL_BEING_CALL", False, True),
        ("BOTH", "WELL_BEING_CALL", False, True),
        ("SPONSOR", "WELL_BEING_CALL", True, False),
        ("OTHER_ADULT", "HOME_VISIT", False, False),
        ("SPONSOR", "WELLNESS_CHECK", True, True),
    ],
)
async def test_contact_with_others_is_no_contact_with_the_child(
    empty: Store, reached: str, kind: str, found: bool, answers: bool
) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), attempt("2024-03-01", "REACHED", kind))
    told = {"reached": reached, "found": found}
    await empty.write("MATCH (a:ContactAttempt) SET a.reached = $reached, a.childWithSponsor = $found", told)
    assert await never(empty) == ([] if answers else [("c", 1, "2024-03-01")])


async def test_a_release_without_a_day_is_a_release(empty: Store) -> None:
    await put(empty, CHILD, release("p", None), attempt("2024-04-01"), attempt(None))
    assert await never(empty) == [("c", 1, "2024-04-01")]
    await empty.write("MATCH (c:Child) CREATE (c)-[:HAS_PLACEMENT]->(:Placement {releasedOn: date('2024-04-01')})")
    assert await never(empty) == []


async def test_children_who_were_not_released(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-06-01"), attempt("2024-04-01"))
    assert await never(empty) == []


@pytest.mark.parametrize("ask_for", [overdue, never, outside])
async def test_calls_to_those_who_have_turned_eighteen(empty: Store, ask_for: Asking) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), attempt("2024-02-05"))
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date('2006-05-31')")
    assert await ask_for(empty) == []
    assert len(await ask_for(empty, includeGrownUp=True)) == len(await ask_for(empty, asOf="2024-05-30")) == 1


@pytest.mark.parametrize(
    ("days", "row"),
    [
        (["2024-03-02"], None),
        (["2024-03-09"], None),
        (["2024-03-01"], ("EARLY", 29)),
        (["2024-03-10"], ("LATE", 38)),
        (["2024-02-20", "2024-03-01"], ("EARLY", 29)),
        (["2024-03-01", "2024-04-01", "2024-03-10"], ("LATE", 38)),
        (["2024-03-01", "2024-03-05", "2024-04-01"], None),
        (["2024-02-01"], None),
        (["2024-06-01"], None),
        ([], None),
    ],
    ids=str,
)
async def test_calls_outside_their_window(empty: Store, days: list[str], row: tuple[str, int] | None) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), *map(attempt, days))
    assert [(found[0], found[1], found[3], found[4]) for found in await outside(empty)] == (
        [("c", "p", *row)] if row else []
    )


async def test_a_window_that_has_not_closed(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-04-24"), attempt("2024-05-01"))
    assert await outside(empty) == []
    assert [row[3:] for row in await outside(empty, asOf="2024-06-01")] == [("EARLY", 7, "2024-05-01")]


@pytest.mark.parametrize(
    ("placements", "row"),
    [
        ([release("p", "2024-02-01", "2024-03-09")], None),
        ([release("p", "2024-02-01", "2024-03-10")], ("p", 60)),
        ([release("p", "2024-02-01"), release("q", "2024-03-09")], ("q", 23)),
        ([release("p", "2024-01-01"), release("q", "2024-02-20")], ("q", 41)),
    ],
)
async def test_a_call_belongs_to_the_latest_release_before_it(
    empty: Store, placements: list[str], row: tuple[str, int] | None
) -> None:
    await put(empty, CHILD, *placements, attempt("2024-04-01"))
    assert [(found[1], found[4]) for found in await outside(empty)] == ([row] if row else [])


async def test_a_visit_is_no_call(empty: Store) -> None:
    await put(empty, CHILD, release("p", "2024-02-01"), attempt("2024-04-01", "REACHED", "HOME_VISIT"))
    assert await outside(empty) == []
