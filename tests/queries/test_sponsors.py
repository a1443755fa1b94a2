from __future__ import annotations

from typing import Any

from graph.store import Store
from tests.queries.asking import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsWithMultipleChildren", **arguments)


def release(child: str, sponsor: str, day: str | None, relationship: str = "PARENT") -> str:
    released = f"releasedOn: @{day}, " if day else ""
    placement = f"(:Placement {{{released}relationship: '{relationship}'}})"
    return f"({child})-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor})"


PEOPLE = (
    "(a:Sponsor {key: 'a'}), (b:Sponsor {key: 'b'}), (c:Child {key: 'c'}), (d:Child {key: 'd'}), (e:Child {key: 'e'})"
)


async def test_sponsors_in_order(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        *(release(child, "b", "2024-05-01") for child in "cde"),
        *(release(child, "a", "2024-05-01") for child in "cd"),
    )
    assert await asked(empty) == [("b", 3, 0), ("a", 2, 0)]
    assert await asked(empty, minChildren=3) == [("b", 3, 0)]
    assert await asked(empty, minChildren=4) == []


async def test_one_child_is_few(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-05-01"))
    assert await asked(empty) == []
    assert await asked(empty, minChildren=1) == [("a", 1, 0)]


async def test_two_releases_of_one_child_are_one_child(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-01-01"), release("c", "a", "2024-05-01"))
    assert await asked(empty) == []
    assert await asked(empty, minChildren=1) == [("a", 1, 0)]


async def test_unrelated_children(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", "2024-05-01", "UNRELATED"),
        release("d", "a", "2024-05-01", "FAMILY_FRIEND"),
        release("e", "a", "2024-05-01", "COUSIN"),
    )
    assert await asked(empty) == [("a", 3, 2)]


async def test_unrelated_child_released_twice_counts_once(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", "2024-01-01", "UNRELATED"),
        release("c", "a", "2024-05-01", "FAMILY_FRIEND"),
        release("d", "a", "2024-01-01", "COUSIN"),
        release("d", "a", "2024-05-01", "UNRELATED"),
        release("e", "a", "2024-06-01", "UNRELATED"),
    )
    assert await asked(empty) == [("a", 2, 2)]


async def test_releases_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", DAY),
        release("d", "a", "2024-06-01"),
        release("e", "a", None),
    )
    assert await asked(empty, minChildren=1) == [("a", 1, 0)]
    assert await asked(empty, asOf="2024-06-01") == [("a", 2, 0)]


async def test_ended_placement_counts(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-01-01"), release("d", "a", "2024-01-01"))
    await empty.write("MATCH (p:Placement) SET p.endedOn = date('2024-02-01')")
    assert await asked(empty) == [("a", 2, 0)]


async def test_default_day_is_today(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-01-01"), release("d", "a", "2024-01-01"))
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date()")
    assert await asked(empty, asOf=None) == [("a", 2, 0)]
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date() + duration({days: 2})")
    assert await asked(empty, asOf=None) == []
