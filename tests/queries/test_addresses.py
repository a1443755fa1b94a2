from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "addressesSharedBySponsors", **{"minSponsors": 2, **arguments})


PLACES = "(a:Address {key: 'a'}), (b:Address {key: 'b'})"
PEOPLE = (
    "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'}), (u:Sponsor {key: 'u'}), (c:Child {key: 'c'}), (d:Child {key: 'd'})"
)


def resides(who: str, since: str | None, until: str | None = None, where: str = "a") -> str:
    days = {"since": since, "until": until}
    shown = ", ".join(f"{name}: @{day}" for name, day in days.items() if day)
    return f"({who})-[:RESIDES_AT {{{shown}}}]->({where})"


def release(child: str, sponsor: str, day: str | None, where: str = "a") -> str:
    placement = f"(p{child}{sponsor}{where}:Placement {{{f'releasedOn: @{day}' if day else ''}}})"
    return (
        f"({child})-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor}), "
        f"(p{child}{sponsor}{where})-[:RELEASED_TO]->({where})"
    )


async def test_residents_and_releases_together(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        resides("s", "2020-01-01"),
        release("c", "t", "2024-05-01"),
    )
    assert await asked(empty) == [("a", 2, 1)]
    assert await asked(empty, minSponsors=3) == []


async def test_default_is_three(empty: Store) -> None:
    await put(empty, PLACES, PEOPLE, *(resides(who, "2020-01-01") for who in "st"))
    assert await ask(empty, "addressesSharedBySponsors") == []
    await empty.write(
        "MATCH (u:Sponsor {key: 'u'}) MATCH (a:Address {key: 'a'}) "
        "CREATE (u)-[:RESIDES_AT {since: date('2020-01-01')}]->(a)"
    )
    assert await ask(empty, "addressesSharedBySponsors") == [("a", 3, 0)]


async def test_sponsor_who_resides_there_and_had_children_released_there_counts_once(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        resides("s", "2020-01-01"),
        resides("s", "2021-01-01"),
        release("c", "s", "2024-05-01"),
        release("d", "s", "2024-05-01"),
    )
    assert await asked(empty) == []
    assert await asked(empty, minSponsors=1) == [("a", 1, 2)]


async def test_child_released_twice_counts_once(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        release("c", "s", "2024-01-01"),
        release("c", "t", "2024-05-01"),
    )
    assert await asked(empty) == [("a", 2, 1)]


async def test_children_who_reside_there_are_no_sponsors_and_were_not_released_there(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        *(resides(who, "2020-01-01") for who in "stcd"),
    )
    assert await asked(empty) == [("a", 2, 0)]
    assert await asked(empty, minSponsors=3) == []


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (DAY, None, True),
        ("2020-01-01", DAY, True),
        ("2020-01-01", "2024-06-01", True),
        ("2020-01-01", "2024-05-30", False),
        ("2024-06-01", None, False),
        (None, None, False),
        (None, "2024-06-01", False),
    ],
)
async def test_report_of_a_residence(empty: Store, since: str | None, until: str | None, counts: bool) -> None:
    await put(empty, PLACES, PEOPLE, resides("s", "2020-01-01"), resides("t", since, until))
    assert await asked(empty) == ([("a", 2, 0)] if counts else [])


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), ("2024-06-01", False), (None, False)])
async def test_release(empty: Store, day: str | None, counts: bool) -> None:
    await put(empty, PLACES, PEOPLE, resides("s", "2020-01-01"), release("c", "t", day))
    assert await asked(empty) == ([("a", 2, 1)] if counts else [])
    assert (await asked(empty, minSponsors=1))[0][2] == int(counts)


async def test_releases_elsewhere_do_not_count(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        resides("s", "2020-01-01"),
        resides("t", "2020-01-01"),
        release("c", "s", "2024-05-01", where="b"),
    )
    assert await asked(empty) == [("a", 2, 0)]


async def test_release_without_a_sponsor_on_record(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        *(resides(who, "2020-01-01") for who in "st"),
        "(c)-[:HAS_PLACEMENT]->(:Placement {releasedOn: @2024-05-01})-[:RELEASED_TO]->(a)",
    )
    assert await asked(empty) == [("a", 2, 1)]


async def test_most_sponsors_first_ties_by_key(empty: Store) -> None:
    await put(
        empty,
        "(z:Address {key: 'z'})",
        PLACES,
        PEOPLE,
        *(resides(who, "2020-01-01", where=where) for where in "ba" for who in "st"),
        *(resides(who, "2020-01-01", where="z") for who in "stu"),
    )
    assert await asked(empty) == [("z", 3, 0), ("a", 2, 0), ("b", 2, 0)]
