"""What the makers of a block decide about a child's safety: home studies, attempts at contact, custody and services."""

from __future__ import annotations

from typing import NamedTuple

IN_PERSON = ("HOME_VISIT", "WELLNESS_CHECK")
"""Attempts at which somebody sees for themselves who lives there."""


class Study(NamedTuple):
    """A home study: the days on which it was ordered and completed, and what it recommended."""

    key: str
    ordered: int
    completed: int | None
    recommendation: str | None


class Attempt(NamedTuple):
    """An attempt to reach a child: its outcome, who was spoken to, and whether the child was found with the sponsor."""

    key: str
    kind: str
    day: int
    outcome: str
    reached: str | None = None
    with_sponsor: bool | None = None

    @property
    def met(self) -> bool:
        """Whether it was contact with the child."""
        seen = self.kind in IN_PERSON and self.with_sponsor is True
        return self.outcome == "REACHED" and (self.reached in ("CHILD", "BOTH", None) or seen)


class CustodyStay(NamedTuple):
    """A stay in federal custody, by its days and how it ended."""

    key: str
    apprehended: int | None
    transferred: int | None
    admitted: int
    discharged: int | None
    kind: str | None

    @property
    def began(self) -> int:
        """The first day that is on record."""
        return next(day for day in (self.apprehended, self.transferred, self.admitted) if day is not None)


class Service(NamedTuple):
    """Services ordered after a release, and when they began."""

    key: str
    ordered: int
    started: int | None
