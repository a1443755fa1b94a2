"""Whom an address or a number joins, on small graphs: chains, the people around a person, and rings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

JOINED_BY = {"from": "s", "to": "t"}
SPONSORS = "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'}), (a:Address {key: 'a'}), (p:Phone {key: 'p'})"


async def joined(store: Store) -> bool:
    """Tell whether a chain leads from one sponsor to the other, and the two are near one another."""
    chain = await ask(store, "shortestChainBetweenPeople", **JOINED_BY)
    near = await ask(store, "peopleLinkedToPerson", person="s")
    assert len(chain) in (0, 3)
    assert [row[0] for row in near] == ["t"] * (len(chain) == 3)
    return bool(chain)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("since: @2020-01-01, until: @2020-12-31", "since: @2020-12-31", True),
        ("since: @2020-01-01, until: @2020-12-31", "since: @2021-01-01", False),
        ("since: @2021-01-01", "since: @2020-01-01, until: @2020-12-31", False),
        ("since: @2020-01-01", "since: @2024-05-31", True),
        ("since: @2020-01-01", "since: @2024-06-01", False),
        ("since: @2020-01-01", "until: @2024-06-01", False),
        ("since: @2020-01-01, until: @2019-12-31", "since: @2019-01-01", False),
        ("since: @2020-01-01", "since: @2020-06-01, until: @2020-07-01", True),
    ],
)
async def test_an_address_joins_those_who_are_there_at_one_time(
    empty: Store, one: str, other: str, wanted: bool
) -> None:
    await put(empty, SPONSORS, f"(s)-[:RESIDES_AT {{{one}}}]->(a)", f"(t)-[:RESIDES_AT {{{other}}}]->(a)")
    assert await joined(empty) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("", "", True),
        ("until: @2020-12-31", "since: @2020-12-31", True),
        ("until: @2020-12-31", "since: @2021-01-01", False),
        ("until: @2020-12-31", "", True),
        ("since: @2024-06-01", "", False),
    ],
)
async def test_a_number_joins_those_who_have_it_at_one_time(empty: Store, one: str, other: str, wanted: bool) -> None:
    await put(empty, SPONSORS, f"(s)-[:HAS_PHONE {{{one}}}]->(p)", f"(t)-[:HAS_PHONE {{{other}}}]->(p)")
    assert await joined(empty) == wanted


@pytest.mark.parametrize(
    ("end", "since", "wanted"),
    [
        ("", "2024-01-01", True),
        ("SET p.endedOn = date('2023-12-31')", "2023-12-31", True),
        ("SET p.endedOn = date('2023-12-31')", "2024-01-01", False),
        ("SET p.endedOn = date('2022-12-31')", "2024-01-01", True),
        ("CREATE (c)-[:HAS_PLACEMENT]->(:Placement {key: 'q', releasedOn: date('2023-06-01')})", "2023-06-02", False),
        ("CREATE (c)-[:HAS_PLACEMENT]->(:Placement {key: 'q', releasedOn: date('2023-06-01')})", "2023-06-01", True),
        ("CREATE (s)-[:RESIDES_AT {since: date('2020-01-01'), until: date('2023-06-01')}]->(a)", "2023-06-02", False),
        ("CREATE (s)-[:RESIDES_AT {until: date('2023-06-01')}]->(a)", "2023-06-02", True),
    ],
)
async def test_a_release_joins_while_the_placement_lasts(empty: Store, end: str, since: str, wanted: bool) -> None:
    await put(
        empty,
        SPONSORS,
        "(c:Child {key: 'c'})-[:HAS_PLACEMENT]->(m:Placement {key: 'm', releasedOn: @2023-01-01})-[:WITH_SPONSOR]->(s)",
        "(m)-[:RELEASED_TO]->(a)",
        f"(t)-[:RESIDES_AT {{since: @{since}}}]->(a)",
    )
    await empty.write(f"MATCH (c)-[:HAS_PLACEMENT]->(p)-[:WITH_SPONSOR]->(s) MATCH (a:Address) {end or 'RETURN p'}")
    chain = await ask(empty, "shortestChainBetweenPeople", **JOINED_BY)
    assert [row[1] for row in chain[1:]] == (["WITH_SPONSOR", "RELEASED_TO", "RESIDES_AT"] if wanted else [])


async def test_a_chain_goes_twice_to_an_address_through_somebody_who_was_there_with_both(empty: Store) -> None:
    await put(
        empty,
        SPONSORS,
        "(u:Sponsor {key: 'u'})-[:RESIDES_AT {since: @2020-01-01}]->(a)",
        "(s)-[:RESIDES_AT {since: @2020-01-01, until: @2020-12-31}]->(a)",
        "(t)-[:RESIDES_AT {since: @2021-01-01}]->(a)",
    )
    chain = await ask(empty, "shortestChainBetweenPeople", **JOINED_BY)
    assert [row[3] or row[5] for row in chain] == ["s", "a", "u", "a", "t"]


async def test_doubled_links_crowd_out_no_chain(empty: Store) -> None:
    """There are more than a thousand ways over the doubled links of the chain whose keys come last."""
    await empty.write(
        "UNWIND $keys AS key CREATE (:Child {key: key})", {"keys": [f"{n}{i}" for n in "az" for i in range(7)]}
    )
    for name, copies in (("z", 4), ("a", 1)):
        keys = ["z0", *(f"{name}{i}" for i in range(1, 6)), "z6"]
        await empty.write(
            "UNWIND $pairs AS pair MATCH (one:Child {key: pair[0]}) MATCH (other:Child {key: pair[1]}) "
            "UNWIND range(1, $copies) AS copy CREATE (one)-[:SIBLING_OF]->(other)",
            {"pairs": [list(pair) for pair in pairwise(keys)], "copies": copies},
        )
    chain = await ask(empty, "shortestChainBetweenPeople", **{"from": "z0", "to": "z6"})
    assert [row[2] for row in chain] == ["z0", "a1", "a2", "a3", "a4", "a5", "z6"]


async def test_what_a_chain_passes_through_has_few_links(empty: Store) -> None:
    await put(
        empty,
        "(c:Child {key: 'c'})-[:SIBLING_OF]->(d:Child {key: 'd'})-[:SIBLING_OF]->(:Child {key: 'e'})",
        "(d)-[:SIBLING_OF]->(:Child {key: 'f'})",
    )
    for most, steps, people in ((3, 3, 3), (2, 0, 1)):
        chain = await ask(empty, "shortestChainBetweenPeople", **{"from": "c", "to": "e", "maxDegree": most})
        assert len(chain) == steps
        assert len(await ask(empty, "peopleLinkedToPerson", person="c", maxDegree=most)) == people


@pytest.mark.parametrize(("since", "size"), [("2020-06-30", 3), ("2020-07-01", 2)])
async def test_a_ring_holds_those_who_met(empty: Store, since: str, size: int) -> None:
    """The first and the last of three were never there at one time; the second may have met both."""
    releases = [
        f"(:Child {{key: '{key}'}})-[:HAS_PLACEMENT]->({key}:Placement {{key: '{key}', {days}}})"
        f"-[:WITH_SPONSOR]->({sponsor}), ({key})-[:RELEASED_TO]->(a)"
        for key, sponsor, days in (
            ("m", "s", "releasedOn: @2020-01-01, endedOn: @2020-06-30"),
            ("n", "u", f"releasedOn: @{since}, endedOn: @2020-12-31"),
            ("o", "t", "releasedOn: @2020-12-31"),
        )
    ]
    await put(empty, SPONSORS, "(u:Sponsor {key: 'u'})", *releases)
    [ring] = await ask(empty, "sponsorRings", minSponsors=2)
    assert ring == (("s", "s") if size == 3 else ("t", "t")) + (size, size, 1, 0)


async def test_two_times_at_an_address_are_two_rings_and_one_address(empty: Store) -> None:
    """Sponsors of two years share the address, and one number joins a sponsor of the first to one of the second."""
    releases = [
        f"(:Child {{key: '{key}'}})-[:HAS_PLACEMENT]->({key}:Placement {{key: '{key}', releasedOn: @{year}-01-01, "
        f"endedOn: @{year}-12-31}})-[:WITH_SPONSOR]->({key}s:Sponsor {{key: '{key}'}}), ({key})-[:RELEASED_TO]->(a)"
        for key, year in (("m", 2020), ("n", 2020), ("o", 2022), ("q", 2022))
    ]
    await put(empty, "(a:Address {key: 'a'}), (p:Phone {key: 'p'})", *releases)
    assert await ask(empty, "sponsorRings", minSponsors=2) == [("m", "m", 2, 2, 1, 0), ("o", "o", 2, 2, 1, 0)]
    await empty.write(
        "MATCH (p:Phone) UNWIND ['n', 'o'] AS key MATCH (s:Sponsor {key: key}) CREATE (s)-[:HAS_PHONE]->(p)"
    )
    assert await ask(empty, "sponsorRings", minSponsors=2) == [("m", "m", 4, 4, 1, 1)]
