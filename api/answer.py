"""Answering: a valid operation is compiled (once for each shape of its variables), run as one statement, shaped."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from typing import cast
from weakref import WeakKeyDictionary

from graphql import GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues

from api.compiler.context import Bounds, Context
from api.compiler.findings import OUTCOMES
from api.compiler.objects import TYPENAME
from api.compiler.operation import Operation, Signature
from api.compiler.program import Program, compile_operation
from api.compiler.rings import as_rows
from api.compiler.slots import resolved
from api.cursors import CursorBox
from api.documents import Document
from api.execution import Answer
from api.mutations import Mutations, Outcome
from api.policy import Access, Actor
from api.telemetry import Telemetry
from graph.errors import BadInput
from graph.model import Model
from graph.rings import Rings
from graph.store import Store
from queries.findings.thresholds import Indicator
from queries.question import Question

SHAPES = 64


class Compiled:
    """The programs of one operation, by access and shape of variables; the least recently used are forgotten."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self._programs: OrderedDict[Hashable, Program | None] = OrderedDict()

    def program(self, key: Hashable) -> Program | None:
        """Return the program of a shape; raises `KeyError` when there is none yet."""
        self._programs.move_to_end(key)
        return self._programs[key]

    def keep(self, key: Hashable, program: Program | None) -> None:
        """Remember the program of a shape."""
        self._programs[key] = program
        if len(self._programs) > SHAPES:
            self._programs.popitem(last=False)


class CompilingAnswerer:
    """Answers operations from the graph; the only way to data that the API has."""

    def __init__(
        self,
        *,
        schema: GraphQLSchema,
        model: Model,
        questions: Mapping[str, Question],
        store: Store,
        cursors: CursorBox,
        bounds: Bounds,
        telemetry: Telemetry,
        indicators: Sequence[Indicator] = (),
        mutations: Mutations | None = None,
    ) -> None:
        self._schema = schema
        self._model = model
        self._questions = questions
        self._store = store
        self._rings = Rings(store)
        self._cursors = cursors
        self._bounds = bounds
        self._telemetry = telemetry
        self._indicators = tuple(indicators)
        self._mutations = mutations
        self._compiled: WeakKeyDictionary[Document, dict[str | None, Compiled]] = WeakKeyDictionary()

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        bookmarks: Sequence[str] = (),
    ) -> Answer:
        """Answer an operation with one statement, after what mutations write.

        Raises `SightlineError` or `GraphQLError`.
        """
        compiled = self._of(document, operation)
        values = compiled.signature.coerce(variables)
        program = self._program(document, operation, compiled, values, actor.access)
        if program is None:
            return Answer(data={})
        if program.mutation:
            return await self._mutate(program, values.coerced, actor)
        known: Mapping[str, object] = values.coerced
        if program.rings:
            known = {**known, **await self._found(program, known, bookmarks)}
        bound = program.bind(known)
        with self._telemetry.running():
            value = await self._store.read_value(program.statement, {"p": bound.parameters}, bookmarks=bookmarks)
        return Answer(data=program.respond(value, bound))

    async def _mutate(self, program: Program, variables: Mapping[str, object], actor: Actor) -> Answer:
        """Carry out an operation's mutations one after the other, each before its payload is read.

        Everything that can be refused beforehand is: then nothing is written.
        """
        if self._mutations is None:
            raise BadInput("Nothing can be changed here; send a query.")
        keys = [one.mutation.key for one in program.steps if one.mutation]
        outcomes = dict.fromkeys(keys, Outcome())
        program.bind({**variables, OUTCOMES: outcomes})
        data: dict[str, object] = {}
        for step in program.steps:
            if step.mutation and step.mutation.name != TYPENAME:
                arguments = cast(Mapping[str, object], resolved(step.mutation.arguments, variables))
                outcomes[step.mutation.key] = await self._mutations(step.mutation.name, arguments, actor)
            bound = step.bind({**variables, OUTCOMES: outcomes})
            marks = self._mutations.bookmarks()
            with self._telemetry.running():
                value = await self._store.read_value(step.statement, {"p": bound.parameters}, bookmarks=marks)
            data |= step.respond(value, bound)
        return Answer(data=data, extensions={"bookmarks": self._mutations.bookmarks()})

    async def _found(
        self, program: Program, variables: Mapping[str, object], bookmarks: Sequence[str]
    ) -> dict[str, object]:
        """Return the rings that a program takes with the variables, found as they are asked for."""
        found: dict[str, object] = {}
        for wanted in program.rings:
            day, least, degree = wanted.asked(variables)
            rings = await self._rings.of(day, min_sponsors=least, max_degree=degree, bookmarks=bookmarks)
            found[wanted.name] = as_rows(rings)
        return found

    def _of(self, document: Document, operation: OperationDefinitionNode) -> Compiled:
        operations = self._compiled.setdefault(document, {})
        name = operation.name.value if operation.name else None
        if name not in operations:
            operations[name] = Compiled(Signature(self._schema, document, operation, self._cursors))
        return operations[name]

    def _program(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        compiled: Compiled,
        values: VariableValues,
        access: Access,
    ) -> Program | None:
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
    ) -> Program | None:
        symbolic = compiled.signature.symbolic(values)
        context = Context(
            model=self._model,
            questions=self._questions,
            operation=Operation(self._schema, document, operation, symbolic),
            access=access,
            bounds=self._bounds,
            cursors=self._cursors,
            indicators=self._indicators,
        )
        return compile_operation(context)
