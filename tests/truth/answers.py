"""Where the second answers are kept: a function for each question, by the question's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from queries.library.question import Question
from tests.truth.dump import Dump, Record

Row = Mapping[str, Any]
Answer = Callable[..., Iterable[Row]]
ANSWERS: dict[str, Answer] = {}


def answers(name: str) -> Callable[[Answer], Answer]:
    """Make a function the second answer to a question.

    It takes a dump and the question's parameters by name, `asOf` a date, and yields rows: a value for each column, a
    record where the column is a node, in any order.
    """

    def keep(answer: Answer) -> Answer:
        assert name not in ANSWERS
        ANSWERS[name] = answer
        return answer

    return keep


def ordered_rows(dump: Dump, question: Question, arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that the second answer gives to a value for every parameter, in the order of the header."""
    names = [column.name for column in question.columns]
    rows = []
    for row in ANSWERS[question.name](dump, **arguments):
        assert set(row) == set(names), (question.name, set(row) ^ set(names))
        rows.append({name: row[name] for name in names})
    for name in reversed(question.key):
        rows.sort(key=lambda row: _place(row[name], descending=False))
    for part in reversed(question.order):
        rows.sort(key=lambda row: _place(row[part.column], descending=part.descending))
    return rows


def reference(dump: Dump, question: Question, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows that the second answer gives, as tuples of plain values in the order of the header.

    `given` are values by parameter, dates as ISO text; parameters that are left out have their defaults.
    """
    arguments = {one.name: given.get(one.name, one.default) for one in question.parameters}
    arguments = {name: date.fromisoformat(value) if name == "asOf" else value for name, value in arguments.items()}
    return [tuple(plain(value) for value in row.values()) for row in ordered_rows(dump, question, arguments)]


def plain(value: Any) -> Any:
    """Return a value as the command gives it: a record by its key, a day or an instant as text."""
    if isinstance(value, Record):
        return value.key
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _place(value: Any, *, descending: bool) -> tuple[bool, Any]:
    """Return what a value is sorted by: unknown ones last, whichever way."""
    if value is None:
        return True, 0
    if isinstance(value, Record):
        return False, value.key
    if isinstance(value, bool):
        value = int(value)
    if isinstance(value, date):
        value = value.toordinal()
    if descending:
        return False, -value if isinstance(value, (int, float)) else tuple(-ord(letter) for letter in value)
    return False, value
