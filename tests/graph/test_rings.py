"""Rings: sponsors joined by what they share, on a day, and kept until the graph changes."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import cast

import pytest

from graph.errors import StoreTimeout
from graph.rings import SHARED, Ring, Rings, Shared, joined, together
from graph.store import Store

DAY = date(2024, 5, 31)
SPONSORS = "UNWIND range(1, 6) AS i CREATE (:Sponsor {key: 's' + i})"


def shared(label: str, key: str, *sponsors: str) -> Shared:
    return Shared(label, key, sponsors)


async def groups(rings: Rings, day: date = DAY, *, least: int = 3, degree: int = 20) -> list[tuple[str, ...]]:
    return [ring.sponsors for ring in await rings.of(day, min_sponsors=least, max_degree=degree)]


async def resides(store: Store, sponsor: str, address: str, since: str, until: str | None = None) -> None:
    await store.write(
        "MATCH (s:Sponsor {key: $sponsor}) MERGE (a:Address {key: $address}) "
        "CREATE (s)-[:RESIDES_AT {key: $key, since: date($since), until: date($until)}]->(a)",
        {"sponsor": sponsor, "address": address, "since": since, "until": until, "key": f"{sponsor}{address}{since}"},
    )


async def phones(store: Store, phone: str, *sponsors: str) -> None:
    await store.write(
        "MERGE (p:Phone {key: $phone}) WITH p UNWIND $sponsors AS key MATCH (s:Sponsor {key: key}) "
        "CREATE (s)-[:HAS_PHONE]->(p)",
        {"phone": phone, "sponsors": sponsors},
    )


async def releases(store: Store, child: str, sponsor: str, address: str, day: str) -> None:
    await store.write(
        "MATCH (s:Sponsor {key: $sponsor}) MERGE (a:Address {key: $address}) MERGE (c:Child {key: $child}) "
        "CREATE (c)-[:HAS_PLACEMENT]->(p:Placement {key: $child + $sponsor + $day, releasedOn: date($day)}), "
        "(p)-[:WITH_SPONSOR]->(s), (p)-[:RELEASED_TO]->(a)",
        {"child": child, "sponsor": sponsor, "address": address, "day": day},
    )


def test_what_is_shared_joins_through_others() -> None:
    found = joined(
        [
            shared("Phone", "p", "c", "b"),
            shared("Address", "a", "b", "a"),
            shared("Address", "z", "x", "y"),
        ],
        {"a": ["c2"], "c": ["c1", "c2"], "other": ["c9"]},
    )
    assert found == [
        Ring(sponsors=("a", "b", "c"), children=("c1", "c2"), addresses=("a",), phones=("p",)),
        Ring(sponsors=("x", "y"), children=(), addresses=("z",), phones=()),
    ]
    assert [ring.key for ring in found] == ["a", "x"]


def test_times_that_overlap_join_one_to_the_next() -> None:
    times = [
        ("c", "2020-07-01", ["2020-12-31", "2021-06-01"]),
        ("a", "2020-01-01", ["2020-06-30"]),
        ("b", "2020-06-30", ["2020-07-01"]),
        ("a", "2021-01-01", []),
        ("d", "2021-02-01", ["2021-02-01"]),
        ("e", "2020-12-31", ["2020-12-31"]),
    ]
    assert list(together(times)) == [("a", "b", "c", "e"), ("a", "d")]
    assert list(together(times[:1])) == []


def test_one_address_may_join_at_two_times() -> None:
    two = [shared("Address", "a", "s", "t"), shared("Address", "a", "u", "v")]
    assert [ring.addresses for ring in joined(two, {})] == [("a",), ("a",)]
    (ring,) = joined([*two, shared("Phone", "p", "t", "u")], {})
    assert (ring.addresses, len(ring.sponsors)) == (("a",), 4)


async def test_addresses_phones_and_releases_join(empty: Store) -> None:
    await empty.write(SPONSORS)
    await resides(empty, "s1", "a", "2020-01-01")
    await releases(empty, "c1", "s2", "a", "2024-05-31")
    await phones(empty, "p", "s2", "s3")
    await phones(empty, "q", "s4", "s5")
    (ring,) = await Rings(empty).of(DAY, min_sponsors=3, max_degree=20)
    assert ring == Ring(("s1", "s2", "s3"), ("c1",), ("a",), ("p",))
    assert await groups(Rings(empty), least=2) == [("s1", "s2", "s3"), ("s4", "s5")]


async def test_what_is_dated_after_the_day_or_ended_before_it_joins_nobody(empty: Store) -> None:
    await empty.write(SPONSORS)
    for sponsor, since, until in (
        ("s1", "2024-05-31", None),
        ("s2", "2020-01-01", "2024-05-31"),
        ("s3", "2024-06-01", None),
        ("s4", "2020-01-01", "2024-05-30"),
    ):
        await resides(empty, sponsor, "a", since, until)
    await releases(empty, "c1", "s5", "a", "2024-06-01")
    rings = Rings(empty)
    assert await groups(rings, least=2) == [("s1", "s2")]
    assert await groups(rings, date(2024, 6, 1), least=2) == [("s1", "s3", "s5")]
    (ring,) = await rings.of(date(2024, 6, 1), min_sponsors=2, max_degree=20)
    assert ring.children == ("c1",)


async def test_what_too_many_share_joins_nobody(empty: Store) -> None:
    await empty.write(SPONSORS)
    await phones(empty, "switchboard", "s1", "s2", "s3", "s4")
    await phones(empty, "p", "s1", "s2", "s5")
    rings = Rings(empty)
    assert await groups(rings, degree=3) == [("s1", "s2", "s5")]
    assert await groups(rings, degree=4) == [("s1", "s2", "s3", "s4", "s5")]


async def test_those_who_followed_one_another_are_not_joined(empty: Store) -> None:
    await empty.write(SPONSORS)
    await releases(empty, "c1", "s1", "a", "2020-01-01")
    await releases(empty, "c1", "s2", "b", "2021-01-01")
    await resides(empty, "s3", "a", "2021-01-02")
    await phones(empty, "p", "s4", "s5")
    await empty.write("MATCH (:Sponsor {key: 's4'})-[use:HAS_PHONE]->() SET use.until = date('2024-05-30')")
    assert await groups(Rings(empty), least=2) == []
    await empty.write("MATCH (:Sponsor {key: 's3'})-[stay:RESIDES_AT]->() SET stay.since = date('2021-01-01')")
    assert await groups(Rings(empty), date(2024, 5, 30), least=2) == [("s1", "s3"), ("s4", "s5")]


@pytest.mark.parametrize("values", [{"kind": "HOTEL"}, {"deliverability": "MISSING_UNIT"}])
async def test_an_address_that_is_no_home_joins_nobody(empty: Store, values: dict[str, str]) -> None:
    await empty.write(SPONSORS)
    for sponsor in ("s1", "s2"):
        await resides(empty, sponsor, "a", "2020-01-01")
    assert await groups(Rings(empty), least=2) == [("s1", "s2")]
    await empty.write("MATCH (a:Address) SET a += $values", {"values": values})
    assert await groups(Rings(empty), least=2) == []


async def test_an_address_of_one_sponsor_reported_twice_joins_nobody(empty: Store) -> None:
    await empty.write(SPONSORS)
    await resides(empty, "s1", "a", "2020-01-01")
    await resides(empty, "s1", "a", "2021-01-01")
    await releases(empty, "c1", "s1", "a", "2022-01-01")
    assert await groups(Rings(empty), least=1) == []


async def test_rings_are_kept_until_something_is_written(empty: Store) -> None:
    await empty.write(SPONSORS)
    await phones(empty, "p", "s1", "s2", "s3")
    rings = Rings(empty)
    found = await rings.of(DAY, min_sponsors=3, max_degree=20)
    assert (await rings.of(DAY, min_sponsors=3, max_degree=20))[0] is found[0]
    version = await empty.version()
    assert await empty.version() == version
    await phones(empty, "q", "s3", "s4")
    assert await empty.version() != version
    assert await groups(rings) == [("s1", "s2", "s3", "s4")]


class Slow:
    """A store whose reads for one day end only when they are let go; counts the reads that were begun."""

    def __init__(self) -> None:
        self.go, self.began = asyncio.Event(), asyncio.Event()
        self.begun = 0

    async def version(self, *, bookmarks: object = ()) -> str:
        return "now"

    async def read_value(self, statement: str, parameters: dict[str, object], **_: object) -> list[object]:
        if statement != SHARED:
            return []
        self.begun += 1
        self.began.set()
        if parameters["asOf"] == DAY:
            await self.go.wait()
        return [["Phone", "p", [["a", "", []], ["b", "", []], ["c", "", []]]]]


async def test_a_slow_search_holds_up_no_other_day() -> None:
    slow = Slow()
    rings = Rings(cast(Store, slow), deadline=600)
    waiting = asyncio.create_task(groups(rings))
    assert await groups(rings, date(2020, 1, 1)) == [("a", "b", "c")]
    assert not waiting.done()
    slow.go.set()
    assert await waiting == [("a", "b", "c")]


async def test_those_who_ask_for_the_same_wait_for_one_search() -> None:
    slow = Slow()
    rings = Rings(cast(Store, slow), deadline=600)
    waiting = [asyncio.create_task(groups(rings, least=least)) for least in (2, 3, 4)]
    await slow.began.wait()
    waiting[0].cancel()
    slow.go.set()
    assert await asyncio.gather(*waiting[1:]) == [[("a", "b", "c")], []]
    assert slow.begun == 1


async def test_a_search_that_takes_longer_than_the_deadline_is_given_up_and_begun_anew_when_asked_again() -> None:
    slow = Slow()
    rings = Rings(cast(Store, slow), deadline=2)
    with pytest.raises(StoreTimeout):
        await groups(rings)
    slow.go.set()
    assert await groups(rings) == [("a", "b", "c")]
    assert slow.begun == 2
