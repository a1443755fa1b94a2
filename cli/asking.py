"""Asking the questions of the library."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from cli.formats import Format
from cli.opening import opened_graph
from cli.rows import write, write_csv, write_json, write_table
from cli.terminal import progress_shown, tell
from graph.model import MODEL
from graph.settings import Settings, read_settings
from queries.library import load_library
from queries.question import Question
from queries.run import Rows, count_rows, run_question

TABLE_ROWS = 25
"""How many rows a table shows unless more are asked for."""
PATIENCE = 600.0
"""The deadline of a question asked here, in seconds: an export of every row takes longer than a page of the API."""


def list_questions(format_: Format) -> None:
    """List every question with what it takes."""
    rows = [_described(question) for question in load_library(read_settings().queries)]
    if format_ is Format.TABLE:
        names = ["name", "title", "parameters"]
        write_table("Questions", names, [[row[name] for name in names] for row in rows])
        return
    write(format_, "Questions", list(rows[0]) if rows else ["name"], rows)


def ask(name: str, *, parameters: Sequence[str], format_: Format, first: int | None) -> None:
    """Ask one question and write its rows; a table has the first 25 unless `first` says otherwise.

    Raises `NotFound` for an unknown question and `BadInput` for its parameters before any database is started.
    """
    settings = read_settings()
    question = load_library(settings.queries)[name]
    arguments = question.read(parameters)
    question.values(arguments)
    if first is None and format_ is Format.TABLE:
        first = TABLE_ROWS
    rows, total = asyncio.run(_rows(settings, question, arguments, first, count=format_ is Format.TABLE))
    match format_:
        case Format.JSON:
            write_json(rows.rows)
        case Format.CSV:
            write_csv([field.name for field in rows.fields], rows.flat())
        case Format.TABLE:
            _write_table(rows)
            tell(_how_many(len(rows.rows), total))


async def _rows(
    settings: Settings, question: Question, arguments: Mapping[str, object], first: int | None, *, count: bool
) -> tuple[Rows, int]:
    deadline = max(PATIENCE, settings.statement_timeout)
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Asking")
            rows = await run_question(opened.store, question, arguments, first=first, deadline=deadline)
            shown = len(rows.rows)
            if not count or shown != first:
                return rows, shown
            return rows, await count_rows(opened.store, question, arguments, deadline=deadline)


def _write_table(rows: Rows) -> None:
    """Write one column for each of the question's; a node is what people know it by, and its key."""
    names = [column.name for column in rows.question.columns]
    known_by = {column.name: _known_by(column.kind) for column in rows.question.columns}
    write_table(
        rows.question.title, names, [[_summary(row[name], known_by[name]) for name in names] for row in rows.rows]
    )


def _known_by(kind: str) -> tuple[str, ...]:
    """Return the properties that people know a node by: those that are searched, else all but kept counts."""
    if kind not in MODEL.labels:
        return ()
    properties = MODEL.node(kind).properties
    searched = tuple(prop.name for prop in properties if prop.search)
    return searched or tuple(prop.name for prop in properties if not prop.kept)


def _summary(value: object, known_by: Sequence[str]) -> object:
    if not isinstance(value, dict):
        return value
    parts = [str(value[name]) for name in known_by if value.get(name) is not None]
    return f"{' '.join(parts) or 'nothing known'} ({value['key']})"


def _how_many(shown: int, total: int) -> str:
    if shown == total:
        return f"{total:,} rows." if total != 1 else "1 row."
    return f"The first {shown:,} of {total:,} rows; --first {total} shows all, --format csv or json writes all."


def _described(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "title": question.title,
        "question": question.text,
        "parameters": ", ".join(
            f"{parameter.name}: {parameter.type}" + ("" if parameter.default is None else f" = {parameter.default}")
            for parameter in question.parameters
        ),
        "severity": question.severity.value,
        "source": question.source,
        "example": question.example,
        "file": str(question.path),
    }
