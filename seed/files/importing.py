"""Imports a file by its importer: reads its rows, writes their records, and reports on every one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol

from graph.errors import BadInput
from graph.maintenance.lease import begin, hold
from graph.store import Store
from graph.writing.origin import Extract
from graph.writing.touched import note_numbers, numbers_hold
from seed.files.archives import open_text
from seed.files.lines import LineReader
from seed.files.loading import Loader
from seed.files.records import Importer, Outcome, PassedOver, Record
from seed.files.rejects import Note, RejectsFile
from seed.files.rows import BadRow, Layout, Row, bad_row, read_rows
from seed.files.summary import FileSummary

BATCH_SIZE = 5_000
MOST_REJECTS = 10_000
Progress = Callable[[int, int], None]


class TooManyRejects(BadInput):
    """More rows than allowed were rejected; the rejects file holds them."""


class Reading(Protocol):
    """One pass over what an importer reads: what its rows become, and how far it has come."""

    @property
    def position(self) -> int:
        """How many bytes were read so far."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def __iter__(self) -> Iterator[Outcome]:
        """Yield what each row becomes."""

    def finish(self, summary: FileSummary) -> None:
        """Note what was seen on the way; raises `BadInput` when the input changed meanwhile."""


async def import_file(
    store: Store,
    importer: Importer,
    file: Path,
    *,
    rejects: Path | None = None,
    progress: Progress | None = None,
    batch_size: int = BATCH_SIZE,
    today: date | None = None,
    most_rejects: int = MOST_REJECTS,
    dry_run: bool = False,
) -> FileSummary:
    """Import a file in an importer's layout, and return what happened to its rows; see `import_records`.

    `today` is the latest possible date, by default today in UTC. Raises `BadInput` when the file cannot be read, has
    another layout, or changes meanwhile; and as `import_records` does.
    """
    read = importer.reader(today or datetime.now(UTC).date())
    with open_text(file) as lines:
        return await import_records(
            store,
            source_of(importer.name, importer.system, file.name),
            _Lines(lines, file.name, importer.layout, read),
            file,
            rejects=rejects,
            progress=progress,
            batch_size=batch_size,
            most_rejects=most_rejects,
            dry_run=dry_run,
        )


def source_of(importer: str, system: str, file_name: str) -> Extract:
    """Return the source that stands for a file."""
    return Extract(f"{importer}-{sha256(file_name.encode()).hexdigest()[:12]}", system, file_name)


async def import_records(
    store: Store,
    source: Extract,
    reading: Reading,
    path: Path,
    *,
    rejects: Path | None,
    progress: Progress | None,
    batch_size: int,
    most_rejects: int,
    dry_run: bool,
) -> FileSummary:
    """Write what a reading yields, and return what happened to its rows.

    Records are merged into the graph in batches, each in one transaction. Importing them again creates nothing, or
    completes an import that was interrupted. Values and rows that cannot be used go to `rejects`, or to
    `<path>.rejects.csv` beside the file. `progress` is called with the bytes read so far and their number. With
    `dry_run`, nothing is written to the graph.

    Raises `BadInput` when more than `most_rejects` rows are rejected, and when the rejects file cannot be written; and
    `Refused` while other work on the store is running.
    """
    summary, refused = FileSummary(path.name, dry_run), None
    async with hold(store, "import") as lease:
        loader = Loader(store, source, batch_size=batch_size, dry_run=dry_run)
        with RejectsFile(rejects or path.with_name(f"{path.name}.rejects.csv"), source=path) as notes:
            records = _Records(summary, notes, most_rejects).of(reading)
            noted = await numbers_hold(store)
            begun = dry_run
            try:
                while batch := await asyncio.to_thread(lambda: list(islice(records, batch_size))):
                    if not begun:
                        await begin(store, lease)
                        begun = True
                    await loader.write(batch)
                    if progress:
                        progress(reading.position, reading.size)
            except TooManyRejects as error:
                refused = error  # The rejects file shall tell which rows they were.
            reading.finish(summary)
        if refused:
            raise refused
        if noted and not dry_run:
            await note_numbers(store)
    summary.difference, summary.notes, summary.rejects = loader.difference, notes.count, notes.path
    return summary


