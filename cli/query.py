"""Asks the questions of the library."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from cli.formats import Format
from cli.rows import write, write_list, write_table
from cli.session import opened_graph
from cli.terminal import progress_shown, tell
from graph.errors import BadInput
from graph.model import MODEL
from graph.settings import Settings, read_settings
from queries.asking.run import Rows, check_first, check_keys, count_left_out, count_rows, run_question
from queries.asking.statement import KeptRows
from queries.export.files import DEADLINE, file_of
from queries.export.writers import FileFormat
from queries.findings.standing import standing_of
from queries.findings.thresholds import indicators, load_thresholds
from queries.library import load_library
from queries.library.question import GROWN_UP, Question

TABLE_ROWS = 25
"""How many rows a table shows by default."""


def list_questions(format_: Format) -> None:
    """List every question with its parameters."""
    if format_ in (Format.XLSX, Format.GRAPHML):
        raise BadInput(f"{format_.value} is for the rows of a question; list the questions as table, json or csv")
    rows = [_described(question) for question in load_library(read_settings().queries)]
    if format_ is Format.TABLE:
        write_list("Questions", ((str(row["name"]), (str(row["title"]), str(row["parameters"]))) for row in rows))
        tell("`sightline query NAME` asks one; --format json tells all about each.")
        return
    write(format_, "Questions", list(rows[0]) if rows else ["name"], rows)


def ask(name: str, *, parameters: Sequence[str], format_: Format, first: int | None) -> None:
    """Ask one question and write its rows; a table shows the first 25 unless `first` says otherwise.

    Before any database is started, raises `NotFound` for an unknown question and `BadInput` for wrong parameters. Also
    raises `NotFound` for a key that no record has.
    """
    settings = read_settings()
    library = load_library(settings.queries)
    question = library[name]
    arguments = question.read(parameters)
    question.values(arguments)
    if first is not None:
        check_first(first)
    swept = {one.name: one for one in indicators(library, load_thresholds(settings.thresholds, library))}
    kept = standing_of(swept[name]) if name in swept else None
    if format_ is not Format.TABLE:
        if format_ is Format.XLSX and sys.stdout.isatty():
            raise BadInput("a workbook is not for a terminal; write it to a file: > rows.xlsx")
        asyncio.run(_write_file(settings, question, arguments, FileFormat(format_.value), first, kept))
        return
    asked = asyncio.run(_rows(settings, question, arguments, TABLE_ROWS if first is None else first, kept))
    _write_table(asked.rows)
    tell(_how_many(len(asked.rows.rows), asked.total))
    if asked.left_out:
        tell(f"{asked.left_out:,} more about people who have turned 18: --param {GROWN_UP}=true shows them.")


async def _write_file(
    settings: Settings,
    question: Question,
    arguments: Mapping[str, object],
    format_: FileFormat,
    first: int | None,
    kept: KeptRows | None,
) -> None:
    deadline = max(DEADLINE, settings.statement_timeout)
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Asking")
            await check_keys(opened.store, question, arguments)
            pieces = file_of(opened.store, question, arguments, format_, first=first, deadline=deadline, kept=kept)
            async with aclosing(pieces):
                async for piece in pieces:
                    sys.stdout.buffer.write(piece)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The first rows, how many rows there are, and how many were left out because they are about grown-ups."""

    rows: Rows
    total: int
    left_out: int


async def _rows(
    settings: Settings, question: Question, arguments: Mapping[str, object], first: int, kept: KeptRows | None
) -> _Asked:
    deadline = max(DEADLINE, settings.statement_timeout)
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Asking")
            await check_keys(opened.store, question, arguments)
            rows = await run_question(opened.store, question, arguments, first=first, deadline=deadline, kept=kept)
            total = len(rows.rows)
            if total == first:
                total = await count_rows(opened.store, question, arguments, deadline=deadline, kept=kept)
            left_out = await count_left_out(opened.store, question, arguments, deadline=deadline)
            return _Asked(rows, total, left_out)


def _write_table(rows: Rows) -> None:
    """Write a table with the question's columns; a node is shown by what people know it by, and its key."""
    names = [column.name for column in rows.question.columns]
    known_by = {column.name: _known_by(column.kind) for column in rows.question.columns}
    write_table(
        rows.question.title, names, [[_summary(row[name], known_by[name]) for name in names] for row in rows.rows]
    )


def _known_by(kind: str) -> tuple[str, ...]:
    """Return the properties by which people know a node: those that are searched, or else all that records give."""
    if kind not in MODEL.labels:
        return ()
    properties = MODEL.node(kind).properties
    searched = tuple(prop.name for prop in properties if prop.search)
    return searched or tuple(prop.name for prop in properties if prop.derived is None)


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
        "severity": question.severity_text,
        "source": question.source,
        "rules": "; ".join(
            f"{rule.citation} ({rule.in_force}{', secondary' if rule.secondary else ''})" for rule in question.rules
        ),
        "leavesOut": question.omits,
        "example": question.example,
        "file": str(question.path),
    }
