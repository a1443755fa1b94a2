"""The oversight summary: the figures of oversight reports, counted in one pass over the children.

It is first decided for each child which figures it counts towards; a group then counts its children. No report has all
figures. The DHS OIG's management alert of August 2024 has children transferred, who missed a hearing, and on whom no
Notice to Appear was served. Its report OIG-25-21 of March 2025 has addresses. A newspaper has who was not reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.compiler.arguments import argument_slot, day_asked
from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made, Make
from api.fields.dimensions import MOST_ROWS, Dimension, Grain, chosen_dimensions, dimension_named, paths_of
from api.fields.field import Capability, Field, MadeObject, told
from api.fields.groups import Group, Grouping, grouping
from api.fields.oversight_facts import CHILDREN, CountedChild, one
from api.fields.oversight_kept import KeptChild, days_hold
from api.fields.statistics import DIMENSION, synthetic
from api.schema.limits import NotEmpty
from api.schema.registry import Argument
from graph.cypher import (
    Clause,
    Either,
    ListOf,
    Literal,
    Number,
    Parameter,
    Printable,
    Variable,
    With,
    call,
    collect,
    first_value,
    infix,
    returning,
)
from graph.errors import CostLimitExceeded

FIGURES = ("transferred", "missedHearing", "notIssued", "notServed", "notFiled", "notReached", "badAddresses")
"""The figures that a statement returns after the columns of the group, in this order."""
STAGES = ("notIssued", "notServed", "notFiled")
"""How far a child's notices got, by the number that means it in a statement; the next number means filed."""
UNSERVED = ("notIssued", "notServed")
ALL = "all"
FISCAL_YEARS = Argument(
    "fiscalYears",
    "[Int!]",
    "Only children transferred in these fiscal years (2023 ends in September 2023).",
    limit=NotEmpty("fiscal year", " for all"),
)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of groups in a statement: the position of its rows among the values, and the groups."""

    place: int
    group: Group


@dataclass(slots=True)
class _Summary:
    """A summary in a statement: by which dimension, and of which children; `values` are what the statement returns.

    If each child has one value of the dimension, rows and total come from the same table, whose rows add up.
    """

    dimension: Dimension
    day: Parameter
    years: Parameter | None
    values: list[Printable] = field(default_factory=list)
    shared: _Table | None = None

    def add(self, value: Printable) -> int:
        """Add a value and return its position."""
        self.values.append(value)
        return len(self.values) - 1

    def table(self, ctx: Context) -> _Table:
        """Return a table by the dimension, or the one that is shared."""
        if self.shared:
            return self.shared
        with ctx.page(Constant(MOST_ROWS)):
            rows, groups = _groups(ctx, [self.dimension], self)
        return _Table(self.add(rows), groups[0])


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a group, or of everything: its value and label, its fiscal year, and the figures by name."""

    value: str | None
    label: str
    year: object
    counts: Mapping[str, Any]

    @classmethod
    def of(cls, group: Group | None, row: Sequence[Any]) -> _Figures:
        """Return the figures of a row: the columns of the group, then the counts."""
        width = 0 if group is None else len(group.columns)
        value, label = (None, ALL) if group is None else group.named(row[:width])
        by_year = group is not None and group.dimension.grain is Grain.FISCAL_YEAR
        counts = dict(zip(FIGURES, row[width:], strict=True))
        return cls(value, label, row[0] if by_year else None, counts)

    @property
    def unreached_share(self) -> float | None:
        """The share of the children who were not reached."""
        transferred: int = self.counts["transferred"]
        return self.counts["notReached"] / transferred if transferred else None


def oversight_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of `oversightSummary`."""
    ctx.costly = True
    dimension = dimension_named(str(selection.given("by")))
    chosen_dimensions(CHILDREN, [dimension.name])
    years = selection.given(FISCAL_YEARS.name)
    wanted = None if years is None else Parameter(argument_slot(ctx, selection, FISCAL_YEARS))
    summary = _Summary(dimension, Parameter(day_asked(selection)), wanted)
    alone = all(not path.links for path in paths_of(ctx.model, CHILDREN, dimension))
    if alone and {"rows", "total"} <= {inner.name for inner in SUMMARY.selected(ctx, selection)}:
        summary.shared = summary.table(ctx)
    make = SUMMARY.maker(ctx, selection, summary)
    return Projection(ListOf(tuple(summary.values)), Made(make))


def _rows(ctx: Context, selection: Selection, summary: _Summary) -> Make:
    table = summary.table(ctx)
    make = GROUP.maker(ctx, selection)

    def made(value: Sequence[Any], bound: Binding) -> list[object]:
        found = value[table.place]
        if len(found) > MOST_ROWS:
            raise CostLimitExceeded(f"The summary has more than {MOST_ROWS:,} rows; ask for it by something coarser.")
        return [make(_Figures.of(table.group, row), bound) for row in found]

    return made


def _total(ctx: Context, selection: Selection, summary: _Summary) -> Make:
    make = GROUP.maker(ctx, selection)
    if summary.shared:
        place, width = summary.shared.place, len(summary.shared.group.columns)

        def summed(value: Sequence[Any], bound: Binding) -> object:
            sums = [sum(row[column] for row in value[place]) for column in range(width, width + len(FIGURES))]
            return make(_Figures.of(None, sums), bound)

        return summed
    rows, _ = _groups(ctx, [], summary)
    own = summary.add(rows)
    return lambda value, bound: make(_Figures.of(None, value[own][0]), bound)


def _by(ctx: Context, selection: Selection, summary: _Summary) -> Make:
    return lambda value, bound: summary.dimension.name


def _synthetic(ctx: Context, selection: Selection, summary: _Summary) -> Make:
    place = summary.add(synthetic(ctx).expression)
    return lambda value, bound: value[place]


def _groups(ctx: Context, by: Sequence[Dimension], summary: _Summary) -> tuple[Printable, tuple[Group, ...]]:
    """Return a list of each group's columns and figures, and the groups; from what is kept where it holds."""
    child = CountedChild(ctx, Variable("child"), summary.day)
    grouped = grouping(ctx, CHILDREN, child.bound, by, summary.day)
    live = _clauses(child, grouped, summary.years)
    if ctx.access.rows:
        return collect(*live), grouped.groups
    rows = Variable("rows")
    kept = _clauses(KeptChild.of(child), grouped, summary.years)
    choices = ((days_hold(summary.day), (returning((collect(*kept), rows)),)),)
    return first_value(Either(choices, (returning((collect(*live), rows)),)), returning(rows)), grouped.groups


