"""The root fields of findings: indicators, triage, and what a mutation's payload shows after it was carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.context import DEFAULT_PAGE, Context
from api.compiler.filters import condition
from api.compiler.objects import TYPENAME, node_part
from api.compiler.operation import Selection
from api.compiler.paging import number_of
from api.compiler.parts import Part, optional, record
from api.compiler.shapes import Bound, Listed, Made
from api.compiler.slots import Constant, Variables
from graph.cypher import (
    NULL,
    TRUE,
    ListOf,
    Literal,
    Match,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Unwind,
    Variable,
    With,
    both,
    call,
    collect,
    first,
    infix,
    known,
    returning,
)
from graph.model import Node
from graph.touched import WEIGHT
from queries.findings.statements import ACTIVE
from queries.findings.thresholds import Indicator, as_json
from queries.question import AS_OF

OUTCOMES = "\0outcomes"
"""The name, which no variable has, under which a request's values hold what became of its mutations."""
_PARTS = Constant(10)
"""How many indicators are taken to have findings about a child, in the account of what an operation costs."""


# --- indicators ---------------------------------------------------------------------------------------------------


def indicators_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for the indicators: everything but the numbers of findings is known beforehand."""
    fields = ctx.operation.fields(selection, "Indicator")
    makers = {field.key: _indicator_field(ctx, field) for field in fields}
    counted = any(field.name == "findings" for field in fields)

    def make(counts: Any, _: Bound) -> list[dict[str, Any]]:
        return [{key: field(one, counts) for key, field in makers.items()} for one in ctx.indicators]

    return Part(_counts() if counted else NULL, Made(make))


def _counts() -> Printable:
    finding, name, status = Variable("f"), Variable("name"), Variable("status")
    number = Variable("number")
    own, stands = PropertyOf(finding, "indicator"), PropertyOf(finding, "status")
    where = both([known(own), known(stands), known(PropertyOf(finding, "key"))])
    grouped = With(((own, name), (stands, status), (call("count", finding), number)))
    return collect(Match(finding, "Finding", where=where), grouped, returning(ListOf((name, status, number))))


def _indicator_field(ctx: Context, field: Selection) -> Callable[[Indicator, Any], Any]:
    if field.name == "parameters":
        names = {one.key: one.name for one in ctx.operation.fields(field, "IndicatorParameter")}
        return lambda one, _: [_chosen(row, names) for row in _parameters(one)]
    if field.name == "findings":
        names = {one.key: one.name for one in ctx.operation.fields(field, "FindingCount")}
        return lambda one, counts: [
            _chosen({TYPENAME: "FindingCount", "status": status, "count": number}, names)
            for name, status, number in sorted(counts)
            if name == one.name
        ]
    return lambda one, _: _described(one)[field.name]


def _described(one: Indicator) -> Mapping[str, object]:
    question = one.question
    return {
        TYPENAME: "Indicator",
        "name": one.name,
        "title": question.title,
        "question": question.text,
        "severity": question.severity.value,
        "weight": one.weight,
        "source": question.source,
    }


def _parameters(one: Indicator) -> list[Mapping[str, object]]:
    return [
        {
            TYPENAME: "IndicatorParameter",
            "name": parameter.name,
            "type": parameter.type,
            "description": parameter.doc,
            "value": as_json(one.thresholds[parameter.name]),
            "default": None if parameter.default is None else as_json(parameter.default),
        }
        for parameter in one.question.parameters
        if parameter.name != AS_OF
    ]


def _chosen(row: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    return {key: row[name] for key, name in names.items()}


# --- triage -------------------------------------------------------------------------------------------------------


def triage_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for the children whose findings weigh most, in the order of the index on their weight."""
    number = number_of(selection, "first", ctx.bounds.page, default=DEFAULT_PAGE)
    child = Variable("c")
    weight, key = PropertyOf(child, WEIGHT), PropertyOf(child, "key")
    wanted = selection.given("filter")
    node = ctx.model.node("Child")
    where = condition(ctx, node, child, wanted, sure=True) if isinstance(wanted, Mapping) else TRUE
    with ctx.page(number):
        row = record({f.key: _triage_field(ctx, f, node, child) for f in ctx.operation.fields(selection, "TriageRow")})
    rows = collect(
        Match(child, "Child", where=both([known(weight), known(key), where])),
        With((child,), order=(Order(weight, descending=True), Order(key)), limit=Parameter(number)),
        returning(row.expression),
    )
    return Part(rows, Listed(row.shape))


