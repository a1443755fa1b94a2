"""Operations that no reference answers, such as searches, statistics and paths, and all that somebody is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from graphql import GraphQLError

from api.compiler.ids import global_id
from graph.errors import SightlineError
from queries.library.question import AS_OF, Question
from queries.library.values import SCALARS
from tests.api.compiler.asking import Asker
from tests.reference import SmallGraph

Operation = tuple[str, dict[str, Any]]
DAY = "2024-06-01"
ONE_NODE = "query ($id: ID!) { node(id: $id) { __typename id key } }"
_TEXTS = ("Nunez", "Main St", "100000000", "Honduras", "TX", "ORR", "Peña", "5555550100", "zoe")
_DIMENSIONS = {
    "CHILDREN": ("FISCAL_YEAR", "SPONSOR_CATEGORY", "COURT"),
    "PLACEMENTS": ("MONTH", "STATE"),
    "HEARINGS": ("OUTCOME", "FIELD_OFFICE"),
    "FINDINGS": ("INDICATOR",),
}
_NEAR = """query ($id: ID!) {
  neighborhood(id: $id, first: 20, includeHubs: true) {
    truncated
    nodes { distance linkCount isHub node { id } }
    links { kind from to }
  }
}"""
_KINDS = "query ($id: ID!) { neighborhood(id: $id, depth: 1) { nodes { linksByKind { kind count } } } }"
_PATHS = """query ($one: ID!, $two: ID!) {
  shortestPaths(from: $one, to: $two, includeHubs: true) { length nodes { id } }
}"""
_OTHERS = (
    "{ rings(minSponsors: 2) { totalCount nodes { key sponsorCount childCount addressCount phoneCount } } }",
    '{ lookup(aNumbers: ["000000001", "100000000"]) { unmatched matched { given child { id } } } }',
    "{ oversightSummary(by: FISCAL_YEAR) { total { transferred missedHearing badAddresses } } }",
    "{ triage { weight child { id } } }",
    "{ indicators { name findings { status count } } }",
    "{ findings { totalCount nodes { values } } }",
    "{ children { nodes { id timeline { on kind summary agency } } } }",
    "{ children(first: 1) { totalCount pageInfo { endCursor hasNextPage } nodes { id } } }",
    "{ sponsors(first: 2, orderBy: [{field: PHONES_COUNT}]) { edges { cursor node { id } } } }",
)


async def outcome(ask: Asker, asked: Operation) -> bytes:
    """Return all that an operation tells, errors too."""
    try:
        return orjson.dumps(await ask.ask(*asked))
    except (SightlineError, GraphQLError) as error:
        return f"{type(error).__name__}: {error}".encode()


def special(graph: SmallGraph, *, near: bool) -> Iterator[Operation]:
    """Yield the operations, neighborhoods only when asked for."""
    ids = [thing.id for thing in graph.things]
    for text in _TEXTS:
        yield "query ($text: String!) { search(text: $text) { score node { id } } }", {"text": text}
    for subject, dimensions in _DIMENSIONS.items():
        for one in dimensions:
            rows = "totalCount rows { count values { value } }"
            yield f"{{ statistics(of: {subject}, groupBy: [{one}]) {{ {rows} }} }}", {}
    for id_ in (*ids, global_id("Child", "nobody")):
        yield ONE_NODE, {"id": id_}
    for id_ in ids[::4] if near else ():
        yield _NEAR, {"id": id_}
        yield _KINDS, {"id": id_}
    for one, two in list(zip(ids, ids[7:], strict=False))[::3]:
        yield _PATHS, {"one": one, "two": two}
    for text in _OTHERS:
        yield text, {}


def asking(question: Question) -> Operation:
    """Return the operation that asks for a page of a question's rows, their number, and a cursor."""
    given = {parameter.name: "child-1" for parameter in question.parameters if parameter.required}
    if any(parameter.name == AS_OF for parameter in question.parameters):
        given[AS_OF] = DAY
    arguments = ", ".join(f'{name}: "{value}"' for name, value in given.items())
    columns = " ".join(
        column.name if column.kind in SCALARS else f"{column.name} {{ id }}" for column in question.columns
    )
    shown = f"totalCount pageInfo {{ endCursor }} nodes {{ {columns} }}"
    return f"{{ {question.name}{f'({arguments})' if arguments else ''} {{ {shown} }} }}", {}
