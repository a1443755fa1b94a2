"""A question of the library: what its file declares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

TODAY = "today"


class Severity(Enum):
    """How much a row asks for an investigator's attention."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the asker may give.

    `type` is a GraphQL type as text (`Int`, `Date`, `[String!]`); `default` a value of it, `TODAY` for the day of
    asking in UTC, or `None` when the asker must give one.
    """

    name: str
    type: str
    default: object | None
    doc: str


@dataclass(frozen=True, slots=True)
class Column:
    """A value of each row: a node when `type` is a label of the model, else a GraphQL scalar (`Int`, `Date`)."""

    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class Ordering:
    """One part of the rows' order; unknown values come last in both directions."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A `.cypher` file: its header, and the body that returns the columns.

    `key` names the columns that identify a row (a node counts by its own key); ties of `order` are broken by it.
    `path` and `line` (of the body's first line) go into errors.
    """

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[Ordering, ...]
    severity: Severity
    source: str
    example: str
    body: str
    path: Path
    line: int
