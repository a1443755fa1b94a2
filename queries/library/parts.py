"""What a question's file declares besides its parameters: columns, order, scans, severity, and rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Severity(Enum):
    """How urgently a row needs an investigator's attention."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


@dataclass(frozen=True, slots=True)
class Raised:
    """The severity of the rows in which a column is at least some number; an unknown value counts as less."""

    severity: Severity
    column: str
    least: int

    @property
    def where(self) -> str:
        """Which rows these are: `unrelatedCount >= 2`."""
        return f"{self.column} >= {self.least}"


@dataclass(frozen=True, slots=True)
class Column:
    """A value of each row: a node if `type` is a label of the model, or else a GraphQL scalar (`Int`, `Date`).

    A type that ends in `!` means that the value is never unknown. `line` is where the file declares the column. `of`
    are the properties that a scalar shows, each as its label or relationship type and its name: none if the value is
    counted or computed, several if it shows one or another.
    """

    name: str
    type: str
    doc: str
    line: int = field(default=0, compare=False)
    of: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """The type's name, without `!`."""
        return self.type.rstrip("!")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a parameter does if it does nothing else: it keeps the rows in which a column compares like this with it."""

    column: str
    operator: str


@dataclass(frozen=True, slots=True)
class Ordering:
    """One part of the rows' order; unknown values come last in both directions."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A label or relationship type of which a question looks at all nodes or relationships, and why."""

    name: str
    doc: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule that a question rests on: its citation, what it asks for, and the days on which it is in force.

    The first or last day is `None` if none is known. If the rule is `secondary`, its text was not read: somebody
    reported it, as `doc` says.
    """

    citation: str
    doc: str
    since: date | None = None
    until: date | None = None
    secondary: bool = False
    line: int = field(default=0, compare=False)

    @property
    def in_force(self) -> str:
        """Since when and until when the rule is in force, in words, as far as that is known."""
        if self.since is None and self.until is None:
            return "not known since when"
        since = "" if self.since is None else f"from {self.since}"
        return f"{since} until {self.until}".strip() if self.until else since

    def holds(self, day: date) -> bool:
        """Tell whether the rule is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
