from __future__ import annotations

from typing import Any

from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.queries.scenarios import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsWithMultipleChildren", **arguments)


def release(child: str, sponsor: str, day: str | None, relationship: str = "PARENT") -> str:
    released = f"releasedOn: @{day}, " if day else ""
    placement = f"(:Placement {{{released}relationship: '{relationship}'}})"
    return f"({child})-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor})"


PEOPLE = (
    "(a:Sponsor {key: 'a'}), (b:Sponsor {key: 'b'}), (c:Child {key: 'c'}), (d:Child {key: 'd'}), (e:Child {key: 'e'})"
)


async def counted(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the rows without the groups of siblings."""
    return [row[:3] for row in await asked(store, **arguments)]


async def test_sponsors_in_order(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        *(release(child, "b", "2024-05-01") for child in "cde"),
        *(release(child, "a", "2024-05-01") for child in "cd"),
    )
    assert await counted(empty) == [("b", 3, 0), ("a", 2, 0)]
    assert await counted(empty, minChildren=3) == [("b", 3, 0)]
    assert await counted(empty, minChildren=4) == []


async def test_one_child_is_few(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-05-01"))
    assert await counted(empty) == []
    assert await counted(empty, minChildren=1) == [("a", 1, 0)]


async def test_two_releases_of_one_child_are_one_child(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-01-01"), release("c", "a", "2024-05-01"))
    assert await counted(empty) == []
    assert await counted(empty, minChildren=1) == [("a", 1, 0)]


async def test_two_children_of_one_release(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-05-01"))
    await empty.write("MATCH (d:Child {key: 'd'}), (p:Placement) CREATE (d)-[:HAS_PLACEMENT]->(p)")
    assert await counted(empty) == [("a", 2, 0)]


async def test_unrelated_children(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", "2024-05-01", "UNRELATED"),
        release("d", "a", "2024-05-01", "FAMILY_FRIEND"),
        release("e", "a", "2024-05-01", "COUSIN"),
    )
    assert await counted(empty) == [("a", 3, 2)]


async def test_unrelated_child_released_twice_counts_once(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", "2024-01-01", "UNRELATED"),
        release("c", "a", "2024-05-01", "FAMILY_FRIEND"),
        release("d", "a", "2024-01-01", "COUSIN"),
        release("d", "a", "2024-05-01", "UNRELATED"),
        release("e", "a", "2024-06-01", "UNRELATED"),
    )
    assert await counted(empty) == [("a", 2, 2)]


async def test_releases_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", DAY),
        release("d", "a", "2024-06-01"),
        release("e", "a", None),
    )
    assert await counted(empty, minChildren=1) == [("a", 1, 0)]
    assert await counted(empty, asOf="2024-06-01") == [("a", 2, 0)]


async def test_ended_placement_counts(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-01-01"), release("d", "a", "2024-01-01"))
    await empty.write("MATCH (p:Placement) SET p.endedOn = date('2024-02-01')")
    assert await counted(empty) == [("a", 2, 0)]


async def test_default_day_is_today(empty: Store) -> None:
    await put(empty, PEOPLE, release("c", "a", "2024-01-01"), release("d", "a", "2024-01-01"))
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date()")
    assert await counted(empty, asOf=None) == [("a", 2, 0)]
    await empty.write("MATCH (p:Placement) SET p.releasedOn = date() + duration({days: 2})")
    assert await counted(empty, asOf=None) == []


async def test_least_number_of_unrelated_children(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        release("c", "a", "2024-05-01", "UNRELATED"),
        release("d", "a", "2024-05-01", "FAMILY_FRIEND"),
        release("d", "b", "2024-05-01", "UNRELATED"),
        release("e", "b", "2024-05-01", "AUNT_UNCLE"),
    )
    assert await counted(empty, minUnrelated=1) == [("a", 2, 2), ("b", 2, 1)]
    assert await counted(empty, minUnrelated=2) == [("a", 2, 2)]
    assert await counted(empty, minUnrelated=3) == []


async def test_groups_of_siblings(empty: Store) -> None:
    await put(empty, PEOPLE, *(release(child, "a", "2024-05-01") for child in "cde"))
    assert await asked(empty) == [("a", 3, 0, 3)]
    await empty.write("MATCH (c:Child {key: 'c'}), (d:Child {key: 'd'}) CREATE (d)-[:SIBLING_OF]->(c)")
    assert await asked(empty) == [("a", 3, 0, 2)]
    await empty.write("MATCH (d:Child {key: 'd'}), (e:Child {key: 'e'}) CREATE (d)-[:SIBLING_OF]->(e)")
    assert await asked(empty) == [("a", 3, 0, 1)]


async def test_siblings_are_one_group_through_a_sibling_elsewhere(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        "(f:Child {key: 'f'})",
        "(c)-[:SIBLING_OF]->(f)",
        "(f)-[:SIBLING_OF]->(d)",
        *(release(child, "a", "2024-05-01") for child in "cd"),
        release("e", "a", "2024-06-01"),
    )
    assert await asked(empty) == [("a", 2, 0, 1)]


async def test_many_siblings_with_doubled_links_are_one_group(empty: Store) -> None:
    """Every way through them would be too many to follow."""
    await empty.write(
        "CREATE (a:Sponsor {key: 'a'}) WITH a UNWIND range(1, 14) AS n "
        "CREATE (:Child {key: 'c' + n})-[:HAS_PLACEMENT]->(:Placement {releasedOn: date('2024-05-01')})"
        "-[:WITH_SPONSOR]->(a)"
    )
    await empty.write("MATCH (c:Child), (d:Child) WHERE c.key <> d.key CREATE (c)-[:SIBLING_OF]->(d)")
    assert await asked(empty) == [("a", 14, 0, 1)]
    answer = await Asker(empty)(f"""{{
        sponsorsWithMultipleChildren(asOf: "{DAY}", first: 5) {{ nodes {{ siblingGroups }} }}
        sponsorsWithReleasesCloseTogether(asOf: "{DAY}", first: 5) {{ nodes {{ siblingGroups }} }}
    }}""")
    assert [page["nodes"] for page in answer.values()] == [[{"siblingGroups": 1}]] * 2
