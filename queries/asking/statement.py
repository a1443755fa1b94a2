"""The statement that asks a question for all or the first of its rows, for example for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from graph.model import Model, Point, Property
from queries.library.cypher_text import replace_parameters
from queries.library.question import Column, Question

PREFIX = "CYPHER 25\n"


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a row as it is shown: the column's own value, or a property of the column's node."""

    column: str
    part: str = ""

    @property
    def name(self) -> str:
        """The field's name: `childCount`, or `sponsor.lastName`."""
        return f"{self.column}.{self.part}" if self.part else self.column


def column_properties(column: Column, model: Model) -> tuple[Property, ...]:
    """Return the properties of a column's node, `key` first; none when the column holds a value."""
    return tuple(model.node(column.kind).all_properties.values()) if column.kind in model.labels else ()


def row_fields(question: Question, model: Model) -> tuple[Field, ...]:
    """Return the fields of a question's rows, in the order of its columns."""
    return tuple(
        Field(column.name, prop.name if prop else "")
        for column in question.columns
        for prop in column_properties(column, model) or (None,)
    )


class KeptRows(Protocol):
    """Another way to a question's rows, and the condition under which it gives the same ones."""

    def condition(self) -> str:
        """Return the condition."""

    def rows(self, columns: Sequence[Column], *, limit: str = "") -> str:
        """Return the query for these columns of the rows, or of the first of them, in their order."""

    def total(self) -> str:
        """Return the query that has as many rows as the question."""


def rows_statement(question: Question, model: Model, *, limited: bool, kept: KeptRows | None = None) -> str:
    """Return the statement: one record per row, one value per column; a node's value is the list of its properties.

    All values are passed in one list parameter `$p`: those of the parameters in order, then the limit. If the condition
    of what is `kept` is true, the rows come from there.
    """
    if kept:
        return _rows_of_either(question, model, kept, f"$p[{len(question.parameters)}]" if limited else "")
    lines = [line for line, _ in _ending(question, model)]
    if limited:
        lines.insert(lines.index("RETURN"), f"LIMIT $p[{len(question.parameters)}]")
    return PREFIX + _body(question) + "\n".join(lines)


def _rows_of_either(question: Question, model: Model, kept: KeptRows, limit: str) -> str:
    names = ", ".join(column.name for column in question.columns)
    order = ", ".join(text for text, _ in _order(question, model))
    returned = ", ".join(_returned(column, model) for column in question.columns)
    return (
        f"{PREFIX}CALL () {{\n"
        f"WHEN {kept.condition()} THEN {{\n{kept.rows(question.columns, limit=limit)}\n}} ELSE {{\n"
        f"{_body(question)}NEXT\nRETURN {names} ORDER BY {order}{f' LIMIT {limit}' if limit else ''}\n}}\n}}\n"
        f"RETURN {returned}"
    )


def count_statement(question: Question, kept: KeptRows | None = None) -> str:
    """Return the statement that counts a question's rows; its values are those of the parameters."""
    if kept:
        return (
            f"{PREFIX}WHEN {kept.condition()} THEN {{\nRETURN COUNT {{ {kept.total()} }} AS total\n}} ELSE {{\n"
            f"{_body(question)}NEXT\nRETURN count(*) AS total\n}}"
        )
    return f"{PREFIX}{_body(question)}NEXT\nRETURN count(*)"


def column_at(question: Question, model: Model, line: int) -> Column | None:
    """Return the column that a line of the statement of all rows, counted from 1, is about; `None` for other lines."""
    place = body_line(line) - 1 - question.body.count("\n")
    ending = _ending(question, model)
    return ending[place][1] if 0 <= place < len(ending) else None


def body_line(line: int) -> int:
    """Return the line of a question's body that a line of a statement comes from, both counted from 1."""
    return line - PREFIX.count("\n")


def _ending(question: Question, model: Model) -> list[tuple[str, Column | None]]:
    """Return the lines after the body, each with the column that it is about."""
    names = ", ".join(column.name for column in question.columns)
    order = list(_order(question, model))
    returned = [(_returned(column, model), column) for column in question.columns]
    return [
        ("NEXT", None),
        (f"WITH {names} ORDER BY", None),
        *((f"{text}," if place < len(order) else text, column) for place, (text, column) in enumerate(order, 1)),
        ("RETURN", None),
        *((f"{text}," if place < len(returned) else text, column) for place, (text, column) in enumerate(returned, 1)),
    ]


def _body(question: Question) -> str:
    places = {parameter.name: f"$p[{place}]" for place, parameter in enumerate(question.parameters)}
    return replace_parameters(question.body, places)


def _order(question: Question, model: Model) -> Iterator[tuple[str, Column]]:
    for part in question.order:
        column = question.column(part.column)
        yield f"{column.name} IS NULL", column
        yield f"{column.name} DESC" if part.descending else column.name, column
    for name in question.key:
        column = question.column(name)
        yield f"{name}.key" if column.kind in model.labels else name, column


def _returned(column: Column, model: Model) -> str:
    if properties := column_properties(column, model):
        values = ", ".join(stored_text(f"{column.name}.{prop.name}", prop.type) for prop in properties)
        return f"[{values}] AS {column.name}"
    kinds = {"Date": date, "DateTime": datetime}
    return f"{stored_text(column.name, kinds.get(column.kind))} AS {column.name}"


def stored_text(value: str, kind: object) -> str:
    """Return the expression that converts a value for rows: dates and instants to text, positions to maps."""
    if kind is date:
        return f"toString({value})"
    if kind is datetime:
        return f"CASE WHEN {value} IS NOT NULL THEN toString(datetime({{datetime: {value}, timezone: 'Z'}})) END"
    if kind is Point:
        return f"CASE WHEN {value} IS NOT NULL THEN {{latitude: {value}.latitude, longitude: {value}.longitude}} END"
    return value
