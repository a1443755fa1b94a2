"""Compiling: an operation becomes one statement that returns one record, and the shape of its response. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, cast

from api.compiler.context import Context
from api.compiler.parts import record
from api.compiler.roots import root_part
from api.compiler.shapes import Bound, Make, maker
from api.compiler.slots import Slot, Variables
from graph.cypher import FIRST_ITEM, Printer, returning
from graph.errors import CostLimitExceeded

PREFIX = "CYPHER 25"
INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled operation: its statement, where the statement's values come from, and what makes the response."""

    statement: str
    make: Make
    slots: tuple[Slot, ...]
    locals: tuple[Slot, ...]
    costs: tuple[tuple[Slot, ...], ...]
    most: int

    def bind(self, variables: Variables) -> Bound:
        """Return the values for one request.

        Raises `BadInput` for a value that cannot be used, `CostLimitExceeded` when the pages multiply to too much.
        """
        local = {id(slot): slot.value(variables) for slot in self.locals}
        cost = sum(prod(_number(slot.value(variables)) for slot in sizes) for sizes in self.costs)
        if cost > self.most:
            raise CostLimitExceeded(
                f"The operation's pages multiply to {cost:,} rows; the limit is {self.most:,}: ask for smaller pages."
            )
        return Bound([FIRST_ITEM, *(slot.value(variables) for slot in self.slots)], local)

    def respond(self, value: Any, bound: Bound) -> Mapping[str, object]:
        """Return the response's data for the record's value."""
        data: Mapping[str, object] = self.make(value, bound)
        return data


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def compile_operation(ctx: Context) -> Program | None:
    """Return the program of an operation; `None` when it asks for nothing but the schema itself.

    Raises `BadInput`, `Forbidden`, `CostLimitExceeded`, or a `GraphQLError` for a wrong argument.
    """
    roots = [root for root in ctx.operation.roots() if root.name not in INTROSPECTION]
    if not roots:
        return None
    part = record({root.key: root_part(ctx, root) for root in roots})
    out = Printer()
    text = returning(part.expression).print(out)
    return Program(
        statement=f"{PREFIX}\n{text}",
        make=maker(part.shape),
        slots=tuple(cast(Slot, slot) for slot in out.slots),
        locals=tuple(ctx.locals),
        costs=tuple(ctx.costs),
        most=ctx.bounds.cost,
    )
