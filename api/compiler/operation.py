"""An operation as the compiler reads it: fields after fragments, directives and aliases, with their arguments.

The only module that calls the parts of graphql-core that its 3.3 marks as internal.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graphql import (
    ArgumentNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_argument_values,
    get_named_type,
    get_variable_values,
    visit,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues

from api.compiler.slots import PlaceReference, Reference
from api.cursors import CursorBox, Place
from api.documents import Document
from api.errors import BadVariables

CURSORS = frozenset({"after", "before"})
NAMES = frozenset({"StatisticsDimension"})
"""Enums whose values say what a statement reads, in lists too."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A field that the response has: its key there, its name, and its arguments.

    Argument values are plain; a leaf that a variable gives is a `Reference` to it.
    """

    key: str
    name: str
    arguments: Mapping[str, object]
    details: tuple[FieldDetails, ...]

    def given(self, name: str) -> object:
        """Return an argument's value; `None` when it is absent or null."""
        return self.arguments.get(name)


class Operation:
    """An operation of a document, read with one shape of its variables."""

    def __init__(
        self, schema: GraphQLSchema, document: Document, operation: OperationDefinitionNode, values: VariableValues
    ) -> None:
        self._schema = schema
        self._document = document
        self._operation = operation
        self._values = values

    @cached_property
    def _fragments(self) -> dict[str, FragmentDetails]:
        return {name: FragmentDetails(node) for name, node in self._document.fragments.items()}

    @property
    def mutates(self) -> bool:
        """Tell whether the operation is a mutation."""
        return self._operation.operation is OperationType.MUTATION

    def roots(self) -> list[Selection]:
        """Return the root fields, in the order of the response."""
        root = self._schema.get_root_type(self._operation.operation)
        assert root is not None
        collected = collect_fields(self._schema, self._fragments, self._values, root, self._operation)
        return self._selections(root, collected.grouped_field_set)

    def fields(self, selection: Selection, type_name: str) -> list[Selection]:
        """Return the fields below a selection, for an object of the type that is really there."""
        kind = self._schema.type_map[type_name]
        assert isinstance(kind, GraphQLObjectType)
        collected = collect_subfields(
            self._schema, self._fragments, self._values, self._operation, kind, list(selection.details)
        )
        return self._selections(kind, collected.grouped_field_set)

    def _selections(self, kind: GraphQLObjectType, grouped: Mapping[str, list[FieldDetails]]) -> list[Selection]:
        return [self._selection(kind, key, details) for key, details in grouped.items()]

    def _selection(self, kind: GraphQLObjectType, key: str, details: list[FieldDetails]) -> Selection:
        node = details[0].node
        name = node.name.value
        definition: GraphQLField | None = kind.fields.get(name)
        arguments = get_argument_values(definition, node, self._values) if definition else {}
        return Selection(key, name, arguments, tuple(details))


class Signature:
    """The variables of an operation: turns raw values into coerced ones, and those into a shape."""

    def __init__(
        self, schema: GraphQLSchema, document: Document, operation: OperationDefinitionNode, cursors: CursorBox
    ) -> None:
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._cursors = cursors
        self._places = _cursor_variables(document)

    def coerce(self, raw: Mapping[str, object]) -> VariableValues:
        """Return the coerced values; raises `BadVariables` with an error for each that does not fit."""
        values = get_variable_values(self._schema, self._definitions, dict(raw), max_errors=20)
        if isinstance(values, list):
            raise BadVariables(values)
        for name in self._places & values.coerced.keys():
            if isinstance(text := values.coerced[name], str):
                values.coerced[name] = self._cursors.open(text)
        return values

    def shape(self, values: VariableValues) -> Hashable:
        """Return what a statement's text may depend on: which keys are there, nulls, truth values, enum values."""
        coerced, sources = values.coerced, values.sources
        return tuple((n, _shape(v, sources[n].signature.type)) for n, v in coerced.items())

    def symbolic(self, values: VariableValues) -> VariableValues:
        """Return the values with every leaf that is not part of the shape replaced by a `Reference` to it."""
        coerced = {n: _symbolic(v, values.sources[n].signature.type, (n,)) for n, v in values.coerced.items()}
        return values._replace(coerced=coerced)


def _leaf(value: object, kind: GraphQLInputType) -> bool:
    """Tell whether a value is one that the statement reads from its parameter: text, number, date, list of them."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType) or named.name in NAMES:
        return False
    return isinstance(value, list) or (isinstance(named, GraphQLScalarType) and not isinstance(value, bool))


def _shape(value: object, kind: GraphQLInputType) -> Hashable:
    if value is None:
        return None
    if isinstance(value, Place):
        return value.pattern
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if _leaf(value, kind):
        return "list" if isinstance(value, list) else "leaf"
    if isinstance(kind, GraphQLList):
        assert isinstance(value, list)
        return tuple(_shape(item, kind.of_type) for item in value)
    if isinstance(kind, GraphQLInputObjectType):
        assert isinstance(value, dict)
        return tuple((name, _shape(item, kind.fields[name].type)) for name, item in value.items())
    assert isinstance(value, Hashable)
    return value


def _symbolic(value: object, kind: GraphQLInputType, path: tuple[str | int, ...]) -> object:
    if value is None:
        return None
    if isinstance(value, Place):
        return PlaceReference(path, value.pattern)
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if _leaf(value, kind):
        return Reference(path)
    if isinstance(kind, GraphQLList):
        assert isinstance(value, list)
        return [_symbolic(item, kind.of_type, (*path, i)) for i, item in enumerate(value)]
    if isinstance(kind, GraphQLInputObjectType):
        assert isinstance(value, dict)
        return {name: _symbolic(item, kind.fields[name].type, (*path, name)) for name, item in value.items()}
    return value


def _cursor_variables(document: Document) -> frozenset[str]:
    """Return the names of the variables that the document gives as cursors."""
    found: set[str] = set()

    class Cursors(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: object) -> None:
            if node.name.value in CURSORS and isinstance(node.value, VariableNode):
                found.add(node.value.name.value)

    visit(document.node, Cursors())
    return frozenset(found)
