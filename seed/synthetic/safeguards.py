"""What the makers of a block decided about sponsors' screening and about concerns, so that answers are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Person(NamedTuple):
    """Who a sponsor's record is about: given names, family names, day of birth."""

    first: str
    last: str
    birth: int


class Document(NamedTuple):
    """An identity document: its key, the hash of its number, the day it was presented, and what is known about it."""

    key: str
    number: str | None
    presented: int
    legible: bool | None
    verified: bool | None

    @property
    def bad(self) -> bool:
        """Whether it cannot be read, or was not verified."""
        return self.legible is False or self.verified is False


class Check(NamedTuple):
    """A background check: of whom, and the days of its request and its result."""

    key: str
    kind: str
    subject: str
    person: str
    requested: int
    result: int | None


class Application(NamedTuple):
    """An application to sponsor a child, as it was decided."""

    key: str
    child: str
    decided: int
    decision: str


@dataclass(slots=True)
class Concern:
    """A report of concern: its days, whether it was referred, the child it concerns, and whom it names."""

    key: str
    kind: str
    reported: int
    received: int | None
    triaged: int | None
    closed: int | None
    referred: bool
    child: str = ""
    sponsors: list[str] = field(default_factory=list)
    employers: list[str] = field(default_factory=list)


class SecondRecord(NamedTuple):
    """Two records of one person, by their keys, and what they have in common: name, phone or document."""

    sponsor: str
    other: str
    shares: str
