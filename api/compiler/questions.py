"""A question of the library as a root field: its body in a subquery, its rows a connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.objects import TYPENAME, node_part
from api.compiler.operation import Selection
from api.compiler.orders import OrderKey, identifying, with_tie
from api.compiler.parts import Part, optional, record
from api.compiler.reading import Asked, question_rows
from api.compiler.slots import Constant, Slot, Today, converted, slot_of
from api.compiler.values import returned
from graph.cypher import NULL, Case, Literal, Parameter, PropertyOf, Variable, known
from graph.cypher.printer import Printer
from graph.holding import counts_hold
from graph.model import Property
from queries.cypher_text import replace_parameters
from queries.question import AS_OF, TODAY, Column, Question

KINDS: dict[str, type] = {"Date": date, "DateTime": datetime, "Int": int, "Float": float, "Boolean": bool}


def question_part(ctx: Context, question: Question, selection: Selection) -> Part:
    """Return the part for a question's connection."""
    stem = question.name[0].upper() + question.name[1:]
    names = {column.name: Variable(column.name.lower()) for column in question.columns}
    tie = [_tie(ctx, _column(question, name), names[name]) for name in question.key]
    order = [
        _order_key(_column(question, part.column), names[part.column], descending=part.descending)
        for part in question.order
    ]
    slots = {parameter.name: _slot(parameter.name, question, selection) for parameter in question.parameters}
    asked = Asked(Body(question.body, slots))
    if question.kept:
        asked = replace(asked, kept=Body(question.kept, slots), holds=counts_hold(Parameter(slots[AS_OF])))

    def row_part(fields: Sequence[Selection]) -> Part:
        return record({field.key: _field(ctx, question, names, field, f"{stem}Row") for field in fields})

    rows = Rows(
        coordinate=f"Query.{question.name}",
        stem=stem,
        keys=with_tie(order, tie),
        read=question_rows([(Variable(name, fixed=True), variable) for name, variable in names.items()], asked),
        node=row_part,
        node_type=f"{stem}Row",
    )
    return connection_part(ctx, rows, selection)


def _order_key(column: Column, variable: Variable, *, descending: bool = False) -> OrderKey:
    return OrderKey(variable, KINDS.get(column.kind, str), descending, nullable=not column.type.endswith("!"))


def _column(question: Question, name: str) -> Column:
    return next(column for column in question.columns if column.name == name)


def _tie(ctx: Context, column: Column, variable: Variable) -> OrderKey:
    if column.type.rstrip("!") in ctx.model.labels:
        return identifying(PropertyOf(variable, "key"))
    return _order_key(column, variable)


def _field(ctx: Context, question: Question, names: dict[str, Variable], field: Selection, type_name: str) -> Part:
    if field.name == TYPENAME:
        return Part(Literal(type_name))
    kind, variable = _column(question, field.name).type.rstrip("!"), names[field.name]
    if kind not in ctx.model.labels:
        return Part(returned(Property(field.name, KINDS.get(kind, str), ""), variable))
    part = node_part(ctx, ctx.model.node(kind), variable, ctx.operation.fields(field, kind))
    if field.name in question.key:
        return part
    return optional(part, Case(known(variable), part.expression, NULL))


def _slot(name: str, question: Question, selection: Selection) -> Slot:
    parameter = next(p for p in question.parameters if p.name == name)
    given = selection.given(name)
    if given is not None:
        return converted(slot_of(given), parameter.validate)
    return Today() if parameter.default == TODAY else Constant(parameter.default)


@dataclass(frozen=True, slots=True)
class Body:
    """A question's body, its parameters read from the statement's own."""

    text: str
    slots: Mapping[str, Slot]

    def print(self, out: Printer) -> str:
        """Return the body with each `$name` replaced."""
        return replace_parameters(self.text, {name: out.parameter(slot) for name, slot in self.slots.items()})
