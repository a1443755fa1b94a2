from __future__ import annotations

from typing import Any

from graph.store import Store
from tests.queries.asking import DAY, ask, put

PEOPLE = "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'}), (c:Child {key: 'c'}), (d:Child {key: 'd'})"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "phonesSharedBySponsors", **arguments)


def calls(*who: str) -> str:
    return ", ".join(["(p:Phone {key: 'p'})", *(f"({one})-[:HAS_PHONE]->(p)" for one in who)])


def release(child: str, sponsor: str, day: str | None) -> str:
    placement = f"(:Placement {{{f'releasedOn: @{day}' if day else ''}}})"
    return f"({child})-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor})"


async def test_a_couple_shares_a_phone(empty: Store) -> None:
    await put(empty, PEOPLE, calls("s", "t"), release("c", "s", DAY), release("c", "t", DAY), release("d", "t", DAY))
    assert await asked(empty) == [("p", 2, 2)]
    assert await asked(empty, minSponsors=3) == []


async def test_children_and_a_number_given_twice_do_not_make_it_shared(empty: Store) -> None:
    await put(empty, PEOPLE, calls("s", "s", "c", "d"))
    assert await asked(empty) == []
    assert await asked(empty, minSponsors=1) == [("p", 1, 0)]


async def test_phones_have_no_day_and_releases_do(empty: Store) -> None:
    await put(empty, PEOPLE, calls("s", "t"), release("c", "s", "2024-06-01"), release("d", "s", None))
    assert await asked(empty) == [("p", 2, 0)]
    assert await asked(empty, asOf="2024-06-01") == [("p", 2, 1)]


async def test_most_sponsors_first_then_most_children(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        "(u:Sponsor {key: 'u'}), (q:Phone {key: 'q'}), (r:Phone {key: 'r'})",
        *(f"({who})-[:HAS_PHONE]->(q)" for who in "stu"),
        *(f"({who})-[:HAS_PHONE]->(r)" for who in "tu"),
        calls("s", "t"),
        release("c", "s", DAY),
    )
    assert await asked(empty) == [("q", 3, 1), ("p", 2, 1), ("r", 2, 0)]
