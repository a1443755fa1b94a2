"""Statistics: counts of a subject by dimensions, in one pass over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.compiler.context import Context
from api.compiler.filters import condition
from api.compiler.groups import Group, Grouping, dated, grouping
from api.compiler.objects import TYPENAME
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.shapes import Bound, Made, Make
from api.compiler.slots import Constant, slot_of
from api.statistics import MOST_ROWS, Subject, chosen_dimensions, subject_named
from graph.contents import DATASET
from graph.cypher import (
    TRUE,
    ListOf,
    Literal,
    Match,
    Parameter,
    Printable,
    Variable,
    With,
    both,
    collect,
    count,
    exists,
    returning,
)
from graph.errors import BadInput, CostLimitExceeded

SYNTHETIC = Part(exists(Match(Variable("d"), DATASET)))


def statistics_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for `statistics`."""
    subject = subject_named(str(selection.given("of")))
    names = selection.given("groupBy")
    assert isinstance(names, list)
    dimensions = chosen_dimensions(subject, names)
    bound = Variable(subject.label[0].lower())
    day = None if selection.given("asOf") is None else Parameter(slot_of(selection.given("asOf")))
    node = ctx.model.node(subject.label)
    until = TRUE if day is None else dated(ctx, node, bound, day)
    where = both([until, condition(ctx, node, bound, _filter(subject, selection.given("filter")), sure=True)])
    match = Match(bound, subject.label, where=where)

    def field(inner: Selection) -> Part:
        if inner.name == "totalCount":
            return Part(count(match))
        if inner.name == "rows":
            return _rows(ctx, match, grouping(ctx, subject, bound, dimensions, day), inner)
        return SYNTHETIC if inner.name == "synthetic" else Part(Literal("Statistics"))

    return record({inner.key: field(inner) for inner in ctx.operation.fields(selection, "Statistics")})


def _filter(subject: Subject, given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        return {}
    for name, operand in given.items():
        if name != subject.field:
            raise BadInput(f"The filter is for {name}, while {subject.name} are counted; give it as {subject.field}.")
        if operand is None:
            raise BadInput(f"The filter's {name} is null; leave it out.")
    found: Mapping[str, object] = given.get(subject.field, {})
    return found


def _rows(ctx: Context, match: Match, groups: Grouping, selection: Selection) -> Part:
    number = Variable("number")
    names: list[Printable] = [name for _, name in groups.columns]
    counted = With((*groups.columns, (groups.number, number)), order=groups.order, limit=Literal(MOST_ROWS + 1))
    with ctx.page(Constant(MOST_ROWS)):
        rows = collect(match, *groups.clauses, counted, returning(ListOf((*names, number))))
        fields = ctx.operation.fields(selection, "StatisticsRow")
        return Part(rows, Made(_rows_maker(ctx, groups.groups, fields)))


def _rows_maker(ctx: Context, groups: Sequence[Group], fields: Sequence[Selection]) -> Make:
    values = {
        f.key: _values_maker(groups, ctx.operation.fields(f, "StatisticsValue")) for f in fields if f.name == "values"
    }

    def make(found: list[list[Any]], bound: Bound) -> list[dict[str, object]]:
        if len(found) > MOST_ROWS:
            raise CostLimitExceeded(
                f"The table has more than {MOST_ROWS:,} rows; count by fewer dimensions, or set a narrower filter."
            )
        return [{f.key: _row_field(f, values, row) for f in fields} for row in found]

    return make


def _row_field(field: Selection, values: Mapping[str, Any], row: list[Any]) -> object:
    if field.key in values:
        return values[field.key](row)
    return row[-1] if field.name == "count" else "StatisticsRow"


def _values_maker(groups: Sequence[Group], fields: Sequence[Selection]) -> Any:
    def one(group: Group, value: str | None, label: str) -> dict[str, object]:
        known = {"dimension": group.dimension.name, "value": value, "label": label, TYPENAME: "StatisticsValue"}
        return {field.key: known[field.name] for field in fields}

    def make(row: list[Any]) -> list[dict[str, object]]:
        made = []
        place = 0
        for group in groups:
            after = place + len(group.columns)
            made.append(one(group, *group.named(row[place:after])))
            place = after
        return made

    return make
