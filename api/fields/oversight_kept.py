"""Reads towards which figures of oversight reports a child counts from what is kept of its days, on any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from api.compiler.parameters import ValueSource, converted
from api.fields.dimensions import Grain
from api.fields.groups import Group
from api.fields.oversight_facts import CHILDREN, CountedChild, decided, one
from graph.cypher import (
    NULL,
    TRUE,
    Case,
    Clause,
    Item,
    Literal,
    Not,
    Parameter,
    Printable,
    PropertyOf,
    Variable,
    With,
    all_of,
    infix,
    is_not_null,
)
from graph.model.report_days import REPORT_DAYS, ReportDay, day_number
from graph.writing.derived_marks import derived_hold, folded_hold

BY_ARRIVAL = (Grain.FISCAL_YEAR, Grain.MONTH)


def days_hold(day: Parameter) -> Printable:
    """Return the condition that every child has its days, and that they are right."""
    return all_of([folded_hold(CHILDREN.label), derived_hold([REPORT_DAYS.derived], day)])


@dataclass(frozen=True, slots=True)
class KeptChild:
    """A child in a statement, whose days are kept: what decides its figures on a day.

    `live` decides them from the records. It is asked about children who were released both before and after the day:
    what is kept about the time since their last release says nothing of the time between. `day` is the day's number.
    """

    live: CountedChild
    day: Parameter
    days: Variable = field(default_factory=lambda: Variable("days"))

    @classmethod
    def of(cls, live: CountedChild) -> KeptChild:
        """Return the same child on the same day."""
        return cls(live, Parameter(converted(cast(ValueSource, live.day.source), _number)))

    @property
    def scope(self) -> tuple[Variable, ...]:
        """The variables that the figures and the groups are read from."""
        return self.live.bound, self.days

    def found(self, groups: Sequence[Group], years: Printable | None) -> list[Clause]:
        """Return the clauses that bind the children who had arrived, in some fiscal years or in any."""
        bound = self.live.bound
        kept = PropertyOf(bound, REPORT_DAYS.name)
        # Where nothing else of a child is read, its days are read from their index.
        alone = all(group.dimension.grain in BY_ARRIVAL for group in groups)
        where = [self._by(ReportDay.ARRIVED)]
        if years is not None:
            where.append(infix("IN", self._arrived_in(Grain.FISCAL_YEAR), years))
        return [
            self.live.ctx.match(bound, CHILDREN.label, where=is_not_null(kept) if alone else TRUE),
            With((bound, (kept, self.days)), where=all_of(where)),
        ]

    def columns(self, group: Group) -> tuple[tuple[Printable, Variable], ...]:
        """Return the columns of a group."""
        if group.dimension.grain not in BY_ARRIVAL:
            return group.columns
        [(_, name)] = group.columns
        return ((self._arrived_in(group.dimension.grain), name),)

    def facts(self) -> list[tuple[Printable, Variable]]:
        """Return the decisions about the child."""
        notices = [self._by(day) for day in (ReportDay.ISSUED, ReportDay.SERVED, ReportDay.FILED)]
        unreached = one(all_of([self._by(ReportDay.SOUGHT), Not(self._by(ReportDay.SPOKEN_TO))]))
        return decided(
            self._by(ReportDay.MISSED),
            notices,
            self._after_release(unreached, one(self.live.unreached())),
            self._after_release(self._at(ReportDay.BAD_ADDRESSES), self.live.bad_addresses()),
        )

    def _after_release(self, kept: Printable, live: Printable) -> Printable:
        """Return what is kept if the last release is not after the day, and nothing if all of them are."""
        between = Case(self._by(ReportDay.RELEASED), live, Literal(0))
        return Case(self._by(ReportDay.LAST_RELEASED), kept, between)

    def _arrived_in(self, grain: Grain) -> Printable:
        """Return the month of the arrival, or the fiscal year, which ends in September; null when unknown."""
        month = self._at(ReportDay.ARRIVED_IN)
        year, of_year = infix("/", month, Literal(100)), infix("%", month, Literal(100))
        fiscal = infix("+", year, infix("/", of_year, Literal(10)))
        return Case(infix(">", month, Literal(0)), fiscal if grain is Grain.FISCAL_YEAR else month, NULL)

    def _at(self, place: ReportDay) -> Printable:
        return Item(self.days, place.value)

    def _by(self, place: ReportDay) -> Printable:
        return infix("<=", self._at(place), self.day)


def _number(day: object) -> int:
    return day_number(cast(date, day))
