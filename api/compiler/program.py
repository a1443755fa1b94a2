"""Compiles an operation to one statement that returns one record, and the shape of its response; does no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any, cast

from api.compiler.awaited import Awaited, Effect, Prefetch
from api.compiler.context import Context
from api.compiler.objects import TYPENAME
from api.compiler.operation import Selection
from api.compiler.parameters import Constant, Request, ValueSource
from api.compiler.projection import Projection, record
from api.compiler.shapes import Binding, Make, maker
from graph.cypher import FIRST_ITEM, ListOf, Literal, Printable, Printer, returning
from graph.errors import CostLimitExceeded

PREFIX = "CYPHER 25"
NOTHING: Mapping[object, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Values:
    """The values of sources: those that are the same in every request, and the sources of the others."""

    names: tuple[int, ...]
    constants: tuple[object, ...]
    others: tuple[tuple[int, ValueSource], ...]

    @classmethod
    def from_slots(cls, slots: Iterable[ValueSource]) -> Values:
        """Return the values of these sources, each identified by its object identity."""
        slots = tuple(slots)
        constants = tuple(slot.constant if isinstance(slot, Constant) else None for slot in slots)
        others = tuple((place, slot) for place, slot in enumerate(slots) if not isinstance(slot, Constant))
        return cls(tuple(map(id, slots)), constants, others)

    def of(self, request: Request) -> list[object]:
        """Return the values for one request, in the order of the sources; raises `BadInput`."""
        values = list(self.constants)
        for place, slot in self.others:
            values[place] = slot.value(request)
        return values


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled operation: its statement, where the statement's values come from, and what makes the response.

    What the `prefetches` find is passed in with the variables. An operation that needs nothing from the graph has no
    statement: the response is then made from the value in `known`. An `effect` is carried out before the statement
    runs; `after` is the program of the mutation that follows. A `costly` statement reads much of the graph.
    """

    statement: str
    make: Make
    parameters: Values
    locals: Values
    costs: tuple[Values, ...]
    most: int
    known: Sequence[object] = ()
    prefetches: tuple[Prefetch, ...] = ()
    effect: Effect | None = None
    after: Program | None = None
    costly: bool = False

    def bind(self, variables: Mapping[str, object], found: Mapping[object, object] = NOTHING) -> Binding:
        """Return the values for one request, given what was found for it.

        Raises `BadInput` for a value that cannot be used, and `CostLimitExceeded` when the product of page sizes is too
        large.
        """
        request = Request(variables, found)
        cost = sum(prod(cast(list[int], sizes.of(request))) for sizes in self.costs)
        if cost > self.most:
            raise CostLimitExceeded(
                f"The operation's pages multiply to {cost:,} rows; the limit is {self.most:,}: ask for smaller pages."
            )
        local = dict(zip(self.locals.names, self.locals.of(request), strict=True))
        return Binding(self.parameters.of(request), local)

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """What must be awaited before the program can be bound to values."""
        return self.prefetches if self.effect is None else (*self.prefetches, self.effect)

    @property
    def steps(self) -> tuple[Program, ...]:
        """The programs of the operation's mutations, in order."""
        return (self, *(self.after.steps if self.after else ()))

    def respond(self, value: Any, bound: Binding) -> Mapping[str, object]:
        """Return the response's data for the record's value."""
        data: Mapping[str, object] = self.make(value, bound)
        return data


def compile_operation(ctx: Context) -> Program:
    """Return the program of an operation.

    Raises `BadInput`, `Forbidden`, `CostLimitExceeded`, or a `GraphQLError` for a wrong argument.
    """
    roots = ctx.operation.roots()
    if not ctx.operation.mutates:
        return _program(ctx, {root.key: _query(ctx, root) for root in roots})
    steps = [_Step.compile(ctx.step(), root) for root in roots]
    program = None
    for step in reversed(steps):
        program = _program(step.ctx, {step.key: step.part}, effect=step.effect, after=program)
    return program or _program(ctx, {})


def _query(ctx: Context, root: Selection) -> Projection:
    return Projection(Literal("Query")) if root.name == TYPENAME else ctx.fields.queries[root.name](ctx, root)


@dataclass(frozen=True, slots=True)
class _Step:
    """A mutation of an operation, compiled by itself."""

    ctx: Context
    key: str
    part: Projection
    effect: Effect | None

    @classmethod
    def compile(cls, ctx: Context, root: Selection) -> _Step:
        if root.name == TYPENAME:
            return cls(ctx, root.key, Projection(Literal("Mutation")), None)
        effect, part = ctx.fields.mutations[root.name](ctx, root)
        return cls(ctx, root.key, part, effect)


def _program(
    ctx: Context, parts: Mapping[str, Projection], *, effect: Effect | None = None, after: Program | None = None
) -> Program:
    part = record(parts)
    out = Printer()
    known = _known(part.expression)
    statement = "" if known is not None else f"{PREFIX}\n{returning(part.expression).print(out)}"
    return Program(
        statement=statement,
        make=maker(part.shape),
        parameters=Values.from_slots([Constant(FIRST_ITEM), *(cast(ValueSource, source) for source in out.sources)]),
        locals=Values.from_slots(ctx.locals),
        costs=tuple(map(Values.from_slots, ctx.costs)),
        most=ctx.bounds.cost,
        known=known or (),
        prefetches=tuple(ctx.prefetches),
        effect=effect,
        after=after,
        costly=ctx.costly,
    )


def _known(expression: Printable) -> Sequence[object] | None:
    """Return the value of a record of constants; `None` for a record that must be read from the graph."""
    assert isinstance(expression, ListOf)
    values = [item.value for item in expression.items if isinstance(item, Literal)]
    return values if len(values) == len(expression.items) else None
