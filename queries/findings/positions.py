"""The position of a finding among those of its indicator: one text whose order is the question's own order of rows.

An index on that one text gives a page of any question, from any row on, whatever the question orders by. The text
begins with the indicator's name; then follows one part for each value that rows are ordered by, with unknown values
last, and one for each value that identifies a row. Each part ends with a character that sorts before all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import MODEL
from queries.library.question import Column, Question

END = "\\u0000"
"""Ends a part, as Cypher writes it."""
BEYOND = "\\u0001"
"""Comes after all texts that begin with a name and `END`."""

_LARGEST = 2**63 - 1
_ORDERED = ("Int", "Boolean", "Date", "DateTime")
"""The kinds of values that have a position in both directions; text has one only in ascending order."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a position: its column, the kind of the value, and how it is ordered."""

    column: str
    kind: str
    descending: bool
    nullable: bool
    node: bool = False

    def text(self, value: str | None) -> str:
        """Return the expression for this part of the position, from that of the value; `None` is an unknown value."""
        if value is None:
            return "'1'"
        known = _known(self.kind, value, descending=self.descending)
        return f"CASE WHEN {value} IS NULL THEN '1' ELSE '0' + {known} END" if self.nullable else known


def parts_of(question: Question) -> tuple[Part, ...] | None:
    """Return the parts of a question's positions; `None` if it orders by something that no text can be ordered by."""
    ordered = [_part(question.column(one.column), descending=one.descending) for one in question.order]
    names = {part.column for part in ordered}
    keys = [_part(question.column(name)) for name in question.key if name not in names]
    if any(part.node for part in ordered) or not all(_has_text(part) for part in (*ordered, *keys)):
        return None
    return (*ordered, *keys)


def position_of(name: str, parts: Sequence[Part], values: Sequence[str | None]) -> str:
    """Return the expression for a position, from an indicator's name and the expressions of its values."""
    texts = [part.text(value) for part, value in zip(parts, values, strict=True)]
    return " + ".join([f"'{name}{END}'", *(f"{text} + '{END}'" for text in texts)])


def own_position(question: Question) -> str:
    """Return the expression for the position of a question's row; `null` if it has none."""
    parts = parts_of(question)
    if parts is None:
        return "null"
    return position_of(question.name, parts, [f"{part.column}.key" if part.node else part.column for part in parts])


def _part(column: Column, *, descending: bool = False) -> Part:
    if column.kind in MODEL.labels:
        return Part(column.name, "String", descending, nullable=False, node=True)
    return Part(column.name, column.kind, descending, nullable=not column.type.endswith("!"))


def _has_text(part: Part) -> bool:
    return part.kind in _ORDERED or (part.kind == "String" and not part.descending)


def _known(kind: str, value: str, *, descending: bool) -> str:
    if kind == "String":
        return value
    if kind == "DateTime":
        millis, rest = (_whole(f"{value}.{part}", descending=descending) for part in ("epochMillis", "nanosecond"))
        return f"{millis} + {rest}"
    numbers = {
        "Int": value,
        "Boolean": f"toInteger({value})",
        "Date": f"duration.inDays(date('1970-01-01'), {value}).days",
    }
    return _whole(numbers[kind], descending=descending)


def _whole(number: str, *, descending: bool) -> str:
    """Return a text that is ordered as a whole number is: its sign and 19 digits; negative numbers count upwards."""
    if descending:
        number = f"(-1 - {number})"
    digits = "right('000000000000000000' + toString({}), 19)"
    positive, negative = digits.format(number), digits.format(f"{number} + {_LARGEST} + 1")
    return f"CASE WHEN {number} >= 0 THEN '1' + {positive} ELSE '0' + {negative} END"
