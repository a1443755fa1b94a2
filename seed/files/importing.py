"""Imports a file by its importer: reads its rows, writes their records, and reports on every one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from graph.errors import BadInput
from graph.maintenance.lease import begin, hold
from graph.store import Store
from graph.writing.origin import Extract
from graph.writing.touched import note_numbers, numbers_hold
from seed.files.archives import open_text
from seed.files.difference import Difference
from seed.files.loading import Loader
from seed.files.records import Importer, PassedOver, Record
from seed.files.rejects import Note, RejectsFile
from seed.files.rows import BadRow, Layout, Row, read_rows

BATCH_SIZE = 5_000
MOST_REJECTS = 10_000
Progress = Callable[[int, int], None]


class TooManyRejects(BadInput):
    """More rows than allowed were rejected; the rejects file holds them."""


@dataclass(slots=True)
class FileSummary:
    """What happened to each row of a file.

    `rows` are those below the header that are not blank: each was imported, repeated another one, was rejected, or was
    passed over for a reason that is counted. `notes` are the lines of the rejects file. With `dry_run`, nothing was
    written, and `difference` says what would have been.
    """

    file: str
    dry_run: bool = False
    rows: int = 0
    imported: int = 0
    repeated: int = 0
    rejected: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    difference: Difference = field(default_factory=Difference)
    windows_1252: int = 0
    nul: int = 0
    notes: int = 0
    rejects: Path | None = None

    def lines(self) -> Iterator[str]:
        """Yield the summary as sentences, one per line."""
        if not self.rows:
            yield f"{self.file}: the header is right, but there are no rows below it; nothing was imported"
            return
        yield (
            f"{self.file}: {self.rows:,} rows read: {self.imported:,} {'to import' if self.dry_run else 'imported'}, "
            f"{self.rejected:,} rejected, {self.repeated:,} repeated, {self.passed_over.total():,} passed over"
        )
        yield from (f"  {reason}: {count:,}" for reason, count in self.passed_over.most_common())
        yield from self.difference.lines()
        if self.windows_1252:
            yield f"Lines that are not UTF-8, read as Windows-1252: {self.windows_1252:,}"
        if self.nul:
            yield f"Lines with NUL bytes, which were left out: {self.nul:,}"
        if self.rejects:
            yield f"Values and rows that could not be used: {self.notes:,}, listed in {self.rejects}"
        if self.dry_run:
            yield "Nothing was written."


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
    """Import a file in an importer's layout, and return what happened to its rows.

    Records are merged into the graph in batches, each in one transaction. Importing a file again creates nothing, or
    completes an import that was interrupted. Values and rows that cannot be used go to `rejects`, or to
    `<file>.rejects.csv` beside the file. `progress` is called with the bytes read so far and their number. `today` is
    the latest possible date, by default today in UTC. With `dry_run`, nothing is written to the graph.

    Raises `BadInput` when the file cannot be read, has another layout, changes meanwhile, or has more than
    `most_rejects` rejected rows, and when the rejects file cannot be written; and `Refused` while other work on the
    store is running.
    """
    read = importer.reader(today or datetime.now(UTC).date())
    source = Extract(f"{importer.name}-{sha256(file.name.encode()).hexdigest()[:12]}", importer.system, file.name)
    async with hold(store, "import") as lease:
        loader = Loader(store, source, batch_size=batch_size, dry_run=dry_run)
        target = rejects or file.with_name(f"{file.name}.rejects.csv")
        with RejectsFile(target, source=file) as notes, open_text(file) as lines:
            stamp, summary = lines.stamp, FileSummary(file.name, dry_run)
            refused: TooManyRejects | None = None
            rows = read_rows(lines, file.name, importer.layout)
            records = _Records(summary, notes, most_rejects).of(map_rows(rows, read))
            noted = await numbers_hold(store)
            if not dry_run:
                await begin(store, lease)
            try:
                while batch := await asyncio.to_thread(lambda: list(islice(records, batch_size))):
                    await loader.write(batch)
                    if progress:
                        progress(lines.position, lines.size)
            except TooManyRejects as error:
                refused = error  # The rejects file shall tell which rows they were.
            if lines.stamp != stamp:
                raise BadInput(f"{file.name} changed while it was being imported; import it again")
            summary.windows_1252, summary.nul = lines.windows_1252, lines.nul
        if refused:
            raise refused
        if noted and not dry_run:
            await note_numbers(store)
    summary.difference, summary.notes, summary.rejects = loader.difference, notes.count, notes.path
    return summary


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


def map_rows(
    rows: Iterable[Row | BadRow], read: Callable[[Row], Record | PassedOver | Note]
) -> Iterator[Record | PassedOver | Note]:
    """Yield what each row becomes."""
    for row in rows:
        if isinstance(row, BadRow):
            yield Note(row.number, "", row.text, f"{row.reason}: the row was not imported")
        else:
            yield read(row)


class _Records:
    """One pass over what rows become: counts, writes the notes, and keeps each record once."""

    def __init__(self, summary: FileSummary, notes: RejectsFile, most_rejects: int) -> None:
        self._summary = summary
        self._notes = notes
        self._most = most_rejects
        self._seen: dict[str, tuple[int, int]] = {}

    def of(self, outcomes: Iterable[Record | PassedOver | Note]) -> Iterator[Record]:
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
