"""Introspection: answered from the schema by graphql-core, and merged with data where an operation asks for both.

An operation that mixes the two is taken apart once. Its introspection half keeps the whole shape of the root,
with `__typename` in the place of each field of data, so that executing it also gives the response's order of
fields, whatever fragments and directives decide; its data half is what is left.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from graphql import (
    SKIP,
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    GraphQLSchema,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    VisitorAction,
    execute_sync,
    visit,
)

from api.documents import Document
from api.errors import BadVariables
from api.execution import Answer, Answerer
from api.limits import Limits
from api.policy import READ_SCHEMA, Actor
from graph.errors import BadInput, CostLimitExceeded

_SCHEMA_FIELDS = ("__schema", "__type")
_TYPE_NAME = "__typename"
_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Halves:
    """An operation taken apart: what introspection executes, and the data that remains (None: nothing).

    `shows_schema` is false when nothing but `__typename` is asked for.
    """

    introspection: OperationDefinitionNode
    data: OperationDefinitionNode | None
    shows_schema: bool


class Introspection:
    """An answerer that answers introspection itself and leaves data to another.

    Results are remembered by document, operation and the variables in use. A whole schema takes longer than a
    request may hold up others, so it is executed in a thread, one at a time.
    """

    def __init__(self, schema: GraphQLSchema, answerer: Answerer, *, limits: Limits) -> None:
        self._schema = schema
        self._answerer = answerer
        self._limit = limits.introspected_fields
        self._halves: WeakKeyDictionary[Document, dict[str, Halves | None]] = WeakKeyDictionary()
        self._executing = asyncio.Lock()
        self._results: OrderedDict[tuple[str, str, bytes], Mapping[str, object]] = OrderedDict()

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        bookmarks: Sequence[str] = (),
    ) -> Answer:
        """Answer one operation of a valid document."""
        halves = self._take_apart(document, operation)
        if halves is None:
            return await self._answerer(document, operation, variables, actor, bookmarks)
        if halves.shows_schema:
            actor.require(READ_SCHEMA)
        result = await self._introspect(document, halves.introspection, variables)
        if halves.data is None:
            return Answer(result)
        answer = await self._answerer(document, halves.data, variables, actor, bookmarks)
        if answer.data is None:
            return answer
        return replace(answer, data={key: answer.data.get(key, value) for key, value in result.items()})

    def _take_apart(self, document: Document, operation: OperationDefinitionNode) -> Halves | None:
        known = self._halves.setdefault(document, {})
        name = operation.name.value if operation.name else ""
        if name not in known:
            known[name] = take_apart(document, operation)
        return known[name]

    async def _introspect(
        self, document: Document, operation: OperationDefinitionNode, variables: Mapping[str, object]
    ) -> Mapping[str, object]:
        declared = {definition.variable.name.value for definition in operation.variable_definitions or ()}
        used = {name: value for name, value in variables.items() if name in declared}
        name = operation.name.value if operation.name else ""
        try:
            key = (document.text, name, orjson.dumps(used, option=orjson.OPT_SORT_KEYS))
        except orjson.JSONEncodeError:
            raise BadInput("The variables are nested too deeply; give plain values.") from None
        if key not in self._results:
            async with self._executing:
                if key not in self._results:
                    result = await asyncio.to_thread(self._execute, document, operation, used)
                    if result.data is None:
                        raise BadVariables(result.errors or [])
                    self._results[key] = result.data
                    if len(self._results) > _REMEMBERED:
                        self._results.popitem(last=False)
        self._results.move_to_end(key)
        return self._results[key]

    def _execute(
        self, document: Document, operation: OperationDefinitionNode, variables: dict[str, object]
    ) -> ExecutionResult:
        node = DocumentNode(definitions=(operation, *document.fragments.values()))
        try:
            return execute_sync(self._schema, node, variable_values=variables, middleware=[_Counter(self._limit)])
        except _Enough:
            raise CostLimitExceeded(
                f"The introspection yields more than {self._limit:,} fields, which is the limit: ask for fewer types."
            ) from None


class _Enough(BaseException):
    """Ends an execution at once; the executor would keep any `Exception` as the error of one field, and go on."""


class _Counter:
    """Middleware that lets so many fields be resolved."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def resolve(
        self, resolve: Callable[..., Any], source: object, info: GraphQLResolveInfo[Any], **arguments: Any
    ) -> Any:
        """Count a field and go on, or end the execution."""
        self.left -= 1
        if self.left < 0:
            raise _Enough
        return resolve(source, info, **arguments)


