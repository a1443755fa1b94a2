"""Walks over the pages of one connection, forward or backward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type

from graph.model import MODEL
from tests.reference.arguments import PAGING, Arguments, root_questions
from tests.reference.small import SmallGraph
from tests.reference.wire import Variables


@dataclass(frozen=True, slots=True)
class Walk:
    """A document that asks for one page, and how to ask for the next.

    `path` leads through the response to the connection; the variable `cursor` is where the page starts.
    """

    text: str
    variables: Mapping[str, Any]
    path: tuple[str, ...]
    forward: bool

    def connection(self, response: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the connection in a response; `None` when the object that it belongs to is not there."""
        found: Any = response["data"]
        for key in self.path:
            found = found and found[key]
        return found  # type: ignore[no-any-return]

    def next(self, response: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the variables that ask for the page after a response's; `None` when that was the last."""
        connection = self.connection(response)
        if connection is None:
            return None
        info = connection["pageInfo"]
        if not info["hasNextPage" if self.forward else "hasPreviousPage"]:
            return None
        return {**self.variables, "cursor": info["endCursor" if self.forward else "startCursor"]}


def random_walk(random: Random, schema: GraphQLSchema, graph: SmallGraph) -> Walk:
    """Return a walk over a root connection, a link to many of one node, or the rows of a question."""
    root = schema.query_type
    assert root is not None
    arguments, variables = Arguments(random, graph), Variables(random)
    node = random.choice(MODEL.nodes)
    links = [link.name for link in MODEL.links(node.label).values() if link.many]
    forward = random.random() < 0.5
    if links and random.random() < 0.4:
        name = random.choice(links)
        kind = schema.type_map[node.label]
        assert isinstance(kind, GraphQLObjectType)
        inner = _connection(random, arguments, variables, name, kind.fields[name], forward)
        identity = variables.place(arguments.identity(node.label), root.fields[node.field].args["id"].type)
        field = f"{node.field}(id: {identity}) {{ {inner} }}"
        return _walk(field, variables, (node.field, name), forward)
    questions = root_questions(schema)
    name = random.choice(questions) if questions and random.random() < 0.3 else node.fields
    field = _connection(random, arguments, variables, name, root.fields[name], forward)
    return _walk(field, variables, (name,), forward)


def question_walk(random: Random, schema: GraphQLSchema, name: str, given: Mapping[str, Any], *, forward: bool) -> Walk:
    """Return a walk over the rows of the question of that name, asked with these values."""
    root = schema.query_type
    assert root is not None
    variables = Variables(random)
    return _walk(_paged(random, variables, name, root.fields[name], given, forward), variables, (name,), forward)


def _walk(field: str, variables: Variables, path: tuple[str, ...], forward: bool) -> Walk:
    separator = ", " if variables else ""
    text = f"query ({variables.declarations}{separator}$cursor: String) {{ {field} }}"
    return Walk(text, variables.values, path, forward)


def _connection(
    random: Random, arguments: Arguments, variables: Variables, name: str, field: GraphQLField, forward: bool
) -> str:
    given = {n: v for n, v in arguments.of_connection(field, small=True).items() if n not in PAGING}
    if random.random() < 0.5:
        given.pop("filter", None)
    return _paged(random, variables, name, field, given, forward)


def _paged(
    random: Random, variables: Variables, name: str, field: GraphQLField, given: Mapping[str, Any], forward: bool
) -> str:
    given = {**given, "first" if forward else "last": random.choice((1, 1, 2, 3))}
    parts = [f"{n}: {variables.place(value, field.args[n].type)}" for n, value in given.items()]
    parts.append(f"{'after' if forward else 'before'}: $cursor")
    return (
        f"{name}({', '.join(parts)}) {{ totalCount edges {{ cursor node {_row(field)} }} nodes {{ __typename }} "
        "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
    )


def _row(field: GraphQLField) -> str:
    """Return a selection that tells the rows of a connection apart."""
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)
    row = get_named_type(connection.fields["nodes"].type)
    assert isinstance(row, GraphQLObjectType)
    if row.name in MODEL.labels:
        return "{ key }"
    columns = (f"{n}{'' if is_leaf_type(get_named_type(f.type)) else ' { key }'}" for n, f in row.fields.items())
    return f"{{ {' '.join(columns)} }}"
