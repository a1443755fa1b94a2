"""A block in the making: its plan, its chance, its rows, and the records that later parts refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from seed.synthetic.names import Pools
from seed.synthetic.plan import BlockPlan
from seed.synthetic.tables import Tables
from seed.synthetic.truth import Truth
from seed.synthetic.world import Area, World

T = TypeVar("T")


@dataclass(slots=True)
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


@dataclass(slots=True)
class Sponsor:
    """A sponsor, with the children that turned out to be released to it."""

    key: str
    family: str
    stays: list[Stay]
    phone: str
    size: int
    bad_home: Home | None = None
    children: set[str] = field(default_factory=set)
    unrelated: set[str] = field(default_factory=set)

    def home_on(self, day: int) -> Home:
        """Return where the sponsor lived on a day."""
        home = self.stays[0].home
        for stay in self.stays[1:]:
            if stay.since <= day:
                home = stay.home
        return home


@dataclass(slots=True)
class Placement:
    """A release: days, the sponsor, and the address that was written down for it."""

    key: str
    sponsor: Sponsor
    home: Home
    released: int
    ended: int | None
    relationship: str
    category: str | None


@dataclass(slots=True)
class Child:
    """A child: its place in the block's plan, the days that bound its facts, and its placements in order."""

    position: int
    family: tuple[str, str]
    birth: int
    transferred: int
    released: int
    key: str = ""
    group: int = 0
    placements: list[Placement] = field(default_factory=list)
    applied_on: int | None = None

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
    """Everything that the parts of the generator share while they make a block."""

    plan: BlockPlan
    rng: Random
    tables: Tables
    world: World
    pools: Pools
    truth: Truth
    homes: list[Home] = field(default_factory=list)
    sponsors: list[Sponsor] = field(default_factory=list)
    phones: int = 0

    def chance(self, probability: float) -> bool:
        """Tell whether an event of that probability happens."""
        return self.rng.random() < probability

    def between(self, first: int, last: int) -> int:
        """Draw a whole number from `first` to `last`; `first` when there is none between."""
        return first + int(self.rng.random() * (last - first + 1)) if last > first else first

    def pick(self, values: tuple[T, ...]) -> T:
        """Draw one of the values."""
        return values[int(self.rng.random() * len(values))]