def take_apart(document: Document, operation: OperationDefinitionNode) -> Halves | None:
    """Return the halves of an operation; None when nothing but data is asked for.

    `__typename` alone needs no data, and beside data is left to it.
    """
    root = _inlined(operation.selection_set, document)
    names = {field.name.value for field in _root_fields(root)}
    if names <= {*_SCHEMA_FIELDS, _TYPE_NAME}:
        return Halves(operation, None, shows_schema=not names.isdisjoint(_SCHEMA_FIELDS))
    if names.isdisjoint(_SCHEMA_FIELDS):
        return None
    introspection = replace(operation, selection_set=_mapped(root, _stand_in))
    used = _variables(DocumentNode(definitions=(introspection, *document.fragments.values())))
    definitions = tuple(d for d in operation.variable_definitions or () if d.variable.name.value in used)
    return Halves(
        introspection=replace(introspection, variable_definitions=definitions),
        data=replace(operation, selection_set=_mapped(root, _only_data)),
        shows_schema=True,
    )


def _inlined(selection_set: SelectionSetNode, document: Document) -> SelectionSetNode:
    """Return a root selection set with its fragments in place, so that changing it changes nothing elsewhere."""
    selections: list[SelectionNode] = []
    for selection in selection_set.selections:
        if isinstance(selection, FragmentSpreadNode):
            fragment = document.fragments[selection.name.value]
            selection = InlineFragmentNode(
                type_condition=fragment.type_condition,
                directives=selection.directives,
                selection_set=_inlined(fragment.selection_set, document),
                loc=selection.loc,
            )
        elif isinstance(selection, InlineFragmentNode):
            selection = replace(selection, selection_set=_inlined(selection.selection_set, document))
        selections.append(selection)
    return replace(selection_set, selections=tuple(selections))


def _root_fields(selection_set: SelectionSetNode) -> Iterable[FieldNode]:
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _root_fields(selection.selection_set)


def _mapped(selection_set: SelectionSetNode, change: Callable[[FieldNode], FieldNode | None]) -> SelectionSetNode:
    """Return an inlined root selection set with each field changed, or left out for None."""
    selections: list[SelectionNode] = []
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            changed = change(selection)
            if changed is not None:
                selections.append(changed)
        elif isinstance(selection, InlineFragmentNode):
            selections.append(replace(selection, selection_set=_mapped(selection.selection_set, change)))
    return replace(selection_set, selections=tuple(selections))


def _stand_in(field: FieldNode) -> FieldNode:
    if field.name.value in _SCHEMA_FIELDS:
        return field
    return replace(
        field, alias=field.alias or field.name, name=NameNode(value=_TYPE_NAME), arguments=(), selection_set=None
    )


def _only_data(field: FieldNode) -> FieldNode | None:
    return None if field.name.value in _SCHEMA_FIELDS else field


def _variables(node: DocumentNode) -> set[str]:
    """Return the names of the variables that are used, not merely declared."""
    names: set[str] = set()

    class Collector(Visitor):
        def enter_variable_definition(self, *_: object) -> VisitorAction:
            return SKIP

        def enter_variable(self, variable: VariableNode, *_: object) -> None:
            names.add(variable.name.value)

    visit(node, Collector())
    return names
