from __future__ import annotations

from collections import Counter
from random import Random

from graph.store import Store
from graph.writing.derived import check_derived
from tests.reference.generate import random_graph
from tests.reference.small import SmallGraph
from tests.reference.write import write_graph


async def test_stored_graph_is_the_small_one(empty: Store) -> None:
    graph = random_graph(Random(4))
    await write_graph(empty, graph)
    nodes = await empty.read("MATCH (n:!ChangeLog&!Change) RETURN labels(n)[0], n.key")
    ties = await empty.read("MATCH (a)-[r]->(b) RETURN type(r), a.key, b.key, coalesce(r.key, ''), size(keys(r))")
    assert {(label, key) for label, key in nodes} == {(thing.label, thing.key) for thing in graph.things}
    wanted = Counter((t.type, t.start.key, t.end.key, t.key, len(t.values) + bool(t.key)) for t in graph.ties)
    assert Counter(map(tuple, ties)) == wanted
    assert [one.property for one in await check_derived(empty)] == ["reportDays"]


async def test_values_and_twins_are_stored(empty: Store) -> None:
    graph = SmallGraph()
    graph.add("Child", "c", lastName="Núñez", sex="FEMALE")
    await write_graph(empty, graph)
    assert await empty.read("MATCH (n:Child) RETURN n.lastName, n.lastNameFolded, n.sex") == [
        ["Núñez", "nunez\tNúñez", "FEMALE"]
    ]
