"""The statement that asks a question for all or the first of its rows, as the command line does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from graph.model import Model, Point, Property
from queries.cypher_text import replace_parameters
from queries.question import Column, Question

PREFIX = "CYPHER 25\n"


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a row as it is shown: a column's own, or a property of the node in it."""

    column: str
    part: str = ""

    @property
    def name(self) -> str:
        """The field's name: `childCount`, or `sponsor.lastName`."""
        return f"{self.column}.{self.part}" if self.part else self.column


def column_properties(column: Column, model: Model) -> tuple[Property, ...]:
    """Return the properties that a column shows of its node, `key` first; none when it holds a value."""
    return tuple(model.node(column.kind).all_properties.values()) if column.kind in model.labels else ()


def row_fields(question: Question, model: Model) -> tuple[Field, ...]:
    """Return the fields of a question's rows, in the order of its columns."""
    return tuple(
        Field(column.name, prop.name if prop else "")
        for column in question.columns
        for prop in column_properties(column, model) or (None,)
    )


def rows_statement(question: Question, model: Model, *, limited: bool) -> str:
    """Return the statement: a record a row, a value a column, that of a node the list of its properties.

    All values travel in one list parameter `$p`: those of the parameters in their order, then the limit.
    """
    lines = [line for line, _ in _ending(question, model)]
    if limited:
        lines.insert(lines.index("RETURN"), f"LIMIT $p[{len(question.parameters)}]")
    return PREFIX + _body(question) + "\n".join(lines)


def count_statement(question: Question) -> str:
    """Return the statement that counts a question's rows; its values are those of the parameters."""
    return f"{PREFIX}{_body(question)}NEXT\nRETURN count(*)"


def column_at(question: Question, model: Model, line: int) -> Column | None:
    """Return the column that a line of the statement of all rows, counted from 1, is about; `None` for other lines."""
    place = body_line(line) - 1 - question.body.count("\n")
    ending = _ending(question, model)
    return ending[place][1] if 0 <= place < len(ending) else None


def body_line(line: int) -> int:
    """Return the line of a question's body that a line of a statement stands for, both counted from 1."""
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
    """Return the expression of a value of a type as rows have it: dates and instants as text, positions as maps."""
    if kind is date:
        return f"toString({value})"
    if kind is datetime:
        return f"CASE WHEN {value} IS NOT NULL THEN toString(datetime({{datetime: {value}, timezone: 'Z'}})) END"
    if kind is Point:
        return f"CASE WHEN {value} IS NOT NULL THEN {{latitude: {value}.latitude, longitude: {value}.longitude}} END"
    return value
