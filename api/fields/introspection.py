"""Introspection: questions about the schema itself, executed by graphql-core, as a prefetch like any other.

All introspection in an operation is executed at once, so that one limit covers all of it, and is cached by document,
operation and the variables in use. A whole schema takes longer than one request may delay others, so it is executed in
a thread, one at a time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import ExecutionResult, GraphQLResolveInfo, GraphQLSchema, execute_sync

from api.access.policy import READ_SCHEMA
from api.compiler.awaited import Prefetch, Surroundings
from api.compiler.context import Context
from api.compiler.operation import Alone, Operation, Selection
from api.compiler.parameters import Request
from api.compiler.projection import Projection
from api.compiler.shapes import Made
from api.errors import BadVariables
from graph.cypher import NULL
from graph.errors import CostLimitExceeded

NAMES = ("__schema", "__type")
"""The root fields that every schema has."""
_REMEMBERED = 8


def introspection_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of a field that shows the schema; an operation's are all found together."""
    asked = next((one for one in ctx.prefetches if isinstance(one, Asked)), None)
    asked = asked or ctx.prefetch(Asked(ctx.operation))
    asked.selections.append(selection)
    found = ctx.local(asked)
    return Projection(NULL, Made(lambda _, bound: bound.local(found)[selection.key]))


@dataclass(eq=False)
class Asked(Prefetch):
    """What an operation asks about the schema; its value is the response to these fields."""

    operation: Operation
    selections: list[Selection] = field(default_factory=list)

    @cached_property
    def alone(self) -> Alone:
        """The fields as a separate document, once all are known."""
        return self.operation.alone(self.selections)

    async def find(self, request: Request, surroundings: Surroundings) -> object:
        """Return the response, by key; raises `Forbidden`, `BadVariables` or `CostLimitExceeded`."""
        surroundings.actor.require(READ_SCHEMA)
        variables = {name: value for name, value in request.variables.items() if name in self.alone.variables}
        return await surroundings.services.of(Introspection).response(self.alone, variables)


class Introspection:
    """Executes introspection of one schema, within a limit of fields, and caches the latest responses."""

    def __init__(self, schema: GraphQLSchema, *, most_fields: int) -> None:
        self._schema = schema
        self._most = most_fields
        self._executing = asyncio.Lock()
        self._responses: OrderedDict[tuple[object, ...], Mapping[str, object]] = OrderedDict()

    async def response(self, alone: Alone, variables: Mapping[str, object]) -> Mapping[str, object]:
        """Return the response to fields that show the schema; raises `BadVariables` or `CostLimitExceeded`."""
        key = (alone.text, *sorted(variables.items()))
        if key not in self._responses:
            async with self._executing:
                if key not in self._responses:
                    result = await asyncio.to_thread(self._execute, alone, variables)
                    if result.data is None:
                        raise BadVariables(result.errors or [])
                    self._responses[key] = result.data
                    if len(self._responses) > _REMEMBERED:
                        self._responses.popitem(last=False)
        self._responses.move_to_end(key)
        return self._responses[key]

    def _execute(self, alone: Alone, variables: Mapping[str, object]) -> ExecutionResult:
        counter = _Counter(self._most)
        try:
            return execute_sync(self._schema, alone.document, variable_values=dict(variables), middleware=[counter])
        except _Enough:
            raise CostLimitExceeded(
                f"The introspection yields more than {self._most:,} fields, which is the limit: ask for fewer types."
            ) from None


class _Enough(BaseException):
    """Ends an execution at once; graphql-core would turn any `Exception` into the error of one field and continue."""


class _Counter:
    """Middleware that lets only a limited number of fields be resolved."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def resolve(
        self, resolve: Callable[..., Any], source: object, info: GraphQLResolveInfo[Any], **arguments: Any
    ) -> Any:
        """Count a field and continue, or end the execution."""
        self.left -= 1
        if self.left < 0:
            raise _Enough
        return resolve(source, info, **arguments)
