from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put


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


def release(child: str, sponsor: str, day: str | None, where: str = "a", **more: str) -> str:
    values = {**({"releasedOn": f"@{day}"} if day else {}), **more}
    shown = ", ".join(f"{name}: {value}" for name, value in values.items())
    placement = f"(p{child}{sponsor}{where}:Placement {{{shown}}})"
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
    assert await asked(empty) == [("a", 2, 1, 0)]
    assert await asked(empty, minSponsors=3) == []


async def test_default_is_three(empty: Store) -> None:
    await put(empty, PLACES, PEOPLE, *(resides(who, "2020-01-01") for who in "st"))
    assert await ask(empty, "addressesSharedBySponsors") == []
    await empty.write(
        "MATCH (u:Sponsor {key: 'u'}) MATCH (a:Address {key: 'a'}) "
        "CREATE (u)-[:RESIDES_AT {since: date('2020-01-01')}]->(a)"
    )
    assert await ask(empty, "addressesSharedBySponsors") == [("a", 3, 0, 0)]


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
    assert await asked(empty, minSponsors=1) == [("a", 1, 2, 0)]


async def test_child_released_twice_counts_once(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        release("c", "s", "2024-01-01"),
        release("c", "t", "2024-05-01"),
    )
    assert await asked(empty) == [("a", 2, 1, 0)]


async def test_children_who_reside_there_are_no_sponsors_and_were_not_released_there(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        *(resides(who, "2020-01-01") for who in "stcd"),
    )
    assert await asked(empty) == [("a", 2, 0, 0)]
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
    assert await asked(empty) == ([("a", 2, 0, 0)] if counts else [])


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), ("2024-06-01", False), (None, False)])
async def test_release(empty: Store, day: str | None, counts: bool) -> None:
    await put(empty, PLACES, PEOPLE, resides("s", "2020-01-01"), release("c", "t", day))
    assert await asked(empty) == ([("a", 2, 1, 0)] if counts else [])
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
    assert await asked(empty) == [("a", 2, 0, 0)]


async def test_release_without_a_sponsor_on_record(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        *(resides(who, "2020-01-01") for who in "st"),
        "(c)-[:HAS_PLACEMENT]->(:Placement {releasedOn: @2024-05-01})-[:RELEASED_TO]->(a)",
    )
    assert await asked(empty) == [("a", 2, 1, 0)]


async def test_most_sponsors_first_ties_by_key(empty: Store) -> None:
    await put(
        empty,
        "(z:Address {key: 'z'})",
        PLACES,
        PEOPLE,
        *(resides(who, "2020-01-01", where=where) for where in "ba" for who in "st"),
        *(resides(who, "2020-01-01", where="z") for who in "stu"),
    )
    assert await asked(empty) == [("z", 3, 0, 0), ("a", 2, 0, 0), ("b", 2, 0, 0)]


T_SINCE = "2020-06-01"


@pytest.mark.parametrize(
    ("ended", "counts"),
    [
        (T_SINCE, True),
        ("2020-05-31", False),
        ("2019-12-31", True),
        (None, True),
    ],
)
async def test_a_placement_that_ended(empty: Store, ended: str | None, counts: bool) -> None:
    """The last day is a day there; an end before the release says nothing."""
    more = {"endedOn": f"@{ended}"} if ended else {}
    await put(empty, PLACES, PEOPLE, release("c", "s", "2020-01-01", **more), resides("t", T_SINCE))
    assert await asked(empty) == ([("a", 2, 1, 0)] if counts else [])


@pytest.mark.parametrize(
    ("again", "counts"), [(T_SINCE, True), ("2020-05-31", False), ("2020-01-01", True), (None, True)]
)
async def test_a_later_release_of_the_child_ends_the_placement(empty: Store, again: str | None, counts: bool) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        release("c", "s", "2020-01-01"),
        release("c", "u", again, where="b"),
        resides("t", T_SINCE),
    )
    assert await asked(empty) == ([("a", 2, 1, 0)] if counts else [])


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        ("2019-01-01", T_SINCE, True),
        ("2019-01-01", "2020-05-31", False),
        ("2019-01-01", "2019-12-31", True),
        (None, "2020-05-31", True),
        ("2020-06-30", "2020-05-31", True),
    ],
)
async def test_a_sponsor_who_left_is_there_no_longer(empty: Store, since: str | None, until: str, counts: bool) -> None:
    await put(empty, PLACES, PEOPLE, release("c", "s", "2020-01-01"), resides("s", since, until), resides("t", T_SINCE))
    assert await asked(empty) == ([("a", 2, 1, 0)] if counts else [])


