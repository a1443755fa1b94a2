"""Makes files of a question's rows while they are read; only one page of rows is in memory at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, closing

from graph.errors import BadInput
from graph.model import MODEL, Model
from graph.store import Store
from queries.asking.run import count_rows, pages_of
from queries.asking.statement import KeptRows, row_fields
from queries.export.graphml import MOST_ROWS, GraphmlWriter
from queries.export.neighbors import Ruled, neighbors
from queries.export.writers import CsvWriter, FileFormat, JsonWriter, Writer
from queries.library.question import Question

DEADLINE = 600.0
"""The deadline of a file, in seconds; reading all rows takes longer than reading a page."""


async def file_of(
    store: Store,
    question: Question,
    arguments: Mapping[str, object],
    format_: FileFormat,
    *,
    first: int | None = None,
    deadline: float = DEADLINE,
    model: Model = MODEL,
    bookmarks: Sequence[str] = (),
    most_in_graph: int = MOST_ROWS,
    ruled: Ruled | None = None,
    kept: KeptRows | None = None,
) -> AsyncGenerator[bytes]:
    """Ask a question once and yield the file of all or the first of its rows in pieces, of which some may be empty.

    `ruled` applies the rules for the question's body to everything else that is read; `kept` is another way to the
    rows.

    To stop early, close the iterator; this ends the statement. Raises as `run_question` does, and, before the first
    piece, `BadInput` for a GraphML file with too many rows.
    """
    if format_ is FileFormat.GRAPHML and (first is None or first > most_in_graph):
        await _refuse_many(store, question, arguments, deadline, most_in_graph)
    found = pages_of(
        store, question, arguments, first=first, deadline=deadline, model=model, bookmarks=bookmarks, kept=kept
    )
    with closing(_writer(format_, question, model)) as writer:
        async with aclosing(found) as pages:
            async for rows in pages:
                yield writer.page(rows)
                for label, keys in writer.entities(rows).items():
                    edges = await neighbors(store, model, label, keys, deadline=deadline, ruled=ruled)
                    yield writer.linked(label, edges)
        for block in await asyncio.to_thread(writer.end):
            yield block


def _writer(format_: FileFormat, question: Question, model: Model) -> Writer:
    fields = row_fields(question, model)
    match format_:
        case FileFormat.CSV:
            return CsvWriter([field.name for field in fields])
        case FileFormat.JSON:
            return JsonWriter()
        case FileFormat.XLSX:
            from queries.export.xlsx import XlsxWriter

            return XlsxWriter(question, model, fields)
        case FileFormat.GRAPHML:
            return GraphmlWriter(question, model)


async def _refuse_many(
    store: Store, question: Question, arguments: Mapping[str, object], deadline: float, most: int
) -> None:
    number = await count_rows(store, question, arguments, deadline=deadline)
    if number > most:
        raise BadInput(
            f"The answer has {number:,} rows, and a GraphML file holds {most:,}; give first, or ask for less."
        )
