"""An operation as the compiler reads it: fields after fragments, directives and aliases, with their arguments.

This is the only module that calls parts of graphql-core that version 3.3 marks as internal.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graphql import (
    SKIP,
    ArgumentNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    ObjectFieldNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    Visitor,
    VisitorAction,
    get_argument_values,
    get_named_type,
    get_variable_values,
    print_ast,
    visit,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues

from api.compiler.cleaning import AS_GIVEN, cleaned, cleaned_members
from api.compiler.cursors import CursorBox, Place
from api.compiler.parameters import PlaceReference, Reference
from api.documents import Document
from api.errors import BadVariables

CURSORS = frozenset({"after", "before"})


@dataclass(frozen=True, slots=True)
class Selection:
    """A field that the response has: its key there, its name, and its arguments.

    Argument values are plain; a leaf that comes from a variable is a `Reference` to it.
    """

    key: str
    name: str
    arguments: Mapping[str, object]
    details: tuple[FieldDetails, ...]

    def given(self, name: str) -> object:
        """Return an argument's value; `None` when it is absent or null."""
        return self.arguments.get(name)


@dataclass(frozen=True)
class Alone:
    """Some root fields of an operation as a separate document, and the variables that they use."""

    document: DocumentNode
    variables: frozenset[str]

    @cached_property
    def text(self) -> str:
        """The document as a text."""
        return print_ast(self.document)


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

    def alone(self, selections: Sequence[Selection]) -> Alone:
        """Return the operation with only these root fields, for graphql-core to execute."""
        nodes = tuple(detail.node for selection in selections for detail in selection.details)
        operation = replace(self._operation, selection_set=SelectionSetNode(selections=nodes))
        used = _used_variables(self._document, operation)
        definitions = tuple(one for one in operation.variable_definitions or () if one.variable.name.value in used)
        operation = replace(operation, variable_definitions=definitions, directives=())
        return Alone(DocumentNode(definitions=(operation, *self._document.fragments.values())), used)

    def fields(self, selection: Selection, type_name: str) -> list[Selection]:
        """Return the fields below a selection, for an object of the actual type."""
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
        arguments = (
            cleaned_members(get_argument_values(definition, node, self._values), definition.args) if definition else {}
        )
        return Selection(key, name, arguments, tuple(details))


class Signature:
    """The variables of an operation: turns raw values into coerced ones, and those into a shape.

    `shaping` are the enums whose values decide what a statement reads, also in lists.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        document: Document,
        operation: OperationDefinitionNode,
        cursors: CursorBox,
        *,
        shaping: frozenset[str] = frozenset(),
    ) -> None:
        self._schema = schema
        self._shaping = shaping
        self._definitions = operation.variable_definitions or ()
        self._cursors = cursors
        self._places = _variables(document, operation, CURSORS)
        self._as_given = _variables(document, operation, AS_GIVEN)

    def coerce(self, raw: Mapping[str, object]) -> VariableValues:
        """Return the coerced values; raises `BadVariables` with an error for each that does not fit."""
        values = get_variable_values(self._schema, self._definitions, dict(raw), max_errors=20)
        if isinstance(values, list):
            raise BadVariables(values)
        for name, value in values.coerced.items():
            if name not in self._as_given:
                values.coerced[name] = cleaned(value, values.sources[name].signature.type)
        for name in self._places & values.coerced.keys():
            if isinstance(text := values.coerced[name], str):
                values.coerced[name] = self._cursors.open(text)
        return values

    def shape(self, values: VariableValues) -> Hashable:
        """Return what a statement's text may depend on: which keys are present, nulls, booleans, enum values."""
        coerced, sources = values.coerced, values.sources
        return tuple((n, _shape(v, sources[n].signature.type, self._shaping)) for n, v in coerced.items())

    def symbolic(self, values: VariableValues) -> VariableValues:
        """Return the values with every leaf that is not part of the shape replaced by a `Reference` to it."""
        sources = values.sources
        coerced = {n: _symbolic(v, sources[n].signature.type, (n,), self._shaping) for n, v in values.coerced.items()}
        return values._replace(coerced=coerced)


def _leaf(value: object, kind: GraphQLInputType, shaping: frozenset[str]) -> bool:
    """Tell whether the statement reads a value from its parameter: text, numbers, dates, and lists of these."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType) or named.name in shaping:
        return False
    return isinstance(value, list) or (isinstance(named, GraphQLScalarType) and not isinstance(value, bool))


def _shape(value: object, kind: GraphQLInputType, shaping: frozenset[str]) -> Hashable:
    if value is None:
        return None
    if isinstance(value, Place):
        return value.pattern
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if _leaf(value, kind, shaping):
        return "list" if isinstance(value, list) else "leaf"
    if isinstance(kind, GraphQLList):
        assert isinstance(value, list)
        return tuple(_shape(item, kind.of_type, shaping) for item in value)
    if isinstance(kind, GraphQLInputObjectType):
        assert isinstance(value, dict)
        return tuple((name, _shape(item, kind.fields[name].type, shaping)) for name, item in value.items())
    assert isinstance(value, Hashable)
    return value


def _symbolic(value: object, kind: GraphQLInputType, path: tuple[str | int, ...], shaping: frozenset[str]) -> object:
    if value is None:
        return None
    if isinstance(value, Place):
        return PlaceReference(path, value.pattern)
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if _leaf(value, kind, shaping):
        return Reference(path)
    if isinstance(kind, GraphQLList):
        assert isinstance(value, list)
        return [_symbolic(item, kind.of_type, (*path, i), shaping) for i, item in enumerate(value)]
    if isinstance(kind, GraphQLInputObjectType):
        assert isinstance(value, dict)
        return {name: _symbolic(item, kind.fields[name].type, (*path, name), shaping) for name, item in value.items()}
    return value


def _variables(document: Document, operation: OperationDefinitionNode, names: frozenset[str]) -> frozenset[str]:
    """Return the names of the variables that an operation, or a fragment that it spreads, uses for these members.

    A member is an argument, or a field of an input object.
    """
    found: set[str] = set()

    class Given(Visitor):
        def enter_variable(self, node: VariableNode, *_: object) -> None:
            found.add(node.name.value)

    class Members(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: object) -> None:
            self._enter(node)

        def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
            self._enter(node)

        def _enter(self, node: ArgumentNode | ObjectFieldNode) -> None:
            if node.name.value in names:
                visit(node.value, Given())

    for definition in _reached(document, operation):
        visit(definition, Members())
    return frozenset(found)


def _used_variables(document: Document, operation: OperationDefinitionNode) -> frozenset[str]:
    """Return the names of the variables that an operation uses, directly or in fragments that it spreads."""
    found: set[str] = set()

    class Used(Visitor):
        def enter_variable_definition(self, *_: object) -> VisitorAction:
            return SKIP

        def enter_variable(self, node: VariableNode, *_: object) -> None:
            found.add(node.name.value)

    for definition in _reached(document, operation):
        visit(definition, Used())
    return frozenset(found)


def _reached(
    document: Document, operation: OperationDefinitionNode
) -> list[OperationDefinitionNode | FragmentDefinitionNode]:
    """Return an operation and all fragments that it spreads, directly or through each other."""
    found: list[OperationDefinitionNode | FragmentDefinitionNode] = [operation]
    spread: list[str] = []

    class Spreads(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
            if node.name.value not in spread:
                spread.append(node.name.value)
                found.append(document.fragments[node.name.value])

    for definition in found:  # grows while it is walked
        visit(definition, Spreads())
    return found
