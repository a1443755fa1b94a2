"""Asking the questions of the library."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing

from cli.formats import Format
from cli.opening import opened_graph
from cli.rows import write, write_table
from cli.terminal import progress_shown, tell
from graph.errors import BadInput
from graph.model import MODEL
from graph.settings import Settings, read_settings
from queries.export.files import DEADLINE, file_of
from queries.export.writers import FileFormat
from queries.library import load_library
from queries.question import Question
from queries.run import Rows, count_rows, run_question

TABLE_ROWS = 25
"""How many rows a table shows unless more are asked for."""


def list_questions(format_: Format) -> None:
    """List every question with what it takes."""
    if format_ in (Format.XLSX, Format.GRAPHML):
        raise BadInput(f"{format_.value} is for the rows of a question; list the questions as table, json or csv")
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
    if format_ is not Format.TABLE:
        if format_ is Format.XLSX and sys.stdout.isatty():
            raise BadInput("a workbook is not for a terminal; write it to a file: > rows.xlsx")
        asyncio.run(_write_file(settings, question, arguments, FileFormat(format_.value), first))
        return
    rows, total = asyncio.run(_rows(settings, question, arguments, TABLE_ROWS if first is None else first))
    _write_table(rows)
    tell(_how_many(len(rows.rows), total))


async def _write_file(
    settings: Settings, question: Question, arguments: Mapping[str, object], format_: FileFormat, first: int | None
) -> None:
    deadline = max(DEADLINE, settings.statement_timeout)
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Asking")
            pieces = file_of(opened.store, question, arguments, format_, first=first, deadline=deadline)
            async with aclosing(pieces):
                async for piece in pieces:
                    sys.stdout.buffer.write(piece)


async def _rows(
    settings: Settings, question: Question, arguments: Mapping[str, object], first: int
) -> tuple[Rows, int]:
    deadline = max(DEADLINE, settings.statement_timeout)
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Asking")
            rows = await run_question(opened.store, question, arguments, first=first, deadline=deadline)
            shown = len(rows.rows)
            if shown != first:
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
    return f"The first {shown:,} of {total:,} rows; --first {total} shows all, --format csv writes all."


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
