"""Answers operations: compiles each (once for each shape of its variables), runs it as one statement, and shapes it.

Whatever else a program waits for is run here too: prefetches before the statement, and a mutation's effect before its
payload is read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from graphql import GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues

from api.access.policy import Access, Actor
from api.compiler.awaited import Services, Surroundings
from api.compiler.context import CompileLimits, Context, FieldTable
from api.compiler.cursors import CursorBox
from api.compiler.operation import Operation, Signature
from api.compiler.parameters import Request
from api.compiler.program import NOTHING, Program, compile_operation
from api.compiler.row_rules import Permissions
from api.documents import Document
from api.execution.answers import Answer
from api.execution.kept_answers import KeptAnswers
from api.telemetry import Telemetry
from graph.model import Model
from graph.store import Store

SHAPES = 64


class Compiled:
    """The programs of one operation, by access and shape of variables; those used least recently are dropped."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self._programs: OrderedDict[Hashable, Program] = OrderedDict()

    def program(self, key: Hashable) -> Program:
        """Return the program of a shape; raises `KeyError` when there is none yet."""
        self._programs.move_to_end(key)
        return self._programs[key]

    def keep(self, key: Hashable, program: Program) -> None:
        """Keep the program of a shape."""
        self._programs[key] = program
        if len(self._programs) > SHAPES:
            self._programs.popitem(last=False)


class Executor:
    """Answers operations from the graph; the only way to data that the API has."""

    def __init__(
        self,
        *,
        schema: GraphQLSchema,
        model: Model,
        fields: FieldTable,
        store: Store,
        services: Services,
        cursors: CursorBox,
        bounds: CompileLimits,
        telemetry: Telemetry,
        permissions: Callable[[Access], Permissions],
    ) -> None:
        self._schema = schema
        self._model = model
        self._fields = fields
        self._store = store
        self._kept = KeptAnswers(store)
        self._services = services
        self._cursors = cursors
        self._bounds = bounds
        self._telemetry = telemetry
        self._permissions = permissions
        self._compiled: WeakKeyDictionary[Document, dict[str | None, Compiled]] = WeakKeyDictionary()

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        bookmarks: Sequence[str] = (),
        most_seconds: float | None = None,
    ) -> Answer:
        """Answer an operation with one statement, after its mutations have written.

        Raises `SightlineError` or `GraphQLError`, such as `TAKES_LONG` for a query that is expected to run for longer
        than `most_seconds`.
        """
        compiled = self._of(document, operation)
        values = compiled.signature.coerce(variables)
        program = self._program(document, operation, compiled, values, actor.access)
        if program.effect is not None or program.after is not None:
            return await self._mutate(program, values.coerced, actor, bookmarks)
        found = NOTHING
        if program.prefetches:
            surroundings = Surroundings(self._store, self._services, actor, bookmarks)
            found = await _prefetched(program, Request(values.coerced), surroundings)
        return Answer(data=await self._run(program, values.coerced, found, bookmarks, most_seconds))

    async def _run(
        self,
        program: Program,
        variables: Mapping[str, object],
        found: Mapping[object, object],
        bookmarks: Sequence[str],
        most_seconds: float | None = None,
    ) -> Mapping[str, object]:
        """Return the response's data, from the statement if the program has one."""
        bound = program.bind(variables, found)
        value: Any = program.known
        if program.statement:

            def ask() -> Awaitable[Any]:
                return self._store.read_value(program.statement, {"p": bound.parameters}, bookmarks=bookmarks)

            with self._telemetry.running():
                value = await self._kept.value(
                    program.statement,
                    bound.parameters,
                    ask,
                    costly=program.costly,
                    bookmarks=bookmarks,
                    most_seconds=most_seconds,
                )
        return program.respond(value, bound)

    async def _mutate(
        self, program: Program, variables: Mapping[str, object], actor: Actor, bookmarks: Sequence[str]
    ) -> Answer:
        """Carry out an operation's mutations one after the other, each before its payload is read.

        Whatever can be refused is refused beforehand, before anything is written.
        """
        request = Request(variables)
        for step in program.steps:
            step.bind(variables, {awaited: awaited.blank for awaited in step.awaited})
        marks = bookmarks
        data: dict[str, object] = {}
        for step in program.steps:
            done: dict[object, object] = {}
            surroundings = Surroundings(self._store, self._services, actor, marks)
            if step.effect is not None:
                done[step.effect] = await step.effect.carry_out(request, surroundings)
                marks = sorted(self._store.last_bookmarks())
                surroundings = Surroundings(self._store, self._services, actor, marks)
            found = {**done, **await _prefetched(step, request, surroundings)}
            data |= await self._run(step, variables, found, marks)
        return Answer(data=data, extensions={"bookmarks": marks})

    def _of(self, document: Document, operation: OperationDefinitionNode) -> Compiled:
        operations = self._compiled.setdefault(document, {})
        name = operation.name.value if operation.name else None
        if name not in operations:
            operations[name] = Compiled(
                Signature(self._schema, document, operation, self._cursors, shaping=self._fields.shaping)
            )
        return operations[name]

    def _program(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        compiled: Compiled,
        values: VariableValues,
        access: Access,
    ) -> Program:
        key = (access, compiled.signature.shape(values))
        try:
            program = compiled.program(key)
        except KeyError:
            with self._telemetry.compiling():
                program = self._compile(document, operation, compiled, values, access)
            compiled.keep(key, program)
            self._telemetry.metrics.program_miss.inc()
        else:
            self._telemetry.metrics.program_hit.inc()
        return program

    def _compile(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        compiled: Compiled,
        values: VariableValues,
        access: Access,
    ) -> Program:
        symbolic = compiled.signature.symbolic(values)
        permissions = self._permissions(access)
        context = Context(
            model=self._model,
            fields=self._fields,
            operation=Operation(self._schema, document, operation, symbolic),
            access=permissions.access,
            rules=permissions.rules,
            bounds=self._bounds,
            cursors=self._cursors,
        )
        return compile_operation(context)


async def _prefetched(program: Program, request: Request, surroundings: Surroundings) -> dict[object, object]:
    """Return what a program's prefetches find, by prefetch."""
    return {one: await one.find(request, surroundings) for one in program.prefetches}
