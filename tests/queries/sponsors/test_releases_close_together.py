from __future__ import annotations

from typing import Any

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put
from tests.queries.sponsors.test_sponsors import PEOPLE, release


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsWithReleasesCloseTogether", **arguments)


async def test_children_within_the_window(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", "2024-01-01"),
        release("d", "a", "2024-03-01", "UNRELATED"),
        release("e", "b", "2024-03-01"),
    )
    assert await asked(empty) == [("a", 2, 1, 2, "2024-01-01", "2024-03-01")]
    assert await asked(empty, withinDays=59) == []
    assert await asked(empty, minChildren=3) == []
    assert len(await asked(empty, minChildren=1, withinDays=0)) == 2


async def test_the_window_with_the_most_children_the_earliest_of_them(empty: Store) -> None:
    days = {"c": "2020-01-01", "d": "2020-01-05", "e": "2021-01-01"}
    await put(empty, PEOPLE, *(release(child, "a", day) for child, day in days.items()))
    assert await asked(empty) == [("a", 2, 0, 2, "2020-01-01", "2020-01-05")]
    await put(empty, "(f:Child {key: 'f'})-[:HAS_PLACEMENT]->(p:Placement {releasedOn: @2021-01-02})")
    await empty.write(
        "MATCH (p:Placement) WHERE NOT (p)--(:Sponsor) MATCH (a:Sponsor {key: 'a'}) CREATE (p)-[:WITH_SPONSOR]->(a)"
    )
    assert await asked(empty) == [("a", 2, 0, 2, "2020-01-01", "2020-01-05")]
    await empty.write("MATCH (p:Placement {releasedOn: date('2021-01-01')}) SET p.releasedOn = date('2020-02-28')")
    assert await asked(empty) == [("a", 3, 0, 3, "2020-01-01", "2020-02-28")]


async def test_two_releases_of_one_child_are_one_child(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-05-01"), release("c", "a", "2024-05-20", "UNRELATED"))
    assert await asked(empty) == []
    assert await asked(empty, minChildren=1) == [("a", 1, 1, 1, "2024-05-01", "2024-05-20")]


async def test_releases_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", DAY), release("d", "a", "2024-06-01"), release("e", "a", None))
    assert await asked(empty) == []
    assert await asked(empty, asOf="2024-06-01") == [("a", 2, 0, 2, DAY, "2024-06-01")]


async def test_most_children_first_then_the_latest(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        "(z:Sponsor {key: 'z'})",
        *(release(child, "a", "2024-01-01") for child in "cd"),
        *(release(child, "b", "2024-02-01") for child in "cd"),
        *(release(child, "z", "2023-01-01") for child in "cde"),
    )
    assert [row[:2] for row in await asked(empty)] == [("z", 3), ("b", 2), ("a", 2)]


async def test_the_fullest_window_with_enough_unrelated_children(empty: Store) -> None:
    days = {"c": ("2020-01-01", "PARENT"), "d": ("2020-01-05", "PARENT"), "e": ("2020-01-06", "PARENT")}
    later = {"f": ("2021-01-01", "UNRELATED"), "g": ("2021-01-02", "FAMILY_FRIEND")}
    await put(
        empty,
        PEOPLE,
        "(f:Child {key: 'f'}), (g:Child {key: 'g'})",
        *(release(child, "a", day, relationship) for child, (day, relationship) in {**days, **later}.items()),
    )
    assert await asked(empty) == [("a", 3, 0, 3, "2020-01-01", "2020-01-06")]
    assert await asked(empty, minUnrelated=1) == [("a", 2, 2, 2, "2021-01-01", "2021-01-02")]
    assert await asked(empty, minUnrelated=3) == []


async def test_groups_of_siblings_in_the_window(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        "(c)-[:SIBLING_OF]->(d)",
        release("c", "a", "2024-01-01"),
        release("d", "a", "2024-01-01"),
        release("e", "a", "2023-01-01"),
    )
    assert await asked(empty) == [("a", 2, 0, 1, "2024-01-01", "2024-01-01")]
