"""A block in the making: its plan, its chance, its rows, and the records that later parts refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple, TypeVar

from seed.synthetic.names import Pools
from seed.synthetic.plan import BlockPlan
from seed.synthetic.tables import Tables
from seed.synthetic.truth import Truth
from seed.synthetic.world import Area, World

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Home:
    """An address: all sponsors who were ever reported there, those of them who count now, and the children released.

    A sponsor counts now when its report has no end, or when a child was released to it there.
    """

    key: str
    area: Area
    street: str | None
    deliverability: str
    sponsors: set[str] = field(default_factory=set)
    current: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Stay:
    """A sponsor's time at a home; days, the last one unknown while it lasts."""

    home: Home
    since: int
    until: int | None = None


class Report(NamedTuple):
    """An agency's report of who resides at a home; days, the last one unknown while it lasts."""

    agency: str
    home: Home
    since: int
    until: int | None


@dataclass(slots=True, eq=False)
class Sponsor:
    """A sponsor, with the children that turned out to be released to it, and where it is reported to reside."""

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

    def home_on(self, day: int) -> Home:
        """Return where the sponsor lived on a day."""
        home = self.stays[0].home
        for stay in self.stays[1:]:
            if stay.since <= day:
                home = stay.home
        return home


@dataclass(slots=True)
class Placement:
    """A release: days, the child, the sponsor, and the address that was written down for it."""

    key: str
    child: str
    sponsor: Sponsor
    home: Home
    released: int
    ended: int | None
    relationship: str
    category: str | None
    studied: bool = False


@dataclass(slots=True)
class Hearing:
    """A hearing: its day and outcome, its notice and order, and what agencies were told and wrote down, by their code.

    `recorded` holds the outcome and the day of an agency's own record, `told` the day of the message that reached it.
    """

    key: str
    day: int
    outcome: str
    noticed: int | None = None
    noticed_at: Home | None = None
    order: str = ""
    ordered: int = 0
    in_absentia: bool = False
    recorded: dict[str, tuple[str, int]] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """A case before a court; `stands` while it is open."""

    key: str
    notice: NoticeDays
    hearings: list[Hearing]
    stands: bool


class NoticeDays(NamedTuple):
    """When a notice was issued, served and filed, as far as it got."""

    issued: int
    served: int
    filed: int


class Attempt(NamedTuple):
    """An attempt to reach a child."""

    kind: str
    day: int
    outcome: str


@dataclass(slots=True)
class Child:
    """A child: its place in the block's plan, the days that bound its facts, its placements in order, and its records.

    `without_notice` says how far the notice got that was not filed; it is empty when one was.
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
    relief_pending: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

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
    """Everything that the parts of the generator share while they make a block.

    `callers` are the sponsors who share a phone, by the phone; `workplaces` employers at homes of sponsors.
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

    def chance(self, probability: float) -> bool:
        """Tell whether an event of that probability happens."""
        return self.rng.random() < probability

    def between(self, first: int, last: int) -> int:
        """Draw a whole number from `first` to `last`; `first` when there is none between."""
        return first + int(self.rng.random() * (last - first + 1)) if last > first else first

    def pick(self, values: tuple[T, ...]) -> T:
        """Draw one of the values."""
        return values[int(self.rng.random() * len(values))]
