"""Refusals and children found elsewhere, and what counts as following them up."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

CHILD = "(c:Child {key: 'c'})"


def attempt(
    key: str,
    day: str | None,
    outcome: str = "REACHED",
    reached: str = "",
    kind: str = "WELL_BEING_CALL",
    found: bool | None = None,
) -> str:
    values = [f"key: '{key}'", f"kind: '{kind}'", f"outcome: '{outcome}'", f"attemptedOn: @{day}" if day else ""]
    values += [f"reached: '{reached}'" if reached else "", f"childWithSponsor: {found}" if found is not None else ""]
    return f"(c)-[:HAS_CONTACT]->(:ContactAttempt {{{', '.join(filter(None, values))}}})"


def release(day: str | None) -> str:
    return f"(c)-[:HAS_PLACEMENT]->(:Placement {{key: 'p'{f', releasedOn: @{day}' if day else ''}}})"


async def refused(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "contactRefusedWithoutFollowUp", **arguments)


async def elsewhere(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenNotLivingWithSponsor", **arguments)


REFUSAL = attempt("r", "2024-05-01", "REFUSED")
FOUND = attempt("r", "2024-05-01", reached="SPONSOR", kind="HOME_VISIT", found=False)


async def test_a_refusal_that_nothing_followed(empty: Store) -> None:
    await put(empty, CHILD, REFUSAL, attempt("s", "2024-05-09", "REFUSED"), attempt("t", "2024-05-10", "NO_ANSWER"))
    assert await refused(empty) == [("c", "r", "2024-05-01", 2, 30)]
    assert await refused(empty, minDays=31) == []
    assert await refused(empty, asOf="2024-05-09") == [("c", "r", "2024-05-01", 1, 8)]
    assert await refused(empty, asOf="2024-05-07") == []


@pytest.mark.parametrize(
    ("fact", "followed"),
    [
        (attempt("a", "2024-05-02", reached="CHILD"), True),
        (attempt("a", "2024-05-02"), True),
        (attempt("a", "2024-05-01"), False),
        (attempt("a", "2024-06-01"), False),
        (attempt("a", None), False),
        (attempt("a", "2024-05-02", reached="SPONSOR"), False),
        (attempt("a", "2024-05-02", reached="SPONSOR", kind="WELLNESS_CHECK", found=True), True),
        (attempt("a", "2024-05-02", "NO_ANSWER"), False),
        (release("2024-05-02"), True),
        (release("2024-05-01"), False),
        (release(None), False),
    ],
)
async def test_what_follows_a_refusal_up(empty: Store, fact: str, followed: bool) -> None:
    await put(empty, CHILD, REFUSAL, fact)
    assert [row[1] for row in await refused(empty)] == ([] if followed else ["r"])


async def test_a_later_refusal_when_the_earlier_was_followed_up(empty: Store) -> None:
    await put(empty, CHILD, REFUSAL, attempt("a", "2024-05-02"), attempt("s", "2024-05-03", "REFUSED"))
    assert [row[1] for row in await refused(empty)] == ["s"]


async def test_a_child_found_elsewhere_and_no_follow_up(empty: Store) -> None:
    await put(empty, CHILD, FOUND, attempt("s", "2024-05-09", found=False))
    assert await elsewhere(empty) == [("c", "r", "2024-05-01", 30)]
    assert await elsewhere(empty, minDays=31) == []
    assert await elsewhere(empty, asOf="2024-05-07") == []


@pytest.mark.parametrize(
    ("fact", "followed"),
    [
        (attempt("a", "2024-05-02", found=True), True),
        (attempt("a", "2024-05-02", reached="SPONSOR", found=True), True),
        (attempt("a", "2024-05-02", reached="CHILD"), True),
        (attempt("a", "2024-05-02", reached="CHILD", found=False), False),
        (attempt("a", "2024-05-02", reached="SPONSOR"), False),
        (attempt("a", "2024-05-02", "NO_ANSWER"), False),
        (attempt("a", "2024-05-01", found=True), False),
        (attempt("a", "2024-06-01", found=True), False),
        (release("2024-05-02"), True),
        (release("2024-04-02"), False),
    ],
)
async def test_what_follows_up_that_a_child_was_found_elsewhere(empty: Store, fact: str, followed: bool) -> None:
    await put(empty, CHILD, FOUND, fact)
    assert [row[1] for row in await elsewhere(empty)] == ([] if followed else ["r"])


async def test_unknown_is_not_no(empty: Store) -> None:
    await put(empty, CHILD, attempt("a", "2024-05-01"), attempt("b", None, found=False))
    assert await elsewhere(empty) == []


@pytest.mark.parametrize("fact", [REFUSAL, FOUND])
async def test_those_who_have_turned_eighteen(empty: Store, fact: str) -> None:
    name = "contactRefusedWithoutFollowUp" if fact == REFUSAL else "childrenNotLivingWithSponsor"
    await put(empty, CHILD, fact)
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date('2006-05-31')")
    assert await ask(empty, name, asOf=DAY) == []
    assert len(await ask(empty, name, includeGrownUp=True)) == len(await ask(empty, name, asOf="2024-05-30")) == 1
