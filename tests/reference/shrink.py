"""A failing document made small: parts are taken away for as long as it goes on failing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    Node,
    ObjectFieldNode,
    VariableDefinitionNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)
from graphql.language import FragmentDefinitionNode, VariableNode

PARTS = (FieldNode, InlineFragmentNode, FragmentSpreadNode, ArgumentNode, ObjectFieldNode, DirectiveNode)
Fails = Callable[[str, Mapping[str, Any]], Awaitable[bool]]


async def shrink(
    schema: GraphQLSchema, text: str, variables: Mapping[str, Any], fails: Fails
) -> tuple[str, dict[str, Any]]:
    """Return a small valid document that fails as the given one does, with its variables.

    No further field, fragment, argument, operand or directive of it can be taken away alone. `fails` should look for
    the same failure, lest another one takes its place.
    """
    document, kept, before = parse(text), dict(variables), 0
    while before != len(_parts(document)):
        before, at = len(_parts(document)), 0
        while at < len(_parts(document)):
            smaller = _valid(schema, _without(document, at))
            given = {name: value for name, value in kept.items() if smaller and name in _used(smaller, VariableNode)}
            if smaller and await fails(print_ast(smaller), given):
                document, kept = smaller, given
            else:
                at += 1
    return print_ast(document), kept


def _parts(document: DocumentNode) -> list[Node]:
    found: list[Node] = []

    class Parts(Visitor):
        def enter(self, node: Node, *_: object) -> None:
            if isinstance(node, PARTS):
                found.append(node)

    visit(document, Parts())
    return found


def _without(document: DocumentNode, at: int) -> DocumentNode:
    part = _parts(document)[at]

    class Without(Visitor):
        def enter(self, node: Node, *_: object) -> object:
            return REMOVE if node is part else None

    return _tidy(visit(document, Without()))


def _tidy(document: DocumentNode) -> DocumentNode:
    """Return the document without fragments and variables that nothing uses any more."""
    spread, read = _used(document, FragmentSpreadNode), _used(document, VariableNode)

    class Tidy(Visitor):
        def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: object) -> object:
            return None if node.name.value in spread else REMOVE

        def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> object:
            return None if node.variable.name.value in read else REMOVE

    tidied: DocumentNode = visit(document, Tidy())
    return tidied if print_ast(tidied) == print_ast(document) else _tidy(tidied)


def _used(document: DocumentNode, kind: type[FragmentSpreadNode] | type[VariableNode]) -> set[str]:
    """Return the names of the fragments that are spread, or of the variables that are read."""
    found: set[str] = set()

    class Used(Visitor):
        def enter(self, node: Node, _key: object, parent: object, *_: object) -> None:
            if isinstance(node, kind) and not isinstance(parent, VariableDefinitionNode):
                found.add(node.name.value)

    visit(document, Used())
    return found


def _valid(schema: GraphQLSchema, document: DocumentNode) -> DocumentNode | None:
    """Return the document as parsed from its text when it is valid; emptied braces make it no document."""
    try:
        parsed = parse(print_ast(document))
    except GraphQLSyntaxError:
        return None
    return None if validate(schema, parsed) else parsed
