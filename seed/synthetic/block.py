"""A block that is being made: its plan, its random generator, its rows, and the records that later steps refer to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple, TypeVar

from seed.synthetic.names import Pools
from seed.synthetic.plan import BlockPlan
from seed.synthetic.records import Attempt, CustodyStay, Service, Study
from seed.synthetic.safeguards import Application, Check, Concern, Document, Person, SecondRecord
from seed.synthetic.tables import Tables
from seed.synthetic.truth import Truth
from seed.synthetic.world import Area, World

T = TypeVar("T")
NOBODY = Person("", "", 0)
"""A sponsor's identity before it is decided."""


@dataclass(slots=True, eq=False)
class Home:
    """An address: all sponsors who were ever reported there or to whom a child was released there.

    `kind` says what sort of place it is, if known.
    """

    key: str
    area: Area
    street: str | None
    deliverability: str
    kind: str | None = None
    sponsors: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Stay:
    """A sponsor's time at a home, in days; the last day is unknown while it lasts."""

    home: Home
    since: int
    until: int | None = None


class Report(NamedTuple):
    """An agency's report of who resides at a home: first day, last day (unknown while it lasts), day of the report."""

    agency: str
    home: Home
    since: int
    until: int | None
    reported: int


@dataclass(slots=True, eq=False)
class Sponsor:
    """A sponsor, with the children released to it, and where it is reported to reside."""

    key: str
    family: str
    stays: list[Stay]
    phone: str
    size: int
    bad_home: Home | None = None
    children: set[str] = field(default_factory=set)
    unrelated: set[str] = field(default_factory=set)
    placements: list[Placement] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    person: Person = NOBODY
    documents: list[Document] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)

    def home_on(self, day: int) -> Home:
        """Return where the sponsor lived on a day."""
        home = self.stays[0].home
        for stay in self.stays[1:]:
            if stay.since <= day:
                home = stay.home
        return home


@dataclass(slots=True)
class Placement:
    """A release: days, the child, the sponsor, and the address that was recorded for it."""

    key: str
    child: str
    sponsor: Sponsor
    home: Home
    released: int
    ended: int | None
    relationship: str
    category: str | None
    reason: str | None = None
    studies: list[Study] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


@dataclass(slots=True)
class Hearing:
    """A hearing: its day and outcome, its notice and order, and what agencies were told and recorded, by their code.

    `recorded` holds the outcome and the day of an agency's own record, `told` the day of the message that reached it,
    and `own` the outcome for a respondent if it was different. A notice is `stale` if it went to a former address.
    """

    key: str
    day: int
    outcome: str
    noticed: int | None = None
    noticed_at: Home | None = None
    stale: bool = False
    order: str = ""
    order_kind: str = ""
    ordered: int = 0
    in_absentia: bool = False
    own: dict[str, str] = field(default_factory=dict)
    recorded: dict[str, tuple[str, int]] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)

    @property
    def missed(self) -> bool:
        """Whether it was missed, by all or by one of the respondents."""
        return self.outcome == "MISSED" or "MISSED" in self.own.values()

    def outcome_for(self, child: str) -> str:
        """Return the outcome for a respondent."""
        return self.own.get(child, self.outcome)


@dataclass(slots=True)
class Case:
    """A case before a court, by the court's key; `stands` while it is open."""

    key: str
    notice: NoticeDays
    hearings: list[Hearing]
    stands: bool
    court: str

    @property
    def undone(self) -> bool:
        """Whether removal was ordered and another order came later."""
        removals = [one.ordered for one in self.hearings if one.order_kind == "REMOVAL"]
        return any(removals[0] < one.ordered for one in self.hearings) if removals else False

    def heard_by(self, child: str) -> list[Hearing]:
        """Return the hearings as they were for a respondent."""
        return [replace(hearing, outcome=hearing.outcome_for(child)) for hearing in self.hearings]


class NoticeDays(NamedTuple):
    """The days on which a notice was issued, served and filed, as far as it got."""

    issued: int
    served: int
    filed: int


class Relief(NamedTuple):
    """An application for relief: its form and its days; the day of the decision is unknown while it is pending."""

    key: str
    form: str
    filed: int
    decided: int | None
    status: str


class Representation(NamedTuple):
    """The time during which somebody represents a child; its last day is unknown while it lasts."""

    entered: int
    withdrawn: int | None


@dataclass(slots=True)
class Child:
    """A child: its place in the block's plan, the days that bound its facts, its placements in order, and its records.

    `needs` is the reason for which the law requires a home study, if any. `apprehended` is the day on which its custody
    began. `without_notice` says how far a notice got that was not filed. It is empty if one was filed; then `notice`
    names it.
    """

    position: int
    family: tuple[str, str]
    birth: int
    transferred: int
    released: int
    key: str = ""
    group: int = 0
    placements: list[Placement] = field(default_factory=list)
    case: Case | None = None
    without_notice: str = ""
    notice: str = ""
    applications: list[Relief] = field(default_factory=list)
    represented: list[Representation] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    apprehended: int = 0
    needs: str = ""
    custody: list[CustodyStay] = field(default_factory=list)

    @property
    def relief_pending(self) -> bool:
        """Whether an application for relief is pending."""
        return any(application.decided is None for application in self.applications)

    @property
    def back(self) -> bool:
        """Whether the child is in custody again, at the reference date, after its latest release."""
        return any(stay.began > self.placements[-1].released and stay.discharged is None for stay in self.custody)

    def home_on(self, day: int) -> Home | None:
        """Return where the child lived with its sponsor on a day, or where it had been released to last."""
        last = None
        for placement in self.placements:
            if placement.released <= day:
                last = placement
        if last is None:
            return None
        now = last.sponsor.home_on(day)
        return last.home if now is last.sponsor.home_on(last.released) else now


@dataclass(slots=True)
class Block:
    """Everything that the generator's modules share while they make a block.

    `callers` are the sponsors who share a phone, by the phone; `workplaces` are employers at homes of sponsors.
    """

    plan: BlockPlan
    rng: Random
    tables: Tables
    world: World
    pools: Pools
    truth: Truth
    homes: list[Home] = field(default_factory=list)
    sponsors: list[Sponsor] = field(default_factory=list)
    siblings: list[tuple[Child, Child]] = field(default_factory=list)
    phones: int = 0
    callers: dict[str, set[str]] = field(default_factory=dict)
    workplaces: list[tuple[str, Home]] = field(default_factory=list)
    second_records: list[SecondRecord] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)

    def chance(self, probability: float) -> bool:
        """Tell whether an event of that probability happens."""
        return self.rng.random() < probability

    def between(self, first: int, last: int) -> int:
        """Draw a whole number from `first` to `last`; return `first` if the range is empty."""
        return first + int(self.rng.random() * (last - first + 1)) if last > first else first

    def pick(self, values: tuple[T, ...]) -> T:
        """Draw one of the values."""
        return values[int(self.rng.random() * len(values))]
