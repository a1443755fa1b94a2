"""The questions of the library as root fields: the body in a subquery, and its rows as a connection.

The library has already checked names and types: no question has the name of another field or type of the API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from api.access.questions import check_column
from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.keyset import OrderKey, identifying, with_tie
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Constant, Today, ValueSource, converted, slot_of
from api.compiler.projection import Projection, optional, record
from api.compiler.row_sources import Asked, Kept, question_rows
from api.compiler.ruled_questions import permitted
from api.compiler.shapes import Binding, Made
from api.compiler.values import returned
from api.fields.connection import PAGING, ConnectionType
from api.fields.field import Capability, CompiledObject, Field, MadeObject, told
from api.fields.standing_rows import standing_rows
from api.schema.registry import Argument
from api.schema.sense import Sense
from graph.cypher import NULL, Case, Literal, Parameter, PropertyOf, Variable, count, infix, is_not_null
from graph.cypher.printer import Printer
from graph.model import Property
from graph.writing.derived_marks import derived_hold
from queries.findings.thresholds import Indicator
from queries.library.check import read_derived
from queries.library.cypher_text import replace_parameters
from queries.library.question import AS_OF, GROWN_UP, TODAY, Column, Question
from queries.library.question import Parameter as Threshold

KINDS: dict[str, type] = {"Date": date, "DateTime": datetime, "Int": int, "Float": float, "Boolean": bool}
Slots = Mapping[str, ValueSource]
"""The sources of the values of a question's parameters, by name."""


def row_stem(question: Question) -> str:
    """Return the stem of a question's types: `<stem>Connection`, `<stem>Edge` and, for its rows, `<stem>Row`."""
    return question.name[0].upper() + question.name[1:]


def capability(questions: Sequence[Question], indicators: Sequence[Indicator] = ()) -> Capability:
    """Return the root field of each question, its row and its connection; sweeps ask the `indicators`."""
    swept = {one.name: one for one in indicators}
    fields = [Asking.of(question, swept.get(question.name)) for question in questions]
    return Capability(types=(RULE, *(one.connection for one in fields)), queries=[one.field for one in fields])


@dataclass(frozen=True)
class Asking:
    """A question as a field: its connection, whose row has a field for each column."""

    question: Question
    connection: ConnectionType
    indicator: Indicator | None = None

    @classmethod
    def of(cls, question: Question, indicator: Indicator | None = None) -> Asking:
        """Return the field of a question, which sweeps ask as this indicator if they do."""
        stem = row_stem(question)
        row: CompiledObject[[Columns]] = CompiledObject(
            f"{stem}Row",
            f"A row of: {_sentence(question.title)} {question.text}",
            [_column_field(question, column) for column in question.columns],
        )
        grown_up = any(one.name == GROWN_UP for one in question.parameters)
        beside = (_RULES, _LEFT_OUT) if grown_up else (_RULES,)
        return cls(question, ConnectionType(stem, row, f"rows of: {question.title.rstrip('.')}", beside), indicator)

    def _kept(self, ctx: Context, question: Question, slots: Slots) -> Iterator[Kept]:
        """Yield what is kept of the question's rows: its findings, which are nobody's own, and counts."""
        if self.indicator and not ctx.access.rows and (standing := standing_rows(self.indicator, slots)):
            yield standing
        if kept := question.by_kept_counts:
            body = Body(kept.body, slots)
            derived = read_derived(kept, ctx.model).values()
            yield Kept(derived_hold(derived, Parameter(slots[AS_OF])), lambda _: body, body)

    @property
    def field(self) -> Field[[], Projection]:
        """The root field."""
        question = self.question
        return Field(
            question.name,
            f"{self.connection.name}!",
            f"{_sentence(question.title)} {_sentence(question.text)} Source: {_sentence(question.source)}",
            self._part,
            (*(_argument(parameter) for parameter in question.parameters), *PAGING),
        )

    def _part(self, ctx: Context, selection: Selection) -> Projection:
        """Return the projection of the question's connection; raises `Forbidden` if it reads what the actor may not."""
        question = permitted(ctx, self.question)
        ctx.costly = ctx.costly or bool(question.scans)
        names = {column.name: Variable(column.name.lower()) for column in question.columns}
        tie = [_tie(ctx, _column(question, name), names[name]) for name in question.key]
        order = [
            _order_key(_column(question, part.column), names[part.column], descending=part.descending)
            for part in question.order
        ]
        slots = {parameter.name: _slot(parameter, selection) for parameter in question.parameters}
        asked = Asked(Body(question.body, slots), tuple(self._kept(ctx, question, slots)))
        row = self.connection.row
        rows = Rows(
            coordinate=f"Query.{question.name}",
            stem=self.connection.stem,
            keys=with_tie(order, tie),
            read=question_rows([(Variable(name, fixed=True), variable) for name, variable in names.items()], asked),
            node=lambda fields: record(row.plans(ctx, fields, names)),
            node_type=row.name,
            beside={
                one.name: partial(one.compile, ctx, question=question, slots=slots) for one in self.connection.beside
            },
        )
        return connection_part(ctx, rows, selection)