class _Lines:
    """The lines of a text file as a reading."""

    def __init__(self, lines: LineReader, name: str, layout: Layout, read: Callable[[Row], Outcome]) -> None:
        self._lines = lines
        self._name = name
        self._layout = layout
        self._read = read
        self._stamp = lines.stamp

    @property
    def position(self) -> int:
        return self._lines.position

    @property
    def size(self) -> int:
        return self._lines.size

    def __iter__(self) -> Iterator[Outcome]:
        for row in read_rows(self._lines, self._name, self._layout):
            yield bad_row(row) if isinstance(row, BadRow) else self._read(row)

    def finish(self, summary: FileSummary) -> None:
        if self._lines.stamp != self._stamp:
            raise BadInput(f"{self._name} changed while it was being imported; import it again")
        if self._lines.windows_1252:
            summary.seen["Lines that are not UTF-8, read as Windows-1252"] = self._lines.windows_1252
        if self._lines.nul:
            summary.seen["Lines with NUL bytes, which were left out"] = self._lines.nul


def check_layout(layout: Layout, file: Path, others: Mapping[str, Layout]) -> None:
    """Check that a file can be read and has a layout's header; this needs no database.

    Raises `BadInput`. `others` are layouts by the names of their commands, of which the error suggests one that fits.
    """
    try:
        _read_header(layout, file)
    except BadInput as error:
        fitting = next((name for name, other in others.items() if _fits(other, file)), None)
        if fitting is None:
            raise
        raise BadInput(f"{file.name} holds {others[fitting].title}; use `sightline import {fitting}`") from error


def _fits(layout: Layout, file: Path) -> bool:
    with suppress(BadInput):
        _read_header(layout, file)
        return True
    return False


def _read_header(layout: Layout, file: Path) -> None:
    with open_text(file) as lines:
        next(read_rows(lines, file.name, layout), None)


class _Records:
    """One pass over what rows become: counts, writes the notes, and keeps each record once."""

    def __init__(self, summary: FileSummary, notes: RejectsFile, most_rejects: int) -> None:
        self._summary = summary
        self._notes = notes
        self._most = most_rejects
        self._seen: dict[str, tuple[int, int]] = {}

    def of(self, outcomes: Iterable[Outcome]) -> Iterator[Record]:
        """Yield the records to write, each key once; raises `BadInput` when too many rows are rejected."""
        for one in outcomes:
            self._summary.rows += 1
            if isinstance(one, PassedOver):
                self._summary.passed_over[one.reason] += 1
            elif isinstance(one, Note):
                self._reject(one)
            elif not self._is_repeated(one):
                self._summary.imported += 1
                for note in one.notes:
                    self._notes.write(note)
                yield one

    def _is_repeated(self, record: Record) -> bool:
        """Note a row whose record another row described; one that says the same is only counted."""
        key, content = record.nodes[0].key, hash((record.nodes, record.links))
        first = self._seen.setdefault(key, (record.row, content))
        if first[0] == record.row:
            return False
        if first[1] == content:
            self._summary.repeated += 1
            reason = f"the row repeats row {first[0]}; it was imported once"
            self._notes.write(Note(record.row, "", "", reason))
        else:
            reason = f"row {first[0]} says something else of the same record: the row was not imported"
            self._reject(Note(record.row, "", "", reason))
        return True

    def _reject(self, note: Note) -> None:
        self._summary.rejected += 1
        self._notes.write(note)
        if self._summary.rejected > self._most:
            raise TooManyRejects(
                f"More than {self._most:,} rows were rejected, the last one being row {note.row:,}: {note.reason}. "
                "The batches before it were imported, and all rejected rows are in the rejects file; see whether this "
                "is the right file, or allow more with --max-rejects"
            )
