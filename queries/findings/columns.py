"""What a finding keeps of a row, as Cypher: its key, its values as JSON, and what counts as its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import MODEL
from queries.question import Column, Question

ELAPSED = "days"
"""Columns whose name begins so count the days up to the day asked about: that they grow is no change of a finding."""


def node_columns(question: Question) -> list[Column]:
    """Return the columns that hold nodes, in their order."""
    return [column for column in question.columns if column.kind in MODEL.labels]


def key_expression(question: Question) -> str:
    """Return the key of a row's finding: the keys of the columns that identify it, then the indicator's name.

    It begins with the subject's own key. `~` and `/` in a part are written `~0` and `~1`, so that no two rows share
    a key.
    """
    parts = [_key_part(question.column(name)) for name in question.key]
    return " + '/' + ".join([*parts, f"'{question.name}'"])


def _key_part(column: Column) -> str:
    text = f"{column.name}.key" if column.kind in MODEL.labels else f"coalesce(toString({column.name}), '~2')"
    return f"replace(replace({text}, '~', '~0'), '/', '~1')" if column.kind != "Int" else text


def values_expression(question: Question) -> str:
    """Return the text of a JSON object that holds the row's values, nodes aside."""
    columns = [column for column in question.columns if column.kind not in MODEL.labels]
    return _object(columns)


def facts_expression(question: Question) -> str:
    """Return a text that differs when the row's evidence does: other nodes, or other values but for elapsed days."""
    values = [column for column in question.columns if column.kind not in MODEL.labels]
    lasting = [column for column in values if not elapsed(column)]
    nodes = [f"coalesce({column.name}.key, '')" for column in node_columns(question)]
    return " + '\\n' + ".join([*nodes, _object(lasting)])


def elapsed(column: Column) -> bool:
    """Tell whether a column counts days up to the day asked about."""
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
