"""Imports a spreadsheet or an e-mail by a mapping, for the command and for whoever else has a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.store import Store
from graph.writing.origin import Extract
from seed.files.importing import import_records, source_of
from seed.files.options import Options
from seed.files.rows import Layout, bare_name
from seed.files.summary import FileSummary
from seed.spreadsheets.cells import text_of
from seed.spreadsheets.headers import SEARCHED, Header, chosen_headers
from seed.spreadsheets.lookups import Ask, Lookups
from seed.spreadsheets.mail import is_mail, read_mail
from seed.spreadsheets.mapping import SheetMapping, load_mapping
from seed.spreadsheets.plan import Plan
from seed.spreadsheets.planning import plan_of
from seed.spreadsheets.reading import SheetReading
from seed.spreadsheets.recognition import Recogniser
from seed.spreadsheets.tables import Document, Mail
from seed.spreadsheets.workbooks import read_bytes, read_tables

NAME = "spreadsheet"
BATCH_SIZE = 2_000
"""Rows in a transaction; a row of a wide list becomes ten records and links."""
_DUMP = frozenset({"idncase", "idnproceeding", "idnschedule", "idnjuvenilehistory"})
"""Columns that only the courts' dump has."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read: its tables, and a digest of its content."""

    name: str
    documents: Sequence[Document]
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A file and the plan for it, with the headers of the tables to read; nothing can be missing any more."""

    opened: Opened
    plan: Plan
    headers: Sequence[Sequence[Header]]
    mapping: str
    """The mapping as JSON, which tells one import of the file from another."""


def open_file(file: Path) -> Opened:
    """Read a workbook, a text file or an e-mail; raises `BadInput` when it cannot be read."""
    return open_bytes(file.name, read_bytes(file))


def open_bytes(name: str, data: bytes) -> Opened:
    """Read what a file holds, whatever its name; raises `BadInput` when it cannot be read."""
    documents = read_mail(name, data) if is_mail(name, data) else [Document(name, read_tables(name, data))]
    return Opened(name, documents, sha256(data).hexdigest(), len(data))


def known_layout(opened: Opened, layouts: Mapping[str, Layout]) -> str:
    """Return the command that reads a file's layout, if a table has the header of one that is published."""
    for table in (table for document in opened.documents for table in document.tables):
        for row in table.rows[:SEARCHED]:
            names = {bare_name(text_of(cell)) for cell in row.cells}
            if names & _DUMP:
                return "eoir"
            for command, layout in layouts.items():
                if {bare for bare, name in layout.named.items() if name not in layout.optional} <= names:
                    return command
    return ""


def make_ready(opened: Opened, mapping: SheetMapping, mapping_name: str, *, today: date | None = None) -> Ready:
    """Check a mapping against the model and the file; raises `BadInput`. `today` is the latest day of what happened."""
    plan = plan_of(mapping, mapping_name, today or datetime.now(UTC).date())
    return Ready(opened, plan, chosen_headers(plan, opened.documents, opened.name), mapping.model_dump_json())


def load_ready(file: Path, mapping: Path, *, today: date | None = None) -> Ready:
    """Read a file and its mapping; this needs no database. Raises `BadInput`."""
    found = load_mapping(mapping)
    return make_ready(open_file(file), found, mapping.name, today=today)


async def import_spreadsheet(store: Store, path: Path, options: Options, *, ready: Ready) -> FileSummary:
    """Import a file that is ready, and return what happened to its rows; see `import_records`.

    `path` is where the file is, beside which the rejects go. Each message of an e-mail is a source of its own.
    """
    loop = asyncio.get_running_loop()

    def ask(statement: str, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        # Rows are read in a thread, while the import holds the store's lease.
        return asyncio.run_coroutine_threadsafe(store.read(statement, dict(parameters)), loop).result()

    source = source_of(NAME, ready.plan.system, path.name)
    given = replace(options, batch_size=min(options.batch_size, BATCH_SIZE))
    return await import_records(store, source, reading_of(ready, ask), path, given)


def reading_of(ready: Ready, ask: Ask) -> SheetReading:
    """Return the rows of a file as a reading; `ask` reads the graph, while the rows are read."""
    opened, plan = ready.opened, ready.plan
    sources = {one.name: _source(plan, opened, one.mail, one.name) for one in opened.documents if one.mail}
    recogniser = Recogniser(plan, Lookups(ask))
    documents, headers = _in_order(opened.documents, ready.headers)
    return SheetReading(
        plan,
        documents,
        headers,
        digest=opened.digest,
        choice=ready.mapping,
        size=opened.size,
        recogniser=recogniser,
        sources=sources,
    )


def _in_order(
    documents: Sequence[Document], headers: Sequence[Sequence[Header]]
) -> tuple[list[Document], list[Sequence[Header]]]:
    """Return the documents with the earliest message first, so that the latest word on a record is written last."""
    never = datetime.min.replace(tzinfo=UTC)
    pairs = sorted(zip(documents, headers, strict=True), key=lambda one: (one[0].mail and one[0].mail.sent) or never)
    return [document for document, _ in pairs], [found for _, found in pairs]


def _source(plan: Plan, opened: Opened, mail: Mail, name: str) -> Extract:
    """Return the source that stands for a message: its id, or its place in the file where it has none."""
    stands = source_of(NAME, plan.system, mail.id or f"{opened.digest} {name}")
    told = [f"message {mail.id}" if mail.id else "", f"from {mail.sender}" if mail.sender else ""]
    words = ", ".join(one for one in told if one)
    return Extract(stands.key, plan.system, f"{opened.name} ({words})" if words else name, mail.sent)
