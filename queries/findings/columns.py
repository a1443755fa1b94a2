"""The Cypher for what a finding keeps of a row: its key, its values as JSON, and what counts as its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import MODEL
from graph.writing.touched import POSITION
from queries.findings.positions import own_position
from queries.library.question import Column, Question

ELAPSED = "days"
"""Columns whose names begin like this count the days up to the `asOf` day; when they grow, the finding is unchanged."""


def node_columns(question: Question) -> list[Column]:
    """Return the columns that hold nodes, in order."""
    return [column for column in question.columns if column.kind in MODEL.labels]


def key_expression(question: Question) -> str:
    """Return the key of a row's finding: the keys of the columns that identify it, then the indicator's name.

    It begins with the subject's own key. `~` and `/` in each component are written `~0` and `~1`, so that no two rows
    share a key.
    """
    parts = [_key_part(question.column(name)) for name in question.key]
    return " + '/' + ".join([*parts, f"'{question.name}'"])


def _key_part(column: Column) -> str:
    text = f"{column.name}.key" if column.kind in MODEL.labels else f"coalesce(toString({column.name}), '~2')"
    return f"replace(replace({text}, '~', '~0'), '/', '~1')" if column.kind != "Int" else text


def values_expression(question: Question) -> str:
    """Return the text of a JSON object that holds the row's values, except nodes."""
    columns = [column for column in question.columns if column.kind not in MODEL.labels]
    return _object(columns)


def facts_expression(question: Question) -> str:
    """Return a text that differs when the row's evidence does: other nodes, or other values except elapsed days."""
    values = [column for column in question.columns if column.kind not in MODEL.labels]
    lasting = [column for column in values if not elapsed(column)]
    nodes = [f"coalesce({column.name}.key, '')" for column in node_columns(question)]
    return " + '\\n' + ".join([*nodes, _object(lasting)])


def stored_column(column: Column) -> str:
    """Return the property of a finding that holds a column's value in its own type."""
    return f"row_{column.name}"


def stored_expression(question: Question) -> str:
    """Return the map of the properties that hold the row's values in their own types, and the row's position."""
    columns = [column for column in question.columns if column.kind not in MODEL.labels]
    values = [f"{stored_column(column)}: {column.name}" for column in columns]
    return f"{{{', '.join([*values, f'{POSITION}: {own_position(question)}'])}}}"


def level_expression(question: Question) -> str:
    """Return the expression for the position of a row's severity among the question's severities."""
    return f"CASE WHEN {question.raised.where} THEN 1 ELSE 0 END" if question.raised else "0"


def elapsed(column: Column) -> bool:
    """Tell whether a column counts days up to the `asOf` day."""
    return column.kind == "Int" and column.name.startswith(ELAPSED)


def _object(columns: list[Column]) -> str:
    if not columns:
        return "'{}'"
    return "'{' + " + " + ',' + ".join(_members(columns)) + " + '}'"


def _members(columns: list[Column]) -> Iterator[str]:
    for column in columns:
        yield f"'\"{column.name}\":' + coalesce({_literal(column)}, 'null')"


def _literal(column: Column) -> str:
    text = f"toString({column.name})"
    if column.kind in ("Int", "Float", "Boolean"):
        return text
    for raw, escaped in (("\\\\", "\\\\\\\\"), ('"', '\\\\"'), ("\\n", "\\\\n"), ("\\r", "\\\\r"), ("\\t", "\\\\t")):
        text = f"replace({text}, '{raw}', '{escaped}')"
    return f"'\"' + {text} + '\"'"
