from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

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


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (None, None, True),
        (DAY, None, True),
        ("2024-06-01", None, False),
        (None, DAY, True),
        (None, "2024-05-30", False),
        ("2020-01-01", "2024-05-30", False),
    ],
)
async def test_a_number_that_changed_hands(empty: Store, since: str | None, until: str | None, counts: bool) -> None:
    days = ", ".join(f"{name}: @{day}" for name, day in (("since", since), ("until", until)) if day)
    await put(empty, PEOPLE, calls("s"), f"(t)-[:HAS_PHONE {{{days}}}]->(p)")
    assert await asked(empty) == ([("p", 2, 0)] if counts else [])
    assert len(await ask(empty, "sponsorRings", minSponsors=2)) == counts


async def test_a_number_that_too_many_have_joins_nobody(empty: Store) -> None:
    await put(empty, PEOPLE, calls("s", "t", "c"))
    assert len(await asked(empty, maxSharing=3)) == 1
    assert await asked(empty, maxSharing=2) == []
    assert await ask(empty, "sponsorRings", minSponsors=2, maxSharing=2) == []


async def test_children_of_those_who_have_it_no_more_do_not_count(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        calls("s", "t"),
        "(u:Sponsor {key: 'u'})-[:HAS_PHONE {until: @2024-05-30}]->(p)",
        release("c", "s", DAY),
        release("d", "u", DAY),
    )
    assert await asked(empty) == [("p", 2, 1)]


async def test_releases_after_the_day_do_not_count(empty: Store) -> None:
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
