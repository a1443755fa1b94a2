"""The oversight summary: the inspector general's table, counted in one pass over the children.

What makes each figure is decided for a child first; a group then counts its children. DHS OIG, management alert of
August 2024: children transferred, who missed a hearing, without a Notice to Appear; its report of March
2025: addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.context import Context
from api.compiler.groups import Group, dated, grouping
from api.compiler.objects import TYPENAME
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.shapes import Bound, Made, Make
from api.compiler.slots import Constant, Today, converted, slot_of
from api.compiler.statistics import SYNTHETIC
from api.statistics import MOST_ROWS, Dimension, Grain, chosen_dimensions, dimension_named, paths_of, subject_named
from graph.cypher import (
    TRUE,
    Case,
    Clause,
    ListOf,
    Literal,
    Match,
    Not,
    Number,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Variable,
    With,
    both,
    call,
    collect,
    count,
    exists,
    first,
    infix,
    returning,
)
from graph.errors import BadInput, CostLimitExceeded

CHILDREN = subject_named("CHILDREN")
BAD = ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")
FIGURES = ("transferred", "missedHearing", "notIssued", "notServed", "notFiled", "notReached", "badAddresses")
"""The figures that a statement returns, in this order after the columns of the group."""
STAGES = ("notIssued", "notServed", "notFiled")
"""How far a child's notices got, by the number that stands for it in a statement; the next one is filed."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class _Child:
    """A child in a statement: what makes its figures, on a day."""

    ctx: Context
    bound: Variable
    day: Parameter

    def facts(self) -> list[tuple[Printable, Variable]]:
        """Return what is decided for the child: a hearing missed, how far a notice got, not reached, bad addresses."""
        stage: Printable = Literal(0)
        for place, day in enumerate(("issuedOn", "servedOn", "filedOn"), 1):
            stage = Case(self.notice(day), Literal(place), stage)
        unreached = both([self.contact(), Not(self.contact("REACHED"))])
        return [
            (_one(self.missed()), Variable("missed")),
            (stage, Variable("stage")),
            (_one(unreached), Variable("unreached")),
            (self.bad_addresses(), Variable("bad")),
        ]

    def missed(self) -> Printable:
        hearing = Variable("h")
        where = both([self._is("Hearing", hearing, "outcome", "MISSED"), self._by("Hearing", hearing, "scheduledOn")])
        return exists(self._path(Step("RESPONDENT_IN", ">"), Step("HAS_HEARING", ">", hearing), where=where))

    def notice(self, day: str) -> Printable:
        notice = Variable("n")
        return exists(self._path(Step("HAS_NOTICE", ">", notice), where=self._by("NoticeToAppear", notice, day)))

    def contact(self, outcome: str | None = None) -> Printable:
        """Return whether somebody sought contact, with that outcome, on or after the day of a release."""
        placement, contact = Variable("p"), Variable("a")
        released = self._value("Placement", placement, "releasedOn")
        where = [
            TRUE if outcome is None else self._is("ContactAttempt", contact, "outcome", outcome),
            infix(">=", self._value("ContactAttempt", contact, "attemptedOn"), released),
            self._by("ContactAttempt", contact, "attemptedOn"),
        ]
        back = Match(self.bound, steps=(Step("HAS_PLACEMENT", ">", placement),), where=both(where))
        return exists(self._path(Step("HAS_CONTACT", ">", contact)), back)

    def bad_addresses(self) -> Printable:
        placement, address = Variable("p"), Variable("a")
        mail = self._value("Address", address, "deliverability")
        bad = infix("IN", mail, ListOf(tuple(Literal(value) for value in BAD)))
        where = both([bad, dated(self.ctx, self.ctx.model.node("Placement"), placement, self.day)])
        return count(self._path(Step("HAS_PLACEMENT", ">", placement), Step("RELEASED_TO", ">", address), where=where))

    def _path(self, *steps: Step, where: Printable = TRUE) -> Match:
        return Match(self.bound, steps=steps, where=where)

    def _value(self, label: str, bound: Variable, name: str) -> PropertyOf:
        return self.ctx.value(self.ctx.model.node(label), bound, name)

    def _is(self, label: str, bound: Variable, name: str, value: str) -> Printable:
        return infix("=", self._value(label, bound, name), Literal(value))

    def _by(self, label: str, bound: Variable, name: str) -> Printable:
        return infix("<=", self._value(label, bound, name), self.day)


