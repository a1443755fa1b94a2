from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

PEOPLE = (
    "(c:Child {key: 'c'}), (d:Child {key: 'd'}), (s:Sponsor {key: 's'}), (t:Sponsor {key: 't'}), "
    "(a:Address {key: 'a'}), (b:Address {key: 'b'})"
)


def release(
    key: str, day: str | None, ended: str | None = None, *, child: str = "c", sponsor: str = "", home: str = ""
) -> str:
    days = {"releasedOn": day, "endedOn": ended}
    shown = "".join(f", {name}: @{value}" for name, value in days.items() if value)
    parts = [f"({child})-[:HAS_PLACEMENT]->({key}:Placement {{key: '{key}'{shown}}})"]
    parts += [f"({key})-[:WITH_SPONSOR]->({sponsor})"] if sponsor else []
    parts += [f"({key})-[:RELEASED_TO]->({home})"] if home else []
    return ", ".join(parts)


async def again(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenPlacedAgain", **arguments)


async def test_a_second_release_is_proof_that_the_first_placement_ended(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("p", "2023-01-01", sponsor="s"),
        release("q", "2023-06-01", "2023-12-01", sponsor="s"),
        release("r", "2024-01-01", sponsor="t"),
    )
    assert await again(empty) == [("c", "r", 3, 2, "2024-01-01")]
    assert await again(empty, asOf="2023-12-31") == [("c", "q", 2, 1, "2023-06-01")]
    assert await again(empty, asOf="2023-05-31") == []


@pytest.mark.parametrize(
    ("released", "counts"), [("2023-01-02", True), ("2023-01-01", False), ("2024-06-01", False), (None, False)]
)
async def test_releases_that_follow_another(empty: Store, released: str | None, counts: bool) -> None:
    await put(empty, PEOPLE, release("p", "2023-01-01", "2023-06-01"), release("q", released))
    assert len(await again(empty)) == counts


async def test_placements_of_those_who_have_turned_eighteen(empty: Store) -> None:
    await put(empty, PEOPLE, release("p", "2023-01-01"), release("q", "2023-02-01"))
    await empty.write("MATCH (c:Child {key: 'c'}) SET c.dateOfBirth = date('2006-05-31')")
    assert await again(empty) == []
    assert len(await again(empty, includeGrownUp=True)) == len(await again(empty, asOf="2024-05-30")) == 1


async def test_another_childs_release_does_not_count(empty: Store) -> None:
    await put(empty, PEOPLE, release("p", "2023-01-01", "2023-06-01"), release("q", "2024-01-01", child="d"))
    assert await again(empty) == []


async def apart(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "siblingsPlacedApart", **arguments)


SIBLINGS = "(d)-[:SIBLING_OF]->(c)"


async def test_each_pair_is_one_row(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        SIBLINGS,
        "(c)-[:SIBLING_OF]->(d)",
        release("p", "2024-01-01", sponsor="s"),
        release("q", "2024-02-01", child="d", sponsor="t"),
    )
    assert await apart(empty) == [("c", "d", "s", "t", "2024-02-01")]
    assert await apart(empty, asOf="2024-01-31") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"sponsor": "s"}, {"sponsor": "s"}),
        ({"sponsor": "s", "home": "a"}, {"sponsor": "t", "home": "a"}),
        ({"sponsor": "s"}, {}),
        ({"sponsor": "s"}, {"sponsor": "t", "ended": DAY}),
    ],
    ids=["one sponsor", "one address", "no sponsor on record", "ended"],
)
async def test_siblings_who_are_not_apart(empty: Store, one: dict[str, str], other: dict[str, str]) -> None:
    await put(
        empty,
        PEOPLE,
        SIBLINGS,
        release("p", "2024-01-01", **one),
        release("q", "2024-02-01", child="d", **other),
    )
    assert await apart(empty) == []


async def test_the_current_placements_count(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        SIBLINGS,
        release("p", "2023-01-01", "2023-06-01", sponsor="s", home="a"),
        release("q", "2023-01-01", child="d", sponsor="s", home="a"),
        release("r", "2023-07-01", sponsor="t", home="b"),
        release("z", None, sponsor="s", home="a"),
    )
    assert await apart(empty) == [("c", "d", "t", "s", "2023-07-01")]
    assert await apart(empty, asOf="2023-06-15") == []
    assert await apart(empty, asOf="2023-05-01") == []


async def test_children_who_are_no_siblings(empty: Store) -> None:
    await put(empty, PEOPLE, release("p", DAY, sponsor="s"), release("q", DAY, child="d", sponsor="t"))
    assert await apart(empty) == []


async def test_a_later_release_ends_the_earlier_placement(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        SIBLINGS,
        release("p", "2023-01-01", sponsor="s"),
        release("q", "2023-01-01", child="d", sponsor="t"),
        release("r", "2023-06-01", "2023-07-01", sponsor="s"),
    )
    assert await apart(empty, asOf="2023-06-30") == [("c", "d", "s", "t", "2023-06-01")]
    assert await apart(empty) == []


@pytest.mark.parametrize("grown", ["c", "d"])
async def test_a_pair_in_which_one_has_turned_eighteen(empty: Store, grown: str) -> None:
    await put(
        empty,
        PEOPLE,
        SIBLINGS,
        release("p", "2023-01-01", sponsor="s"),
        release("q", "2023-01-01", child="d", sponsor="t"),
    )
    await empty.write(f"MATCH (c:Child {{key: '{grown}'}}) SET c.dateOfBirth = date('2006-05-31')")
    assert await apart(empty) == []
    assert len(await apart(empty, includeGrownUp=True)) == len(await apart(empty, asOf="2024-05-30")) == 1
