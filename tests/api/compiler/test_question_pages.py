"""Pages of questions, forward or backward, held against the reference, with totals and nested selections.

The run's seed chooses a third of the questions. `tests/truth` walks forward through the pages of all of them.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest
from graphql import GraphQLSchema

from graph.store import Store
from queries.library.question import Question
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import library
from tests.api.compiler.walking import read_pages
from tests.hostile import Graph, hostile, write_graph
from tests.reference import (
    SmallGraph,
    question_walk,
    reference_schema,
)
from tests.reference.arguments import Arguments
from tests.seeds import run_seed
from tests.truth.dump import Dump
from tests.truth.written import ordered_rows

LIBRARY = list(library())
DRAWS = 12
"""How many values of its parameters a question is tried with; those that give the most rows are taken."""


@cache
def drawn() -> Graph:
    """A graph on which every question has rows."""
    return hostile(7, times=5)


@cache
def small() -> SmallGraph:
    return SmallGraph.of(drawn())


@cache
def dump() -> Dump:
    return Dump(small())


@cache
def best(name: str) -> tuple[dict[str, Any], int]:
    """Return the values with which a question has the most rows, of some that are drawn, and how many it has."""
    [question] = [one for one in LIBRARY if one.name == name]
    tried = [Arguments(Random(f"{name}/{draw}"), small()).parameters(question) for draw in range(DRAWS)]
    numbers = [len(ordered_rows(dump(), question, question.values(given))) for given in tried]
    return tried[numbers.index(max(numbers))], max(numbers)


@pytest.fixture(scope="module")
def reference() -> GraphQLSchema:
    return reference_schema(LIBRARY)


@pytest.fixture(scope="module")
async def stored(store: Store) -> Store:
    """The store with the same graph."""
    await store.write("MATCH (n) DETACH DELETE n")
    await write_graph(store, drawn())
    return store


def test_every_question_has_rows_and_nearly_all_have_several() -> None:
    numbers = {question.name: best(question.name)[1] for question in LIBRARY}
    assert [name for name, number in numbers.items() if number == 0] == []
    assert sum(number > 1 for number in numbers.values()) >= len(LIBRARY) - 2


@pytest.mark.parametrize(
    ("question", "forward"),
    [pytest.param(question, place % 2 == 0, id=question.name) for place, question in enumerate(LIBRARY)][
        run_seed() % 3 :: 3
    ],
)
async def test_pages_are_the_reference_s_and_give_each_row_once(
    stored: Store, reference: GraphQLSchema, question: Question, forward: bool
) -> None:
    given, _ = best(question.name)
    walk = question_walk(Random(question.name), reference, question.name, given, forward=forward)
    await read_pages(Asker(stored), reference, small(), walk)