def oversight_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for `oversightSummary`."""
    dimension = dimension_named(str(selection.given("by")))
    chosen_dimensions(CHILDREN, [dimension.name])
    given = selection.given("asOf")
    day = Parameter(Today() if given is None else slot_of(given))
    years = selection.given("fiscalYears")
    wanted = None if years is None else Parameter(converted(slot_of(years), _some))

    selections = ctx.operation.fields(selection, "OversightSummary")
    alone = all(not path.links for path in paths_of(ctx.model, CHILDREN, dimension))
    if alone and {"rows", "total"} <= {inner.name for inner in selections}:
        with ctx.page(Constant(MOST_ROWS)):
            clauses, groups = _table(ctx, [dimension], day, wanted)
        return Part(ListOf((collect(*clauses), SYNTHETIC.expression)), Made(_whole(ctx, groups[0], selections)))

    def field(inner: Selection) -> Part:
        match inner.name:
            case "rows":
                fields = ctx.operation.fields(inner, "OversightFigures")
                with ctx.page(Constant(MOST_ROWS)):
                    clauses, groups = _table(ctx, [dimension], day, wanted)
                return Part(collect(*clauses), Made(_rows(groups[0], fields)))
            case "total":
                fields = ctx.operation.fields(inner, "OversightFigures")
                clauses, _ = _table(ctx, [], day, wanted)
                return Part(first(*clauses), Made(lambda row, _: _row(None, fields, row)))
            case "by":
                return Part(Literal(dimension.name))
            case "synthetic":
                return SYNTHETIC
            case _:
                return Part(Literal("OversightSummary"))

    return record({inner.key: field(inner) for inner in selections})


def _some(years: object) -> object:
    if not years:
        raise BadInput("fiscalYears is empty; name at least one fiscal year, or leave it out for all.")
    return years


def _table(
    ctx: Context, by: Sequence[Dimension], day: Parameter, years: Parameter | None
) -> tuple[list[Clause], tuple[Group, ...]]:
    """Return the clauses that give the list of each group's columns and figures, and the groups."""
    bound = Variable("child")
    node = ctx.model.node(CHILDREN.label)
    where = [dated(ctx, node, bound, day)]
    if years is not None:
        [(year, _)] = grouping(ctx, CHILDREN, bound, [dimension_named("FISCAL_YEAR")], None).columns
        where.append(infix("IN", year, years))
    child = _Child(ctx, bound, day)
    facts = child.facts()
    facts_of_child = tuple(name for _, name in facts)
    groups = grouping(ctx, CHILDREN, bound, by, day)
    names = tuple(name for _, name in groups.columns)
    each: list[Clause] = [Match(bound, CHILDREN.label, where=both(where)), With((bound, *facts)), *groups.clauses]
    if groups.clauses:
        each.append(With((bound, *groups.columns, *facts_of_child), distinct=True))
    columns = names if groups.clauses else groups.columns
    missed, stage, unreached, addresses = facts_of_child
    sums: list[Printable] = [call("sum", missed)]
    sums += [call("sum", _one(infix("=", stage, Literal(place)))) for place in range(len(STAGES))]
    sums += [call("sum", unreached), call("sum", addresses)]
    numbers = [(Number(), Variable("n")), *((number, Variable("n")) for number in sums)]
    figures: tuple[tuple[Printable, Variable], ...] = tuple(numbers)
    counted = With((*columns, *figures), order=groups.order, limit=Literal(MOST_ROWS + 1))
    return [*each, counted, returning(ListOf((*names, *(name for _, name in figures))))], groups.groups


def _one(condition: Printable) -> Printable:
    return Case(condition, Literal(1), Literal(0))


def _whole(ctx: Context, group: Group, selections: Sequence[Selection]) -> Make:
    """Return what makes the summary by a dimension of which each child has one value: the rows add up to the total."""
    figures = {s.key: ctx.operation.fields(s, "OversightFigures") for s in selections if s.name in ("rows", "total")}
    width = len(group.columns)

    def make(found: Sequence[Any], bound: Bound) -> dict[str, object]:
        listed, synthetic = found
        known = {"by": group.dimension.name, "synthetic": synthetic, TYPENAME: "OversightSummary"}

        def one(selection: Selection) -> object:
            if selection.name == "rows":
                return _rows(group, figures[selection.key])(listed, bound)
            if selection.name == "total":
                sums = [sum(row[place] for row in listed) for place in range(width, width + len(FIGURES))]
                return _row(None, figures[selection.key], sums)
            return known[selection.name]

        return {selection.key: one(selection) for selection in selections}

    return make


def _rows(group: Group, fields: Sequence[Selection]) -> Make:
    def make(found: list[list[Any]], bound: Bound) -> list[dict[str, object]]:
        if len(found) > MOST_ROWS:
            raise CostLimitExceeded(f"The summary has more than {MOST_ROWS:,} rows; ask for it by something coarser.")
        return [_row(group, fields, row) for row in found]

    return make


def _row(group: Group | None, fields: Sequence[Selection], row: Sequence[Any]) -> dict[str, object]:
    width = 0 if group is None else len(group.columns)
    value, label = (None, ALL) if group is None else group.named(row[:width])
    known: dict[str, object] = dict(zip(FIGURES, row[width:], strict=True))
    transferred, unreached = row[width], known["notReached"]
    known["withoutNotice"] = sum(row[width + FIGURES.index(stage)] for stage in STAGES)
    known["notReachedShare"] = unreached / transferred if transferred else None
    by_year = group is not None and group.dimension.grain is Grain.FISCAL_YEAR
    known["fiscalYear"] = row[0] if by_year else None
    known |= {"value": value, "label": label, TYPENAME: "OversightFigures"}
    return {field.key: known[field.name] for field in fields}
