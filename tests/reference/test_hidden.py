from __future__ import annotations

from random import Random

import pytest

from api.access.policy import EVERYTHING, Access
from tests.clerk import CLERK, COLLEAGUE
from tests.reference.generate import random_graph
from tests.reference.hidden import disguised, seen, seen_names, settled
from tests.reference.small import SmallGraph

SOME_ROWS = Access(EVERYTHING.sensitivities, rows=CLERK.access.rows)


def dump(graph: SmallGraph) -> list[str]:
    things = [f"{one.label} {one.key} {sorted(one.values.items())}" for one in graph.things]
    ties = [f"{one.start.id} {one.type} {one.end.id} {one.key} {sorted(one.values.items())}" for one in graph.ties]
    return sorted([*things, *ties])


def graph_of(seed: int) -> SmallGraph:
    return settled(Random(seed), random_graph(Random(seed), size=6))


@pytest.mark.parametrize("access", [CLERK.access, SOME_ROWS, COLLEAGUE.access])
@pytest.mark.parametrize("seed", range(8))
def test_graphs_differ_only_in_what_is_hidden(seed: int, access: Access) -> None:
    graph = graph_of(seed)
    other = disguised(Random(seed), graph, access)
    assert dump(seen(graph, access)) == dump(seen(other, access))
    assert len({*dump(graph)} ^ {*dump(other)}) > 50


def test_some_children_are_seen_and_some_are_hidden() -> None:
    graphs = [graph_of(seed) for seed in range(8)]
    children = sum(len(graph.labelled("Child")) for graph in graphs)
    names = [name for graph in graphs for name in seen_names(graph, CLERK.access)]
    assert 0 < sum(label == "Child" for label, _ in names) < children
    assert not [label for label, _ in names if label in ("Finding", "FindingChange")]


def test_values_that_may_not_be_read_are_not_seen() -> None:
    values = {name for thing in seen(graph_of(1), CLERK.access).things for name in thing.values}
    assert not values & {"lastName", "street", "aNumber", "childCount"}
    assert "sex" in values
    assert dump(seen(graph_of(1), EVERYTHING)) == dump(graph_of(1))