Columns = Mapping[str, Variable]
"""The variables of a question's columns, by their names."""


def _column_field(question: Question, column: Column) -> Field[[Columns], Projection]:
    """Return the field of a column; a column that identifies the row is never null."""
    sure = column.name in question.key
    kind = column.type.rstrip("!")

    def compiled(ctx: Context, selection: Selection, names: Columns) -> Projection:
        check_column(ctx.model, ctx.access, question, column.name)
        variable = names[column.name]
        if kind not in ctx.model.labels:
            return Projection(returned(Property(column.name, KINDS.get(kind, str), ""), variable))
        part = node_part(ctx, ctx.model.node(kind), variable, ctx.operation.fields(selection, kind))
        return part if sure else optional(part, Case(is_not_null(variable), part.expression, NULL))

    return Field(column.name, f"{kind}!" if sure else column.type, column.doc, compiled)


def _order_key(column: Column, variable: Variable, *, descending: bool = False) -> OrderKey:
    return OrderKey(variable, KINDS.get(column.kind, str), descending, nullable=not column.type.endswith("!"))


def _column(question: Question, name: str) -> Column:
    return next(column for column in question.columns if column.name == name)


def _tie(ctx: Context, column: Column, variable: Variable) -> OrderKey:
    if column.type.rstrip("!") in ctx.model.labels:
        return identifying(PropertyOf(variable, "key"))
    return _order_key(column, variable)


def _left_out(ctx: Context, selection: Selection, question: Question, slots: Slots) -> Projection:
    """Return the projection of the number of rows left out because they are about people who have turned 18."""
    total, without = (count(Body(question.body, {**slots, GROWN_UP: Constant(whether)})) for whether in (True, False))
    return Projection(Case(Parameter(slots[GROWN_UP]), Literal(0), infix("-", total, without)))


def _rules(ctx: Context, selection: Selection, question: Question, slots: Slots) -> Projection:
    """Return the projection of the rules that are in force on the `asOf` day."""
    make = RULE.maker(ctx, selection)
    day = ctx.local(slots[AS_OF]) if AS_OF in slots else None

    def made(_: object, bound: Binding) -> list[object]:
        rules = question.rules if day is None else question.rules_on(bound.local(day))
        return [make(rule, bound) for rule in rules]

    return Projection(NULL, Made(made))


def _slot(parameter: Threshold, selection: Selection) -> ValueSource:
    given = selection.given(parameter.name)
    if given is not None:
        return converted(slot_of(given), parameter.validate)
    return Today() if parameter.default == TODAY else Constant(parameter.default)


def _argument(parameter: Threshold) -> Argument:
    doc = _sentence(parameter.doc)
    for words, end in (("At least", parameter.minimum), ("At most", parameter.maximum)):
        if end is not None:
            doc = f"{doc} {words} {end}."
    sense = Sense(personal=parameter.personal)
    if parameter.default == TODAY:
        return Argument(parameter.name, parameter.type, f"{doc} Today in UTC unless given.", sense=sense)
    if parameter.required:
        return Argument(parameter.name, f"{parameter.type}!", doc, sense=sense)
    return Argument(parameter.name, parameter.type, doc, parameter.default, sense)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


@dataclass(frozen=True, slots=True)
class Body:
    """A question's body, whose parameters become parameters of the statement."""

    text: str
    slots: Slots

    def print(self, out: Printer) -> str:
        """Return the body with each `$name` replaced."""
        return replace_parameters(self.text, {name: out.parameter(slot) for name, slot in self.slots.items()})


RULE: MadeObject[[]] = MadeObject(
    "Rule",
    "A published rule that a question rests on.",
    (
        told("citation", "String!", "Where it stands.", lambda rule: rule.citation),
        told("text", "String!", "What it asks for.", lambda rule: rule.doc),
        told(
            "inForceFrom",
            "Date",
            "First day on which it is in force; null when unknown.",
            lambda rule: rule.since and rule.since.isoformat(),
        ),
        told(
            "inForceUntil",
            "Date",
            "Last day on which it is; null while it is, or when unknown.",
            lambda rule: rule.until and rule.until.isoformat(),
        ),
        told(
            "secondary",
            "Boolean!",
            "Whether the text itself was not read, but what others report of it.",
            lambda rule: rule.secondary,
        ),
    ),
)
_RULES = Field(
    "rules", "[Rule!]!", "The published rules that it rests on and that are in force on the day asked about.", _rules
)
_LEFT_OUT = Field(
    "grownUpLeftOut",
    "Int!",
    "Rows left out because they are about people who have turned 18; counted only when asked for.",
    _left_out,
)
