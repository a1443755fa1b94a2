import pytest

from graph.counts import CountDifference, check_counts, refresh_counts
from graph.store import Store

SMALL = """
CREATE (s1:Sponsor {key: 's1'}), (s2:Sponsor {key: 's2'}), (s3:Sponsor {key: 's3'}),
       (a1:Address {key: 'a1'}), (a2:Address {key: 'a2'}),
       (c1:Child {key: 'c1'})-[:HAS_PLACEMENT]->(p1:Placement {key: 'p1', relationship: 'PARENT'}),
       (c1)-[:HAS_PLACEMENT]->(p2:Placement {key: 'p2', relationship: 'FAMILY_FRIEND'}),
       (c2:Child {key: 'c2'})-[:HAS_PLACEMENT]->(p3:Placement {key: 'p3', relationship: 'UNRELATED'}),
       (c3:Child {key: 'c3'})-[:HAS_PLACEMENT]->(p4:Placement {key: 'p4'}),
       (p1)-[:WITH_SPONSOR]->(s1), (p2)-[:WITH_SPONSOR]->(s1), (p3)-[:WITH_SPONSOR]->(s1), (p4)-[:WITH_SPONSOR]->(s2),
       (p1)-[:RELEASED_TO]->(a1), (p2)-[:RELEASED_TO]->(a1), (p4)-[:RELEASED_TO]->(a1),
       (s1)-[:RESIDES_AT {key: 'r1'}]->(a1), (s3)-[:RESIDES_AT {key: 'r2'}]->(a1),
       (s3)-[:RESIDES_AT {key: 'r3'}]->(a1), (c2)-[:RESIDES_AT {key: 'r4'}]->(a2)
"""
COUNTS = """
MATCH (s:Sponsor) RETURN s.key AS key, s.childCount AS one, s.unrelatedChildCount AS two
UNION ALL MATCH (a:Address) RETURN a.key AS key, a.sponsorCount AS one, a.childCount AS two
"""
WANTED = [["a1", 3, 2], ["a2", 0, 0], ["s1", 2, 2], ["s2", 1, 0], ["s3", 0, 0]]


@pytest.mark.parametrize("batch_size", [1, 2, 100])
async def test_refresh_counts_distinct_children_and_sponsors(empty: Store, batch_size: int) -> None:
    await empty.write(SMALL)
    assert await refresh_counts(empty, batch_size=batch_size) == 5
    assert sorted(await empty.read(COUNTS)) == WANTED
    assert await refresh_counts(empty, batch_size=batch_size) == 0


async def test_refresh_of_given_keys_leaves_the_others(empty: Store) -> None:
    await empty.write(SMALL)
    assert await refresh_counts(empty, sponsors=["s1", "s1", "nobody"], addresses=["a2"]) == 2
    got = {key: [one, two] for key, one, two in await empty.read(COUNTS)}
    assert got == {"s1": [2, 2], "s2": [None, None], "s3": [None, None], "a1": [None, None], "a2": [0, 0]}
    assert await refresh_counts(empty, sponsors=[]) == 0


async def test_check_reports_what_differs(empty: Store) -> None:
    await empty.write(SMALL)
    await refresh_counts(empty)
    assert await check_counts(empty) == []
    await empty.write("MATCH (s:Sponsor) WHERE s.key <> 's2' SET s.childCount = 9")
    await empty.write("MATCH (a:Address {key: 'a1'}) REMOVE a.sponsorCount")
    assert await check_counts(empty, batch_size=1, examples=1) == [
        CountDifference("Sponsor", "childCount", 2, ("s1",)),
        CountDifference("Address", "sponsorCount", 1, ("a1",)),
    ]
