"""Compiling: an operation becomes one statement that returns one record, and the shape of its response. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, cast

from api.compiler.context import Context
from api.compiler.findings import mutation_part
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.rings import RingsWanted
from api.compiler.roots import root_part
from api.compiler.shapes import Bound, Make, maker
from api.compiler.slots import Constant, Slot, Variables
from graph.cypher import FIRST_ITEM, Printer, returning
from graph.errors import CostLimitExceeded

PREFIX = "CYPHER 25"
INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Values:
    """The values of slots: those that are the same in every request, and which slots fill in the others."""

    names: tuple[int, ...]
    constants: tuple[object, ...]
    others: tuple[tuple[int, Slot], ...]

    @classmethod
    def from_slots(cls, slots: Iterable[Slot]) -> Values:
        """Return the values of slots, each named by its identity."""
        slots = tuple(slots)
        constants = tuple(slot.constant if isinstance(slot, Constant) else None for slot in slots)
        others = tuple((place, slot) for place, slot in enumerate(slots) if not isinstance(slot, Constant))
        return cls(tuple(map(id, slots)), constants, others)

    def of(self, variables: Variables) -> list[object]:
        """Return the values for one request, in the slots' order; raises `BadInput`."""
        values = list(self.constants)
        for place, slot in self.others:
            values[place] = slot.value(variables)
        return values


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled operation: its statement, where the statement's values come from, and what makes the response.

    A `mutation` is to be carried out first; `after` is the program of the one that follows it.
    `rings` are to be found first, and given with the variables by their names.
    """

    statement: str
    make: Make
    parameters: Values
    locals: Values
    costs: tuple[Values, ...]
    most: int
    mutation: Selection | None = None
    after: Program | None = None
    rings: tuple[RingsWanted, ...] = ()

    def bind(self, variables: Variables) -> Bound:
        """Return the values for one request.

        Raises `BadInput` for a value that cannot be used, `CostLimitExceeded` when the pages multiply to too much.
        """
        cost = sum(prod(cast(list[int], sizes.of(variables))) for sizes in self.costs)
        if cost > self.most:
            raise CostLimitExceeded(
                f"The operation's pages multiply to {cost:,} rows; the limit is {self.most:,}: ask for smaller pages."
            )
        local = dict(zip(self.locals.names, self.locals.of(variables), strict=True))
        return Bound(self.parameters.of(variables), local)

    @property
    def steps(self) -> tuple[Program, ...]:
        """The programs of the operation's mutations, in their order."""
        return (self, *(self.after.steps if self.after else ()))

    def respond(self, value: Any, bound: Bound) -> Mapping[str, object]:
        """Return the response's data for the record's value."""
        data: Mapping[str, object] = self.make(value, bound)
        return data


def compile_operation(ctx: Context) -> Program | None:
    """Return the program of an operation; `None` when it asks for nothing but the schema itself.

    Raises `BadInput`, `Forbidden`, `CostLimitExceeded`, or a `GraphQLError` for a wrong argument.
    """
    roots = [root for root in ctx.operation.roots() if root.name not in INTROSPECTION]
    if not roots:
        return None
    if not ctx.operation.mutates:
        return _program(ctx, record({root.key: root_part(ctx, root) for root in roots}))
    program = None
    for root, part in reversed([(root, mutation_part(ctx, root)) for root in roots]):
        program = _program(ctx, record({root.key: part}), mutation=root, after=program)
    return program


def _program(ctx: Context, part: Part, *, mutation: Selection | None = None, after: Program | None = None) -> Program:
    out = Printer()
    text = returning(part.expression).print(out)
    return Program(
        statement=f"{PREFIX}\n{text}",
        make=maker(part.shape),
        parameters=Values.from_slots([Constant(FIRST_ITEM), *(cast(Slot, slot) for slot in out.slots)]),
        locals=Values.from_slots(ctx.locals),
        costs=tuple(map(Values.from_slots, ctx.costs)),
        most=ctx.bounds.cost,
        mutation=mutation,
        after=after,
        rings=tuple(ctx.rings),
    )
