"""Decides towards which figures of oversight reports one child counts on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.compiler.context import Context
from api.fields.dimensions import dimension_named, subject_named
from api.fields.groups import Group, dated, grouping
from graph.cypher import (
    TRUE,
    Case,
    Clause,
    IsNull,
    ListOf,
    Literal,
    Match,
    Not,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Variable,
    With,
    all_of,
    any_of,
    count,
    exists,
    infix,
)
from graph.model.report_days import BAD_ADDRESSES, SPOKEN, VISITS

CHILDREN = subject_named("CHILDREN")


@dataclass(frozen=True, slots=True)
class CountedChild:
    """A child in a statement: what decides its figures on a day."""

    ctx: Context
    bound: Variable
    day: Parameter

    @property
    def scope(self) -> tuple[Variable, ...]:
        """The variables that the figures and the groups are read from."""
        return (self.bound,)

    def found(self, groups: Sequence[Group], years: Printable | None) -> list[Clause]:
        """Return the clauses that bind the children who had arrived, in some fiscal years or in any."""
        where = [self._dated(CHILDREN.label, self.bound)]
        if years is not None:
            by_year = grouping(self.ctx, CHILDREN, self.bound, [dimension_named("FISCAL_YEAR")], None)
            [(year, _)] = by_year.columns
            where.append(infix("IN", year, years))
        return [self.ctx.match(self.bound, CHILDREN.label, where=all_of(where))]

    def columns(self, group: Group) -> tuple[tuple[Printable, Variable], ...]:
        """Return the columns of a group."""
        return group.columns

    def facts(self) -> list[tuple[Printable, Variable]]:
        """Return the decisions about the child."""
        notices = [self.notice(day) for day in ("issuedOn", "servedOn", "filedOn")]
        return decided(self.missed(), notices, one(self.unreached()), self.bad_addresses())

    def unreached(self) -> Printable:
        """Return whether the child was released, was sought since, and was never spoken to."""
        return all_of([self.released(), self.sought(), Not(self.sought(spoken=True))])

    def missed(self) -> Printable:
        """Return whether the child missed a hearing: by its own outcome or, if it has none, by the hearing's."""
        hearing, own, other = Variable("h"), Variable("r"), Variable("r")
        link = self.ctx.model.links(CHILDREN.label)["hearingOutcomes"]
        [outcome] = (self.ctx.allow(f"{CHILDREN.label}.hearingOutcomes", prop) for prop in link.properties)
        hers = self._path(Step("HAD_OUTCOME", ">", hearing))
        unknown = IsNull(PropertyOf(other, outcome.name))
        without = self._path(Step("HAD_OUTCOME", ">", hearing, relationship=other), where=unknown)
        day, missed = self._dated("Hearing", hearing), self._is("Hearing", hearing, "outcome", "MISSED")
        counts = all_of([missed, day, any_of([Not(exists(hers)), exists(without)])])
        alike = self._path(Step("RESPONDENT_IN", ">"), Step("HAS_HEARING", ">", hearing), where=counts)
        counts = all_of([infix("=", PropertyOf(own, outcome.name), Literal("MISSED")), day])
        alone = self._path(Step("HAD_OUTCOME", ">", hearing, relationship=own), where=counts)
        return any_of([exists(alike), exists(alone)])

    def notice(self, day: str) -> Printable:
        """Return whether a notice of the child has this day, up to the `asOf` day."""
        notice = Variable("n")
        return exists(self._path(Step("HAS_NOTICE", ">", notice), where=self._by("NoticeToAppear", notice, day)))

    def released(self) -> Printable:
        """Return whether the child was released."""
        placement = Variable("p")
        return exists(self._path(Step("HAS_PLACEMENT", ">", placement), where=self._dated("Placement", placement)))

    def sought(self, *, spoken: bool = False) -> Printable:
        """Return whether somebody sought the child, or spoke to it, after all of its releases that have a day."""
        placement, contact = Variable("p"), Variable("a")
        attempted = self._value("ContactAttempt", contact, "attemptedOn")
        released = self._value("Placement", placement, "releasedOn")
        later = all_of([infix(">=", released, attempted), self._by("Placement", placement, "releasedOn")])
        where: list[Printable] = [
            self._by("ContactAttempt", contact, "attemptedOn"),
            Not(exists(self._path(Step("HAS_PLACEMENT", ">", placement), where=later))),
        ]
        if spoken:
            where += self._spoken(contact)
        return exists(self._path(Step("HAS_CONTACT", ">", contact), where=all_of(where)))

    def _spoken(self, contact: Variable) -> list[Printable]:
        """Return the conditions under which an attempt is contact with the child."""
        who = self._value("ContactAttempt", contact, "reached")
        kind = self._value("ContactAttempt", contact, "kind")
        visit = infix("IN", kind, _texts(VISITS))
        seen = infix("AND", visit, self._value("ContactAttempt", contact, "childWithSponsor"))
        return [
            self._is("ContactAttempt", contact, "outcome", "REACHED"),
            any_of([IsNull(who), infix("IN", who, _texts(SPOKEN)), seen]),
        ]

    def bad_addresses(self) -> Printable:
        """Return the number of releases of the child to addresses that mail does not reach."""
        placement, address = Variable("p"), Variable("a")
        mail = self._value("Address", address, "deliverability")
        bad = infix("IN", mail, _texts(BAD_ADDRESSES))
        where = all_of([bad, self._dated("Placement", placement)])
        path = self._path(Step("HAS_PLACEMENT", ">", placement), Step("RELEASED_TO", ">", address), where=where)
        return count(path, With((placement,), distinct=True, last=True))

    def _path(self, *steps: Step, where: Printable = TRUE) -> Match:
        return self.ctx.match(self.bound, steps=steps, where=where)

    def _value(self, label: str, bound: Variable, name: str) -> PropertyOf:
        return self.ctx.value(self.ctx.model.node(label), bound, name)

    def _is(self, label: str, bound: Variable, name: str, value: str) -> Printable:
        return infix("=", self._value(label, bound, name), Literal(value))

    def _dated(self, label: str, bound: Variable) -> Printable:
        """Return whether a record is dated up to the day, or has no day."""
        return dated(self.ctx, self.ctx.model.node(label), bound, self.day)

    def _by(self, label: str, bound: Variable, name: str) -> Printable:
        return infix("<=", self._value(label, bound, name), self.day)


def decided(
    missed: Printable, notices: Sequence[Printable], unreached: Printable, addresses: Printable
) -> list[tuple[Printable, Variable]]:
    """Return the decisions about a child: a hearing missed, how far a notice got, not reached, bad addresses.

    `notices` are the conditions that one was issued, served and filed.
    """
    stage: Printable = Literal(0)
    for place, got in enumerate(notices, 1):
        stage = Case(got, Literal(place), stage)
    return [
        (one(missed), Variable("missed")),
        (stage, Variable("stage")),
        (unreached, Variable("unreached")),
        (addresses, Variable("bad")),
    ]


def one(condition: Printable) -> Printable:
    """Return 1 if a condition is true, and 0 otherwise."""
    return Case(condition, Literal(1), Literal(0))


def _texts(values: Sequence[str]) -> Printable:
    return ListOf(tuple(Literal(value) for value in values))
