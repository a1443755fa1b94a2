"""Indicators: the questions that sweeps ask, with the thresholds in use and how many findings each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.awaited import Prefetch, Surroundings
from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parameters import Request
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made, Make
from api.fields.field import Capability, Field, MadeObject, told
from graph.cypher import (
    NULL,
    ListOf,
    Printable,
    PropertyOf,
    Variable,
    With,
    all_of,
    call,
    collect,
    is_not_null,
    returning,
)
from queries.findings.thresholds import Indicator, as_json
from queries.library.question import AS_OF


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators in use, with their thresholds."""

    in_use: Sequence[Indicator] = ()


class IndicatorsInUse(Prefetch):
    """The indicators that the process was started with."""

    blank = ()

    async def find(self, request: Request, surroundings: Surroundings) -> object:
        """Return the indicators."""
        return surroundings.services.of(Indicators).in_use


def indicators_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the indicators; everything except the numbers of findings is known beforehand."""
    in_use = ctx.local(ctx.prefetch(IndicatorsInUse()))
    counted = any(one.name == COUNTED.name for one in INDICATOR.selected(ctx, selection))
    make = INDICATOR.maker(ctx, selection)

    def made(counts: Any, bound: Binding) -> list[object]:
        return [make((one, counts), bound) for one in bound.local(in_use)]

    return Projection(_counts(ctx) if counted else NULL, Made(made))


def _counts(ctx: Context) -> Printable:
    finding, name, status = Variable("f"), Variable("name"), Variable("status")
    number = Variable("number")
    own, stands = PropertyOf(finding, "indicator"), PropertyOf(finding, "status")
    where = all_of([is_not_null(own), is_not_null(stands), is_not_null(PropertyOf(finding, "key"))])
    grouped = With(((own, name), (stands, status), (call("count", finding), number)))
    return collect(ctx.match(finding, "Finding", where=where), grouped, returning(ListOf((name, status, number))))


def _findings(ctx: Context, selection: Selection) -> Make:
    make = COUNT.maker(ctx, selection)

    def made(value: Any, bound: Binding) -> list[object]:
        indicator, counts = value
        return [make((status, number), bound) for name, status, number in sorted(counts) if name == indicator.name]

    return made


def _parameters(ctx: Context, selection: Selection) -> Make:
    make = PARAMETER.maker(ctx, selection)

    def made(value: Any, bound: Binding) -> list[object]:
        indicator, _ = value
        parameters = indicator.question.parameters
        return [make((indicator, parameter), bound) for parameter in parameters if parameter.name != AS_OF]

    return made


COUNTED = Field(
    "findings",
    "[FindingCount!]!",
    "How many findings there are, by status; counted only when asked for.",
    _findings,
)
INDICATOR: MadeObject[[]] = MadeObject(
    "Indicator",
    "A question that sweeps ask.",
    (
        told("name", "String!", "The question's name, which its findings have as indicator.", lambda v: v[0].name),
        told("title", "String!", "A few words.", lambda v: v[0].question.title),
        told("question", "String!", "The question in words.", lambda v: v[0].question.text),
        told(
            "severity",
            "Severity!",
            "How much a finding asks for attention, unless it is raised.",
            lambda v: v[0].question.severity.value,
        ),
        told(
            "weight",
            "Int!",
            "What a finding counts in the order of triage, unless it is raised.",
            lambda v: v[0].weight,
        ),
        told(
            "raisedWhere",
            "String",
            "Which findings have another severity; null when none has.",
            lambda v: v[0].question.raised and v[0].question.raised.where,
        ),
        told(
            "raisedSeverity",
            "Severity",
            "Their severity.",
            lambda v: v[0].question.raised and v[0].question.raised.severity.value,
        ),
        told(
            "raisedWeight",
            "Int",
            "What one of them counts in the order of triage.",
            lambda v: v[0].weights[-1] if v[0].question.raised else None,
        ),
        told(
            "source",
            "String!",
            "The published rule, or that the thresholds are defaults.",
            lambda v: v[0].question.source,
        ),
        Field("parameters", "[IndicatorParameter!]!", "Its thresholds, the day aside.", _parameters),
        COUNTED,
    ),
)
PARAMETER: MadeObject[[]] = MadeObject(
    "IndicatorParameter",
    "A threshold of an indicator.",
    (
        told("name", "String!", "The parameter.", lambda v: v[1].name),
        told("type", "String!", "Its GraphQL type.", lambda v: v[1].type),
        told("description", "String!", "What it is.", lambda v: v[1].doc),
        told("value", "String!", "The value in use, as JSON.", lambda v: as_json(v[0].thresholds[v[1].name])),
        told(
            "default",
            "String",
            "The question's own value, as JSON; null when it has none.",
            lambda v: None if v[1].default is None else as_json(v[1].default),
        ),
    ),
)
COUNT: MadeObject[[]] = MadeObject(
    "FindingCount",
    "How many findings have a status.",
    (
        told("status", "FindingStatus!", "The status.", lambda v: v[0]),
        told("count", "Int!", "Number of findings.", lambda v: v[1]),
    ),
)
CAPABILITY = Capability(
    types=(INDICATOR, PARAMETER, COUNT),
    queries=(
        Field(
            "indicators",
            "[Indicator!]!",
            "The questions that sweeps ask, with the thresholds in use.",
            indicators_part,
        ),
    ),
)
