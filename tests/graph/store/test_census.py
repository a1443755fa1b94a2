from __future__ import annotations

from graph.model import MODEL
from graph.store import Store
from graph.store.census import take_census


async def test_every_kind_is_counted(empty: Store) -> None:
    await empty.write(
        "CREATE (a:Child {key: 'a'})-[:SIBLING_OF]->(b:Child {key: 'b'}), (a)-[:KNOWS]->(b), "
        "(:Sponsor {key: 's'}), (:Other)"
    )

    census = await take_census(empty)

    assert list(census.nodes) == list(MODEL.labels)
    assert {label: count for label, count in census.nodes.items() if count} == {"Child": 2, "Sponsor": 1}
    assert {kind: count for kind, count in census.relationships.items() if count} == {"SIBLING_OF": 1}
    assert (census.other_nodes, census.other_relationships) == (1, 1)
    assert (census.all_nodes, census.all_relationships) == (4, 2)
