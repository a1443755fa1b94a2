from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from graphql import GraphQLSchema, parse, print_ast, validate

from tests.reference.documents import random_document
from tests.reference.generate import random_graph
from tests.reference.shrink import shrink


async def test_only_what_fails_is_left(schema: GraphQLSchema) -> None:
    text = """query ($first: Int, $other: String!, $in: [String!]) {
      a: children(first: $first, filter: {lastName: {in: $in, eq: $other}, key: {eq: "x"}}) { ...Page totalCount }
      sponsors { nodes { key } } }
    fragment Page on ChildConnection { nodes { lastName @skip(if: false) ...Name } }
    fragment Name on Child { firstName key }"""

    async def fails(document: str, variables: Mapping[str, Any]) -> bool:
        return "firstName" in document and "in: $in" in document

    got, variables = await shrink(schema, text, {"first": 1, "other": "x", "in": ["y"]}, fails)
    wanted = """query ($in: [String!]) { a: children(filter: {lastName: {in: $in}}) { ...Page } }
    fragment Page on ChildConnection { nodes { ...Name } }
    fragment Name on Child { firstName }"""
    assert got == print_ast(parse(wanted))
    assert variables == {"in": ["y"]}


async def test_random_documents_stay_valid(schema: GraphQLSchema) -> None:
    tried: list[str] = []

    async def fails(document: str, variables: Mapping[str, Any]) -> bool:
        tried.append(document)
        return "totalCount" in document

    for seed in range(3):
        text, variables = random_document(Random(seed), schema, random_graph(Random(seed)), fields=20, roots=1)
        if "totalCount" in text:
            small, _ = await shrink(schema, text, variables, fails)
            assert "totalCount" in small
            assert len(small) < 400
    assert tried
    assert not any(validate(schema, parse(document)) for document in tried)