def _triage_field(ctx: Context, field: Selection, node: Node, child: Variable) -> Part:
    if field.name == TYPENAME:
        return Part(Literal("TriageRow"))
    if field.name == "weight":
        return Part(PropertyOf(child, WEIGHT))
    if field.name == "child":
        return node_part(ctx, node, child, ctx.operation.fields(field, "Child"))
    return _triage_parts(ctx, field, child)


def _triage_parts(ctx: Context, selection: Selection, child: Variable) -> Part:
    finding, name, severity = Variable("f"), Variable("indicator"), Variable("severity")
    weight, found = Variable("weight"), Variable("found")
    active = infix("IN", PropertyOf(finding, "status"), ListOf(tuple(Literal(one) for one in ACTIVE)))
    with ctx.page(_PARTS):
        values: dict[str, Printable] = {
            "indicator": name,
            "severity": severity,
            "weight": weight,
            "count": call("size", found),
        }
        fields = {f.key: _part_field(ctx, f, values, found) for f in ctx.operation.fields(selection, "TriagePart")}
    row = record(fields)
    grouped = With(
        (
            (PropertyOf(finding, "indicator"), name),
            (PropertyOf(finding, "severity"), severity),
            (call("sum", PropertyOf(finding, "weight")), weight),
            (call("collect", finding), found),
        ),
        order=(Order(weight, descending=True), Order(name)),
    )
    rows = collect(
        Match(child, steps=(Step("HAS_SUBJECT", "<", finding),), where=active),
        With((finding,), order=(Order(PropertyOf(finding, "key")),)),
        grouped,
        returning(row.expression),
    )
    return Part(rows, Listed(row.shape))


def _part_field(ctx: Context, field: Selection, values: Mapping[str, Printable], found: Variable) -> Part:
    if field.name == TYPENAME:
        return Part(Literal("TriagePart"))
    if field.name in values:
        return Part(values[field.name])
    one = Variable("f")
    with ctx.page(_PARTS):
        part = node_part(ctx, ctx.model.node("Finding"), one, ctx.operation.fields(field, "Finding"))
    return Part(collect(Unwind(found, one), returning(part.expression)), Listed(part.shape))


# --- payloads of mutations ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeSlot:
    """What became of a mutation, by its key in the response: a part of its outcome."""

    response: str
    part: str

    def value(self, variables: Variables) -> object:
        """Return the part."""
        outcomes = variables[OUTCOMES]
        assert isinstance(outcomes, Mapping)
        return getattr(outcomes[self.response], self.part)


def mutation_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for a mutation's payload, read after it was carried out."""
    if selection.name == TYPENAME:
        return Part(Literal("Mutation"))
    payload = f"{selection.name[0].upper()}{selection.name[1:]}Payload"
    fields = ctx.operation.fields(selection, payload)
    return record({field.key: _payload_field(ctx, selection, field, payload) for field in fields})


def _payload_field(ctx: Context, selection: Selection, field: Selection, payload: str) -> Part:
    if field.name == TYPENAME:
        return Part(Literal(payload))
    if field.name == "errors":
        return _errors(ctx, selection, ctx.operation.fields(field, "MutationError"))
    finding = Variable("f")
    part = node_part(ctx, ctx.model.node("Finding"), finding, ctx.operation.fields(field, "Finding"))
    key = Parameter(OutcomeSlot(selection.key, "key"))
    match = Match(finding, "Finding", where=infix("=", PropertyOf(finding, "key"), key))
    return optional(part, first(match, returning(part.expression)))


def _errors(ctx: Context, selection: Selection, fields: Sequence[Selection]) -> Part:
    slot = ctx.local(OutcomeSlot(selection.key, "errors"))
    names = {field.key: field.name for field in fields}

    def make(_: Any, bound: Bound) -> list[dict[str, Any]]:
        return [
            _chosen(
                {TYPENAME: "MutationError", "code": one.code, "message": one.message, "path": list(one.path)}, names
            )
            for one in bound.local(slot)
        ]

    return Part(NULL, Made(make))
