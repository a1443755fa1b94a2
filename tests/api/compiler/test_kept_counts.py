"""A question that has kept counts reads them only where they hold; each test makes one wrong to see which was read."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from graph.writing.derived import refresh_all
from graph.writing.derived_marks import read_held
from tests.api.compiler.asking import Asker

RELEASES = """
CREATE (s1:Sponsor {key: 's1'}), (s2:Sponsor {key: 's2'}), (s3:Sponsor {key: 's3'})
WITH *
UNWIND [['s1', 'c1', 'PARENT'], ['s1', 'c2', 'UNRELATED'], ['s1', 'c2', 'FAMILY_FRIEND'], ['s1', 'c3', 'SIBLING'],
        ['s2', 'c4', 'UNRELATED'], ['s2', 'c5', 'UNRELATED'], ['s3', 'c6', 'PARENT']] AS release
MATCH (s:Sponsor {key: release[0]})
MERGE (c:Child {key: release[1]})
CREATE (c)-[:HAS_PLACEMENT]->(:Placement {key: randomUUID(), relationship: release[2], releasedOn: date('2024-05-01')})
  -[:WITH_SPONSOR]->(s)
"""
RELEASED = ("HAS_PLACEMENT", "WITH_SPONSOR")
LIVE = [("s1", 3, 1), ("s2", 2, 2)]
WRONG = "MATCH (s:Sponsor {key: 's2'}) SET s.childCount = 9, s.unrelatedChildCount = 8"
READ = [("s2", 9, 8), ("s1", 3, 1)]
ROWS = """query ($asOf: Date, $after: String, $first: Int) {
  sponsorsWithMultipleChildren(asOf: $asOf, after: $after, first: $first) {
    nodes { childCount unrelatedCount sponsor { key } } pageInfo { endCursor hasNextPage } } }"""


@pytest.fixture
async def released(empty: Store) -> Store:
    """A small graph whose counts are kept, and hold."""
    await empty.write(RELEASES)
    await refresh_all(empty)
    return empty


async def rows(store: Store, **variables: object) -> list[tuple[Any, ...]]:
    """Ask the question with and without its total, check that both agree, and return its rows."""
    ask = Asker(store)
    document = ROWS.replace("nodes {", "totalCount nodes {", 1)
    with_total = (await ask(document, **variables))["sponsorsWithMultipleChildren"]
    alone = await ask("query ($asOf: Date) { sponsorsWithMultipleChildren(asOf: $asOf) { totalCount } }", **variables)
    plain = (await ask(ROWS, **variables))["sponsorsWithMultipleChildren"]["nodes"]
    assert with_total["nodes"] == plain
    assert with_total["totalCount"] == len(plain) == alone["sponsorsWithMultipleChildren"]["totalCount"]
    return [(row["sponsor"]["key"], row["childCount"], row["unrelatedCount"]) for row in plain]


async def test_kept_counts_are_what_counting_gives(released: Store) -> None:
    assert {*RELEASED} <= {*await read_held(released.write)}
    assert await rows(released) == LIVE
    await released.write("MATCH (mark:KeptCounts) DELETE mark")
    assert await rows(released) == LIVE


async def test_kept_counts_are_read_while_they_hold(released: Store) -> None:
    await released.write(WRONG)
    assert await rows(released) == READ
    assert await rows(released, asOf="2024-05-01") == READ


async def test_an_earlier_day_is_counted(released: Store) -> None:
    await released.write(WRONG)
    assert await rows(released, asOf="2024-04-30") == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("MATCH (s:Sponsor {key: 's3'}) CREATE (:Child {key: 'c7'})-[:HAS_PLACEMENT]->(:Placement {key: 'p7', "
         "releasedOn: date('2024-05-02'), relationship: 'COUSIN'})-[:WITH_SPONSOR]->(s)",
         [*LIVE, ("s3", 2, 0)]),
        ("MATCH (p:Placement)-[:WITH_SPONSOR]->(:Sponsor {key: 's2'}) WITH p LIMIT 1 DETACH DELETE p", LIVE[:1]),
        ("MATCH (:Child {key: 'c3'})-[r:HAS_PLACEMENT]->() DELETE r", [("s1", 2, 1), ("s2", 2, 2)]),
    ],
)  # fmt: skip
async def test_links_that_others_write_are_counted(released: Store, change: str, found: list[Any]) -> None:
    await released.write(WRONG)
    await released.write(change)
    assert not {*RELEASED} <= {*await read_held(released.write)}
    assert await rows(released) == found
    await refresh_all(released)
    assert {*RELEASED} <= {*await read_held(released.write)}
    assert await rows(released) == found


async def test_a_release_of_unknown_day_does_not_count(released: Store) -> None:
    await released.write("MATCH (p:Placement {relationship: 'SIBLING'}) REMOVE p.releasedOn")
    await refresh_all(released)
    assert await rows(released) == [("s1", 2, 1), ("s2", 2, 2)]


async def test_a_later_release_does_not_count_yet(released: Store) -> None:
    await released.write(
        "MATCH (p:Placement {relationship: 'SIBLING'}) SET p.releasedOn = date() + duration({days: 2})"
    )
    await refresh_all(released)
    assert await rows(released) == [("s1", 2, 1), ("s2", 2, 2)]


async def test_pages_follow_each_other(released: Store) -> None:
    await released.write(WRONG)
    ask, after, found = Asker(released), None, []
    while True:
        page = (await ask(ROWS, first=1, after=after))["sponsorsWithMultipleChildren"]
        found += [row["sponsor"]["key"] for row in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == [key for key, *_ in READ]
