from __future__ import annotations

from random import Random
from typing import Any

from graphql import GraphQLSchema

from tests.reference.answer import reference_answer
from tests.reference.generate import random_graph
from tests.reference.walks import random_walk


def test_walks_give_each_row_once(schema: GraphQLSchema) -> None:
    pages, ways = 0, set()
    for seed in range(80):
        random = Random(seed)
        graph = random_graph(random, size=9)
        walk = random_walk(random, schema, graph)
        ways.add((walk.forward, len(walk.path)))
        variables: dict[str, Any] | None = dict(walk.variables)
        cursors: list[str] = []
        total = 0
        while variables is not None:
            response = reference_answer(graph, schema, walk.text, variables)
            connection = walk.connection(response)
            variables = walk.next(response)
            if connection is None:
                continue
            pages += 1
            page = [edge["cursor"] for edge in connection["edges"]]
            cursors = [*cursors, *page] if walk.forward else [*page, *cursors]
            total = connection["totalCount"]
        assert len(cursors) == len(set(cursors)) == total
    assert pages > 150
    assert ways == {(forward, depth) for forward in (True, False) for depth in (1, 2)}
