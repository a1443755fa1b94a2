"""What the compiler answers, held against an in-memory reference: cases by hand, random documents, walks over pages."""

from __future__ import annotations

import json
from random import Random

import pytest
from graphql import GraphQLSchema

from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import CASES, library
from tests.api.compiler.walking import read_pages
from tests.reference import (
    SmallGraph,
    difference,
    random_document,
    random_graph,
    random_walk,
    reference_answer,
    reference_schema,
    write_graph,
)

GRAPHS = (1,)
DOCUMENTS = 40
WALKS = 20
NAMED = {
    *("search", "connection", "shortest", "neighborhood", "rings", "timeline", "lookup", "statistics", "oversight"),
    *("history", "changes"),
}
"""Cases that begin so have no reference here: a search's rows are ordered by the database's own index, the others are
held against what their own tests expect."""


@pytest.fixture(scope="module")
def reference() -> GraphQLSchema:
    return reference_schema(list(library()))


@pytest.fixture(params=GRAPHS, scope="module")
async def graph(request: pytest.FixtureRequest, store: Store) -> SmallGraph:
    made = random_graph(Random(request.param))
    await store.write("MATCH (n) DETACH DELETE n")
    await write_graph(store, made)
    return made


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in CASES.glob("*.graphql") if path.stem.split("_")[0] not in NAMED)
)
async def test_a_case_is_answered_like_the_reference(
    graph: SmallGraph, reference: GraphQLSchema, ask: Asker, name: str
) -> None:
    document, variables = (CASES / f"{name}.graphql").read_text(), CASES / f"{name}.json"
    values = json.loads(variables.read_text()) if variables.exists() else {}
    wanted = reference_answer(graph, reference, document, values)
    assert "errors" not in wanted
    assert difference(await ask.ask(document, values), wanted["data"]) is None


@pytest.mark.parametrize("seed", range(DOCUMENTS))
async def test_a_random_document_is_answered_like_the_reference(
    graph: SmallGraph, reference: GraphQLSchema, ask: Asker, seed: int
) -> None:
    document, variables = random_document(Random(seed), reference, graph, lists=3, fields=14, roots=2)
    wanted = reference_answer(graph, reference, document, variables)
    assert "errors" not in wanted
    assert difference(await ask.ask(document, variables), wanted["data"]) is None


@pytest.mark.parametrize("seed", range(WALKS))
async def test_a_walk_over_pages_is_the_reference_s_and_gives_each_row_once(
    graph: SmallGraph, reference: GraphQLSchema, ask: Asker, seed: int
) -> None:
    await read_pages(ask, reference, graph, random_walk(Random(seed), reference, graph))
