"""Rings through the API: rows, pages, members with any selection, and what was planted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from seed.seeding import seed_store
from tests.api.compiler.asking import Asker

RINGS = """
query ($least: Int = 3, $degree: Int = 40, $day: Date, $first: Int = 100, $after: String) {
  rings(minSponsors: $least, maxDegree: $degree, asOf: $day, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      key sponsorCount childCount addressCount phoneCount
      sponsors { key } addresses { key } phones { key } children(first: 2) { key lastName }
    }
  }
}
"""


async def rings(ask: Asker, **variables: Any) -> Any:
    return (await ask.ask(RINGS, variables))["rings"]


async def test_a_ring_shows_its_members_and_counts(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (p:Phone {key: 'p'}), (q:Phone {key: 'q'}) "
        "WITH p, q UNWIND range(1, 3) AS i "
        "CREATE (s:Sponsor {key: 's' + i})-[:HAS_PHONE]->(p), (t:Sponsor {key: 't' + i})-[:HAS_PHONE]->(q), "
        "(c:Child {key: 'c' + i, lastName: 'L' + i})-[:HAS_PLACEMENT]->"
        "(:Placement {key: 'm' + i, releasedOn: date('2020-01-01')})-[:WITH_SPONSOR]->(t)"
    )
    first = await rings(ask, first=1)
    assert first["totalCount"] == 2
    assert first["nodes"] == [
        {
            "key": "t1",
            "sponsorCount": 3,
            "childCount": 3,
            "addressCount": 0,
            "phoneCount": 1,
            "sponsors": [{"key": "t1"}, {"key": "t2"}, {"key": "t3"}],
            "addresses": [],
            "phones": [{"key": "q"}],
            "children": [{"key": "c1", "lastName": "L1"}, {"key": "c2", "lastName": "L2"}],
        }
    ]
    second = await rings(ask, first=1, after=first["pageInfo"]["endCursor"])
    assert [ring["key"] for ring in second["nodes"]] == ["s1"]
    assert second["pageInfo"]["hasNextPage"] is False
    two = await ask("{ a: rings(minSponsors: 2) { totalCount } b: rings(minSponsors: 4) { totalCount } }")
    assert two == {"a": {"totalCount": 2}, "b": {"totalCount": 0}}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"least": 1}, "minSponsors is 1; give a number from 2 to 1000"),
        ({"degree": 1001}, "maxDegree is 1001"),
        ({"least": None}, "minSponsors is null"),
    ],
)
async def test_what_is_out_of_bounds_is_refused(ask: Asker, more: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        await rings(ask, **more)


async def test_rings_are_those_that_were_planted(empty: Store, ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "truth.json"
    await seed_store(empty, preset="demo", seed=7, truth_file=file)
    truth = json.loads(file.read_text())
    planted = {
        kind: [set(row[1]) for row in truth["planted"][kind]["rows"]] for kind in ("rings", "spouses", "shelters")
    }
    found: list[set[str]] = []
    after = None
    while True:
        page = await rings(ask, day=truth["referenceDate"], after=after)
        found += [{sponsor["key"] for sponsor in ring["sponsors"]} for ring in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(found) == page["totalCount"]
    wanted = [group for group in planted["rings"] if len(group) > 2]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))
    assert wanted
    everyone = set().union(*found)
    assert all(not group & everyone for group in planted["spouses"])
    assert planted["shelters"]
