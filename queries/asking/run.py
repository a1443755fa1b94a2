"""Asks a question from Python: values in, and rows out as plain dictionaries, in the question's own order."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput, NotFound
from graph.model import MODEL, Enumeration, Model, Property
from graph.model.kinds import PropertyType
from graph.store import Store
from queries.asking.statement import (
    Field,
    KeptRows,
    column_properties,
    count_statement,
    row_fields,
    rows_statement,
)
from queries.library.question import GROWN_UP, Question
from queries.library.values import LARGEST_INT

Row = dict[str, Any]
PAGE = 1_000
"""How many rows a page holds; one page is in memory at a time."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A question's rows by column: a node is the dictionary of its properties, `key` first.

    Dates are ISO 8601 text; values of enumerations have their GraphQL names.
    `fields` are the single values of a row, as in a table.
    """

    question: Question
    fields: tuple[Field, ...]
    rows: Sequence[Row]

    def flat(self) -> Iterator[list[object]]:
        """Yield each row as the list of its fields' values."""
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
    kept: KeptRows | None = None,
) -> Rows:
    """Ask a question and return all its rows, or the first ones.

    `arguments` are values by parameter (`Question.read` converts them from text); missing ones take their defaults.
    `kept` is another way to the rows.
    Raises `BadInput` for values that cannot be used, and `StoreTimeout` after `deadline` seconds (by default the
    store's).
    """
    values = _values(question, arguments, first)
    statement = rows_statement(question, model, limited=first is not None, kept=kept)
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
    kept: KeptRows | None = None,
) -> AsyncGenerator[Rows]:
    """Ask a question once and yield its rows in pages, so that only one page is in memory at a time.

    Raises as `run_question` does.
    """
    values = _values(question, arguments, first)
    statement = rows_statement(question, model, limited=first is not None, kept=kept)
    found = store.pages(statement, {"p": values}, size=size, timeout=deadline, bookmarks=bookmarks)
    async with aclosing(found) as pages:
        async for records in pages:
            yield _rows(question, model, records)


def _values(question: Question, arguments: Mapping[str, object], first: int | None) -> list[object]:
    values = list(question.values(arguments).values())
    if first is not None:
        check_first(first)
        values.append(first)
    return values


def check_first(first: int) -> None:
    """Raise `BadInput` for a number of rows that cannot be asked for."""
    if not 1 <= first <= LARGEST_INT:
        raise BadInput(f"first must be a whole number from 1 to {LARGEST_INT}")


def _rows(question: Question, model: Model, records: Iterable[Sequence[object]]) -> Rows:
    columns = {column.name: column_properties(column, model) for column in question.columns}
    rows = [
        {name: _plain(value, properties) for (name, properties), value in zip(columns.items(), record, strict=True)}
        for record in records
    ]
    return Rows(question, row_fields(question, model), rows)


async def count_rows(
    store: Store,
    question: Question,
    arguments: Mapping[str, object],
    *,
    deadline: float | None = None,
    kept: KeptRows | None = None,
) -> int:
    """Return how many rows a question has; raises as `run_question` does."""
    values = list(question.values(arguments).values())
    [[count]] = await store.read(count_statement(question, kept), {"p": values}, timeout=deadline)
    assert isinstance(count, int)
    return count


async def count_left_out(
    store: Store, question: Question, arguments: Mapping[str, object], *, deadline: float | None = None
) -> int:
    """Return how many rows a question leaves out because they are about people who have turned 18."""
    if all(one.name != GROWN_UP for one in question.parameters) or question.values(arguments)[GROWN_UP]:
        return 0
    everybody = await count_rows(store, question, {**arguments, GROWN_UP: True}, deadline=deadline)
    return everybody - await count_rows(store, question, arguments, deadline=deadline)


async def check_keys(store: Store, question: Question, arguments: Mapping[str, object]) -> None:
    """Check that the records with the given keys exist; raises `NotFound`, whose text never repeats a key."""
    values = question.values(arguments)
    for parameter in question.parameters:
        if not parameter.key_of:
            continue
        found = " OR ".join(f"EXISTS {{ (:{label} {{key: $key}}) }}" for label in parameter.key_of)
        if await store.read(f"CYPHER 25 RETURN {found}", {"key": values[parameter.name]}) == [[False]]:
            kinds = " or ".join(label.lower() for label in parameter.key_of)
            raise NotFound(
                f"there is no {kinds} with the key that {parameter.name} gives; "
                "give a key as rows show it, such as syn-child-000100001"
            )


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
