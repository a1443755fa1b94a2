from __future__ import annotations

import json
from random import Random

from graphql import GraphQLSchema

from tests.reference.answer import reference_answer
from tests.reference.documents import random_document
from tests.reference.generate import random_graph

FEATURES = (
    "query Asked(",
    "fragment F",
    "...F",
    "... on ",
    "@skip(if: $",
    "@include(if: true)",
    "__typename",
    "nodes(ids:",
    "node(id:",
    "filter: $",
    "orderBy: $",
    "orderBy: {",
    "orderBy: []",
    "first: $",
    "last: $",
    "ids: $",
    "some:",
    "none:",
    "every:",
    "count:",
    "contains: $",
    "startsWith:",
    "isNull:",
    "in: []",
    "or: []",
    "DESC",
    "_COUNT",
    "asOf:",
    "totalCount",
    "cursor",
    "edges",
    "pageInfo",
    "null",
)


def test_same_seed_same_document(schema: GraphQLSchema) -> None:
    graph = random_graph(Random(1))
    assert random_document(Random(5), schema, graph) == random_document(Random(5), schema, graph)


def test_documents_are_valid_bounded_and_answered(schema: GraphQLSchema) -> None:
    found, unanswered = set(), 0
    for seed in range(90):
        random = Random(seed)
        graph = random_graph(random)
        text, variables = random_document(random, schema, graph)
        answer = reference_answer(graph, schema, text, variables)
        assert list(answer) == ["data"], f"{answer['errors']}\n{text}\n{variables}"
        assert len(text) < 12_000
        assert json.loads(json.dumps(variables)) == variables
        found |= {feature for feature in FEATURES if feature in text}
        unanswered += not any(answer["data"].values())
    assert found == set(FEATURES)
    assert unanswered < 24
