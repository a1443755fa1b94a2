"""Asking a question from Python: its values in, its rows out as plain dictionaries, in the question's own order."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.model import MODEL, Enumeration, Model, Property
from graph.model.kinds import PropertyType
from graph.store import Store
from queries.question import Question
from queries.statement import Field, column_properties, count_statement, row_fields, rows_statement

Row = dict[str, Any]
PAGE = 1_000
"""Rows of a page that is held at a time."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A question's rows by column: a node is the dictionary of its properties, `key` first.

    Dates are ISO 8601 text; values of enumerations have their GraphQL names.
    `fields` are the values of a row one by one, as a table has them.
    """

    question: Question
    fields: tuple[Field, ...]
    rows: Sequence[Row]

    def flat(self) -> Iterator[list[object]]:
        """Give each row as the list of its fields' values."""
        for row in self.rows:
            yield [_value(row[field.column], field) for field in self.fields]


async def run_question(
    store: Store,
    question: Question,
    arguments: Mapping[str, object],
    *,
    first: int | None = None,
    deadline: float | None = None,
    model: Model = MODEL,
) -> Rows:
    """Ask a question and return its rows, all of them or the first ones.

    `arguments` are values by parameter (`Question.read` makes them of text); those not given take their defaults.
    Raises `BadInput` for values that cannot be used, `StoreTimeout` after `deadline` seconds (by default the store's).
    """
    values = _values(question, arguments, first)
    statement = rows_statement(question, model, limited=first is not None)
    return _rows(question, model, await store.read(statement, {"p": values}, timeout=deadline))


async def pages_of(
    store: Store,
    question: Question,
    arguments: Mapping[str, object],
    *,
    deadline: float,
    first: int | None = None,
    size: int = PAGE,
    model: Model = MODEL,
    bookmarks: Sequence[str] = (),
) -> AsyncGenerator[Rows]:
    """Ask a question once and give its rows in pages, so that no more than a page of them is held at a time.

    Raises as `run_question` does.
    """
    values = _values(question, arguments, first)
    statement = rows_statement(question, model, limited=first is not None)
    found = store.pages(statement, {"p": values}, size=size, timeout=deadline, bookmarks=bookmarks)
    async with aclosing(found) as pages:
        async for records in pages:
            yield _rows(question, model, records)


def _values(question: Question, arguments: Mapping[str, object], first: int | None) -> list[object]:
    values = list(question.values(arguments).values())
    if first is not None:
        if first < 1:
            raise BadInput("first must be a whole number of at least 1")
        values.append(first)
    return values


def _rows(question: Question, model: Model, records: Iterable[Sequence[object]]) -> Rows:
    columns = {column.name: column_properties(column, model) for column in question.columns}
    rows = [
        {name: _plain(value, properties) for (name, properties), value in zip(columns.items(), record, strict=True)}
        for record in records
    ]
    return Rows(question, row_fields(question, model), rows)


async def count_rows(
    store: Store, question: Question, arguments: Mapping[str, object], *, deadline: float | None = None
) -> int:
    """Return how many rows a question has; raises as `run_question` does."""
    values = list(question.values(arguments).values())
    [[count]] = await store.read(count_statement(question), {"p": values}, timeout=deadline)
    assert isinstance(count, int)
    return count


def _plain(value: object, properties: Sequence[Property]) -> object:
    if not properties or not isinstance(value, list):
        return value
    return None if value[0] is None else named_values(properties, value)


def named_values(properties: Sequence[Property], values: Sequence[object]) -> Row:
    """Return the values of properties by their names, as rows have them."""
    return {prop.name: _named(one, prop.type) for prop, one in zip(properties, values, strict=True)}


def _named(value: object, kind: PropertyType) -> object:
    return kind.graphql_name(value) if isinstance(kind, Enumeration) and isinstance(value, str) else value


def _value(value: object, field: Field) -> object:
    if not field.part:
        return value
    return value.get(field.part) if isinstance(value, dict) else None
