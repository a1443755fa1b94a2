"""Statistics: counts of a subject by dimensions, in one pass over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.context import Context
from api.compiler.filters import condition
from api.compiler.operation import Selection
from api.compiler.parameters import Constant, slot_of
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made, Make
from api.fields.dimensions import DIMENSIONS, MOST_ROWS, SUBJECTS, Dimension, Subject, chosen_dimensions, subject_named
from api.fields.field import Capability, CompiledObject, Enumerated, Field, Input, MadeObject, told
from api.fields.groups import Group, dated, grouping
from api.schema.registry import Argument
from api.schema.sense import Role, Sense
from graph.cypher import (
    TRUE,
    ListOf,
    Literal,
    Match,
    Parameter,
    Printable,
    Variable,
    With,
    all_of,
    collect,
    count,
    exists,
    returning,
)
from graph.errors import BadInput, CostLimitExceeded
from graph.maintenance.contents import DATASET

DIMENSION = "StatisticsDimension"
_SUBJECT = "StatisticsOf"


def synthetic(ctx: Context) -> Projection:
    """Return the part for whether the graph holds made-up records."""
    return Projection(exists(ctx.match(Variable("d"), DATASET)))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted in a statement: the subject, by which dimensions, and up to which day."""

    subject: Subject
    dimensions: Sequence[Dimension]
    bound: Variable
    match: Match
    day: Parameter | None


def statistics_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of `statistics`."""
    ctx.costly = True
    subject = subject_named(str(selection.given("of")))
    names = selection.given("groupBy")
    assert isinstance(names, list)
    dimensions = chosen_dimensions(subject, names)
    bound = Variable(subject.label[0].lower())
    day = None if selection.given("asOf") is None else Parameter(slot_of(selection.given("asOf")))
    node = ctx.model.node(subject.label)
    until = TRUE if day is None else dated(ctx, node, bound, day)
    where = all_of([until, condition(ctx, node, bound, _filter(subject, selection.given("filter")), sure=True)])
    match = ctx.match(bound, subject.label, where=where)
    return STATISTICS.part(ctx, selection, _Counted(subject, dimensions, bound, match, day))


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


def _rows(ctx: Context, selection: Selection, counted: _Counted) -> Projection:
    groups = grouping(ctx, counted.subject, counted.bound, counted.dimensions, counted.day)
    number = Variable("number")
    names: list[Printable] = [name for _, name in groups.columns]
    table = With((*groups.columns, (groups.number, number)), order=groups.order, limit=Literal(MOST_ROWS + 1))
    with ctx.page(Constant(MOST_ROWS)):
        rows = collect(counted.match, *groups.clauses, table, returning(ListOf((*names, number))))
        make = ROW.maker(ctx, selection, groups.groups)

    def made(found: list[list[Any]], bound: Binding) -> list[object]:
        if len(found) > MOST_ROWS:
            raise CostLimitExceeded(
                f"The table has more than {MOST_ROWS:,} rows; count by fewer dimensions, or set a narrower filter."
            )
        return [make(row, bound) for row in found]

    return Projection(rows, Made(made))


def _values(ctx: Context, selection: Selection, groups: Sequence[Group]) -> Make:
    """Return the function that makes a row's values, one for each dimension, from the columns of its group."""
    make = VALUE.maker(ctx, selection)

    def made(row: list[Any], bound: Binding) -> list[object]:
        values = []
        place = 0
        for group in groups:
            after = place + len(group.columns)
            values.append(make((group.dimension.name, *group.named(row[place:after])), bound))
            place = after
        return values

    return made


def _subjects(dimension: str) -> str:
    return ", ".join(subject.name for subject in SUBJECTS if dimension in subject.paths)


SUBJECT_KINDS = Enumerated(_SUBJECT, "What is counted.", {one.name: (one.name, one.doc) for one in SUBJECTS})
DIMENSION_KINDS = Enumerated(
    DIMENSION,
    "What counts are by. Each says which of the subjects it goes with.",
    {one.name: (one.name, f"{one.doc} For: {_subjects(one.name)}.") for one in DIMENSIONS},
    shapes=True,
)
FILTER = Input(
    "StatisticsFilter",
    "Which of the subjects are counted: the filter of what is counted, under its own name, and no other.",
    [
        Argument(
            one.field,
            f"{one.label}Filter",
            f"When {one.name} are counted: only those for which this holds.",
            sense=Sense(Role.QUANTIFIER),
        )
        for one in SUBJECTS
    ],
)
VALUE: MadeObject[[]] = MadeObject(
    "StatisticsValue",
    "One of the values that a row is about.",
    (
        told("dimension", f"{DIMENSION}!", "What it is a value of.", lambda value: value[0]),
        told(
            "value", "String", "The group's value; null where it is unknown or there is none.", lambda value: value[1]
        ),
        told("label", "String!", "The value in words; `unknown` where it is null.", lambda value: value[2]),
    ),
)
ROW: MadeObject[[Sequence[Group]]] = MadeObject(
    "StatisticsRow",
    "How many there are in a group.",
    (
        Field("values", "[StatisticsValue!]!", "The group's values, in the order of `groupBy`.", _values),
        told("count", "Int!", "How many distinct ones are in the group.", lambda row: row[-1]),
    ),
)
STATISTICS: CompiledObject[[_Counted]] = CompiledObject(
    "Statistics",
    "A table of counts.",
    (
        Field(
            "rows",
            "[StatisticsRow!]!",
            f"The groups that are not empty, ordered by their values, unknown ones last; at most {MOST_ROWS:,}. "
            "One that has several values of a dimension, such as a child released to two states, counts once in "
            "each group, so counts may add up to more than the total.",
            _rows,
        ),
        Field(
            "totalCount",
            "Int!",
            "How many distinct ones were counted in all groups together.",
            lambda ctx, _, counted: Projection(count(counted.match)),
        ),
        Field("synthetic", "Boolean!", "Whether the graph holds made-up records.", lambda ctx, *_: synthetic(ctx)),
    ),
)
CAPABILITY = Capability(
    types=(SUBJECT_KINDS, DIMENSION_KINDS, FILTER, VALUE, ROW, STATISTICS),
    queries=(
        Field(
            "statistics",
            "Statistics!",
            "Counts of distinct records by one dimension or several at once; missing values are a group of their own.",
            statistics_part,
            (
                Argument("of", f"{_SUBJECT}!", "What to count."),
                Argument(
                    "groupBy",
                    f"[{DIMENSION}!]!",
                    "What to count by; several give a row for each combination that occurs, in which values of one "
                    "record stand together (the state and the category of one release); none give one row.",
                ),
                Argument("filter", "StatisticsFilter", "Only those for which this holds; named as what is counted."),
                Argument(
                    "asOf",
                    "Date",
                    "Only transfers, releases, cases, hearings and recordings dated up to this day count; those "
                    "without a day do too. Everything on record unless given.",
                ),
            ),
        ),
    ),
)