def _clauses(child: CountedChild | KeptChild, groups: Grouping, years: Parameter | None) -> list[Clause]:
    """Return the clauses that return a list of each group's columns and figures."""
    facts = child.facts()
    facts_of_child = tuple(name for _, name in facts)
    columns = tuple(column for group in groups.groups for column in child.columns(group))
    names = tuple(name for _, name in columns)
    each: list[Clause] = [*child.found(groups.groups, years), With((*child.scope, *facts)), *groups.clauses]
    if groups.clauses:
        each.append(With((*child.scope, *columns, *facts_of_child), distinct=True))
    missed, stage, unreached, addresses = facts_of_child
    sums: list[Printable] = [call("sum", missed)]
    sums += [call("sum", one(infix("=", stage, Literal(place)))) for place in range(len(STAGES))]
    sums += [call("sum", unreached), call("sum", addresses)]
    numbers = [(Number(), Variable("n")), *((number, Variable("n")) for number in sums)]
    figures: tuple[tuple[Printable, Variable], ...] = tuple(numbers)
    counted = With(
        (*(names if groups.clauses else columns), *figures), order=groups.order, limit=Literal(MOST_ROWS + 1)
    )
    return [*each, counted, returning(ListOf((*names, *(name for _, name in figures))))]


def _count(name: str, doc: str) -> Field[..., Make]:
    return told(name, "Int!", doc, lambda group: group.counts[name])


GROUP: MadeObject[[]] = MadeObject(
    "OversightFigures",
    "The figures of one group of children, counted by the records up to the day asked about.",
    (
        told("value", "String", "The group's value; null where it is unknown or there is none.", lambda g: g.value),
        told("label", "String!", "The value in words; `unknown` where it is null.", lambda g: g.label),
        told(
            "fiscalYear",
            "Int",
            "The fiscal year, where the summary is by it; null for unknown and for the total.",
            lambda g: g.year,
        ),
        _count("transferred", "Children transferred to HHS."),
        _count(
            "missedHearing",
            "Children with at least one missed hearing: by their own outcome of it, else by the hearing's.",
        ),
        told(
            "withoutNotice",
            "Int!",
            "Children on whom no Notice to Appear was served: the sum of `notIssued` and `notServed`.",
            lambda g: sum(g.counts[stage] for stage in UNSERVED),
        ),
        _count("notIssued", "Of these: none is on record as issued."),
        _count("notServed", "Of these: issued, and none is on record as served or filed."),
        _count("notFiled", "Beside these: children on whom one was served, and none is on record as filed."),
        _count(
            "notReached",
            "Children who were released and sought on later days than their latest release, and spoken to on none: "
            "with nobody reached, or only the sponsor or another adult.",
        ),
        told(
            "notReachedShare",
            "Float",
            "Their share of the children transferred; null when there are none.",
            lambda g: g.unreached_share,
        ),
        _count(
            "badAddresses",
            "Releases of these children to an address that is blank, undeliverable or lacks its unit; those with "
            "no address at all are not counted.",
        ),
    ),
)
SUMMARY: MadeObject[[_Summary]] = MadeObject(
    "OversightSummary",
    "Figures that oversight reports give.",
    (
        Field("by", f"{DIMENSION}!", "What the rows are by.", _by),
        Field(
            "rows",
            "[OversightFigures!]!",
            "The groups that have children, ordered by their values, unknown last. A child with several values, "
            "such as cases before two courts, counts once in each.",
            _rows,
        ),
        Field("total", "OversightFigures!", "All children of the fiscal years asked for, each once.", _total),
        Field("synthetic", "Boolean!", "Whether the graph holds made-up records.", _synthetic),
    ),
)
CAPABILITY = Capability(
    types=(GROUP, SUMMARY),
    queries=(
        Field(
            "oversightSummary",
            "OversightSummary!",
            "Children by the fiscal year of their transfer to HHS (of their entry, where no transfer is on record), "
            "who of them missed a hearing, had no Notice to Appear served (`withoutNotice`) or one that was served and "
            "not filed (`notFiled`), was not reached after release, and how many releases were to bad addresses; a "
            "release with no address at all is not counted there (`releaseAddressesUnusable` counts it). Each figure "
            "is one that a report gives, and no report has all: the DHS inspector general's alert of August 2024 those "
            "transferred, who missed a hearing and on whom no notice was served, its report OIG-25-21 of March 2025 "
            "the addresses, a newspaper those not reached.",
            oversight_part,
            (
                FISCAL_YEARS,
                Argument("by", f"{DIMENSION}!", "What the rows are by: any dimension of CHILDREN.", "FISCAL_YEAR"),
                Argument("asOf", "Date", "Only records dated up to this day count. Today in UTC unless given."),
            ),
        ),
    ),
)
