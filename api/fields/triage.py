"""Triage: the children whose findings have the greatest total weight, and what makes up each weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.filters import condition
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.projection import Projection
from api.compiler.shapes import Listed
from api.fields.field import Capability, CompiledObject, Field
from api.schema.limits import DEFAULT_PAGE, PageSize
from api.schema.registry import Argument
from graph.cypher import (
    TRUE,
    ListOf,
    Literal,
    Order,
    Parameter,
    PropertyOf,
    Step,
    Unwind,
    Variable,
    With,
    all_of,
    call,
    collect,
    infix,
    is_not_null,
    returning,
)
from graph.errors import Forbidden
from graph.model.findings import FINDING
from graph.writing.touched import WEIGHT
from queries.findings.weighing import ACTIVE

_PARTS = Constant(10)
"""How many indicators are assumed to have findings about a child, when an operation's cost is counted."""
FIRST = Argument("first", "Int", "Number of rows, {limit}.", DEFAULT_PAGE, limit=PageSize())


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Findings of one indicator and severity about a child, in a statement."""

    indicator: Variable
    severity: Variable
    weight: Variable
    found: Variable


def triage_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the children with the greatest weights, in the order of the index on the weight.

    Raises `Forbidden` when the actor may not see all findings, because a child's weight is the sum of all of them.
    """
    if FINDING.label in ctx.rules:
        raise Forbidden("Your role does not see all findings, whose weights make this order; ask for other fields.")
    number = argument_slot(ctx, selection, FIRST)
    child = Variable("c")
    weight, key = PropertyOf(child, WEIGHT), PropertyOf(child, "key")
    wanted = selection.given("filter")
    node = ctx.model.node("Child")
    where = condition(ctx, node, child, wanted, sure=True) if isinstance(wanted, Mapping) else TRUE
    with ctx.page(number):
        row = ROW.part(ctx, selection, child)
    rows = collect(
        ctx.match(child, "Child", where=all_of([is_not_null(weight), is_not_null(key), where])),
        With((child,), order=(Order(weight, descending=True), Order(key)), limit=Parameter(number)),
        returning(row.expression),
    )
    return Projection(rows, Listed(row.shape))


def _child(ctx: Context, selection: Selection, child: Variable) -> Projection:
    return node_part(ctx, ctx.model.node("Child"), child, ctx.operation.fields(selection, "Child"))


def _parts(ctx: Context, selection: Selection, child: Variable) -> Projection:
    finding = Variable("f")
    weighed = _Weighed(Variable("indicator"), Variable("severity"), Variable("weight"), Variable("found"))
    active = infix("IN", PropertyOf(finding, "status"), ListOf(tuple(Literal(one) for one in ACTIVE)))
    with ctx.page(_PARTS):
        row = PART.part(ctx, selection, weighed)
    grouped = With(
        (
            (PropertyOf(finding, "indicator"), weighed.indicator),
            (PropertyOf(finding, "severity"), weighed.severity),
            (call("sum", PropertyOf(finding, "weight")), weighed.weight),
            (call("collect", finding), weighed.found),
        ),
        order=(Order(weighed.weight, descending=True), Order(weighed.indicator)),
    )
    rows = collect(
        ctx.match(child, steps=(Step("HAS_SUBJECT", "<", finding),), where=active),
        With((finding,), order=(Order(PropertyOf(finding, "key")),)),
        grouped,
        returning(row.expression),
    )
    return Projection(rows, Listed(row.shape))


def _findings(ctx: Context, selection: Selection, weighed: _Weighed) -> Projection:
    one = Variable("f")
    with ctx.page(_PARTS):
        part = node_part(ctx, ctx.model.node("Finding"), one, ctx.operation.fields(selection, "Finding"))
    return Projection(collect(Unwind(weighed.found, one), returning(part.expression)), Listed(part.shape))


ROW: CompiledObject[[Variable]] = CompiledObject(
    "TriageRow",
    "A child with what is known that asks for attention.",
    (
        Field("child", "Child!", "The child.", _child),
        Field(
            "weight",
            "Int!",
            "The sum of the parts' weights, by which rows are ordered.",
            lambda ctx, _, child: Projection(PropertyOf(child, WEIGHT)),
        ),
        Field("parts", "[TriagePart!]!", "What makes up the weight, the heaviest first.", _parts),
    ),
)
PART: CompiledObject[[_Weighed]] = CompiledObject(
    "TriagePart",
    "An indicator's findings of one severity about the child that are open, confirmed or reopened.",
    (
        Field(
            "indicator",
            "String!",
            "The question that found them.",
            lambda ctx, _, weighed: Projection(weighed.indicator),
        ),
        Field(
            "severity",
            "Severity!",
            "The severity of these findings.",
            lambda ctx, _, weighed: Projection(weighed.severity),
        ),
        Field("weight", "Int!", "What they count together.", lambda ctx, _, weighed: Projection(weighed.weight)),
        Field("count", "Int!", "How many there are.", lambda ctx, _, weighed: Projection(call("size", weighed.found))),
        Field("findings", "[Finding!]!", "The findings.", _findings),
    ),
)
CAPABILITY = Capability(
    types=(ROW, PART),
    queries=(
        Field(
            "triage",
            "[TriageRow!]!",
            "Children about whom there are findings that are open, confirmed or reopened, those first whose findings "
            "weigh most. Findings on those who have turned 18 weigh nothing. The order says where to look first; "
            "it claims nothing about a child.",
            triage_part,
            (FIRST, Argument("filter", "ChildFilter", "Only children for whom this holds.")),
        ),
    ),
)