async def test_somebody_elses_report_ends_no_time(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        release("c", "s", "2020-01-01"),
        resides("u", "2019-01-01", "2020-05-31"),
        resides("s", "2019-01-01", "2020-05-31", where="b"),
        resides("t", T_SINCE),
    )
    assert await asked(empty) == [("a", 2, 1, 0)]


async def test_the_most_at_one_time_count(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        release("c", "s", "2020-01-01", endedOn="@2020-12-31"),
        release("d", "t", "2020-06-01", endedOn="@2021-12-31"),
        resides("u", "2021-06-01"),
        "(x:Sponsor {key: 'x'})",
        resides("x", "2022-01-01"),
    )
    assert await asked(empty) == [("a", 2, 2, 0)]
    assert await asked(empty, minSponsors=3) == []
    assert (await asked(empty, asOf="2020-12-31"))[0][1] == 2


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ("deliverability: 'BLANK'", False),
        ("deliverability: 'UNDELIVERABLE'", False),
        ("deliverability: 'MISSING_UNIT'", False),
        ("deliverability: 'DELIVERABLE'", True),
        ("kind: 'SHELTER'", False),
        ("kind: 'HOTEL'", False),
        ("kind: 'MAILBOX'", False),
        ("kind: 'BUSINESS'", True),
        ("kind: 'HOME'", True),
    ],
)
async def test_addresses_that_join_nobody(empty: Store, values: str, counts: bool) -> None:
    place = f"(a:Address {{key: 'a', {values}}}), (e:Employer {{key: 'e'}})-[:LOCATED_AT]->(a)"
    await put(empty, place, PEOPLE, *(resides(who, "2020-01-01") for who in "st"))
    assert len(await asked(empty)) == counts
    assert len(await ask(empty, "employersAtSponsorAddresses")) == counts
    assert len(await ask(empty, "sponsorRings", minSponsors=2)) == counts
    assert len(await ask(empty, "shortestChainBetweenPeople", **{"from": "s", "to": "t"})) == 3 * counts
    assert len(await ask(empty, "peopleLinkedToPerson", person="s")) == counts


async def test_what_too_many_share_joins_nobody(empty: Store) -> None:
    place = "(a:Address {key: 'a'}), (e:Employer {key: 'e'})-[:LOCATED_AT]->(a)"
    await put(empty, place, PEOPLE, *(resides(who, "2020-01-01") for who in "stc"), release("d", "s", "2020-01-01"))
    for name in ("addressesSharedBySponsors", "employersAtSponsorAddresses", "sponsorRings"):
        assert len(await ask(empty, name, minSponsors=2, maxSharing=4)) == 1, name
        assert await ask(empty, name, minSponsors=2, maxSharing=3) == [], name
    assert len(await ask(empty, "peopleLinkedToPerson", person="t", maxSharing=4)) == 3
    assert await ask(empty, "peopleLinkedToPerson", person="t", maxSharing=3) == []
    chain = {"from": "s", "to": "t"}
    assert len(await ask(empty, "shortestChainBetweenPeople", maxSharing=4, **chain)) == 3
    assert await ask(empty, "shortestChainBetweenPeople", maxSharing=3, **chain) == []


async def test_children_released_there_to_unrelated_adults(empty: Store) -> None:
    await put(
        empty,
        PLACES,
        PEOPLE,
        "(x:Child {key: 'x'})",
        release("c", "s", "2024-01-01", relationship="'FAMILY_FRIEND'"),
        release("c", "t", "2024-03-01", relationship="'UNRELATED'"),
        release("d", "t", "2024-03-01", relationship="'COUSIN'"),
        release("x", "t", "2024-06-01", relationship="'UNRELATED'"),
    )
    assert await asked(empty, minSponsors=1) == [("a", 2, 2, 1)]
