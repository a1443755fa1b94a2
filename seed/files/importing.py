"""Imports what a reading yields: reads its rows, writes their records, and reports on every one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import Any, cast

from graph.errors import BadInput
from graph.maintenance.lease import Lease, begin, hold
from graph.store import Store
from graph.writing.idempotency import Once, claim_alone, settle_alone
from graph.writing.origin import Extract, Origin
from graph.writing.touched import note_numbers, numbers_hold
from graph.writing.writer import Writer
from seed.files.archives import open_text
from seed.files.lines import unreadable
from seed.files.loading import Loader
from seed.files.newer import Newer
from seed.files.options import Options
from seed.files.outcomes import Outcomes, TooManyRejects
from seed.files.reading import LinesReading, Reading, Transact
from seed.files.records import Importer, Record
from seed.files.rehearsal import Rehearsal
from seed.files.rejects import RejectsFile
from seed.files.rows import Layout, read_rows
from seed.files.summary import FileSummary

Import = Callable[[Store, Path, Options], Awaitable[FileSummary]]
"""Imports what is at a path."""


async def import_file(store: Store, file: Path, options: Options, *, importer: Importer) -> FileSummary:
    """Import a file in an importer's layout, and return what happened to its rows; see `import_records`.

    Raises `BadInput` when the file cannot be read, has another layout, or changes meanwhile; and as `import_records`
    does.
    """
    check_layout(importer.layout, file, {})
    with open_text(file) as lines:
        reading = LinesReading(lines, file.name, importer.layout, importer.reader(options.today))
        source = source_of(importer.name, importer.system, file.name)
        return await import_records(store, source, reading, file, options)


def source_of(importer: str, system: str, file_name: str) -> Extract:
    """Return the source that stands for a file: files of one name are versions of one file, to the same importer."""
    return Extract(f"{importer}-{sha256(file_name.encode()).hexdigest()[:12]}", system, file_name)


async def import_records(store: Store, source: Extract, reading: Reading, path: Path, options: Options) -> FileSummary:
    """Write what a reading yields, and return what happened to its rows; `path` is what it reads.

    Records are merged into the graph in batches, each in one transaction, while the next batch is read. Importing them
    again creates nothing, or completes an import that was interrupted. What an earlier import of the source gave and
    this one does not is marked as missing. Values and rows that cannot be used go to the rejects file.

    Raises `BadInput` when more rows are rejected than the options allow, when the rejects file cannot be written, and
    when the idempotency key was used for something else; and `Refused` while other work on the store is running.
    """
    once = None
    if options.key is not None and not options.dry_run:
        once = Once.of(options.key, [await asyncio.to_thread(_digest, path), reading.choice])
    async with hold(store, "import") as lease:
        if once and (first := await claim_alone(store, once)) is not None:
            return FileSummary.of_plain(cast(dict[str, Any], first))
        await reading.prepare(store)
        summary, refused = FileSummary(path.name, options.dry_run), None
        newer = await Newer.begin(store, source.key)
        work = (
            Rehearsal(store, source, reading, options, newer)
            if options.dry_run
            else _Writing(store, source, reading, options, newer, lease)
        )
        with RejectsFile(options.rejects_of(path), source=path) as notes:
            records = Outcomes(summary, notes, options.most_rejects).records(reading)
            try:
                await _take(work, reading, records, options)
            except TooManyRejects as error:
                refused = error  # The rejects file shall tell which rows they were.
            reading.finish(summary)
            if not refused:
                await work.end(summary)
        if refused:
            raise refused
        _tell(options, reading.size, reading)
        summary.notes, summary.rejects = notes.count, notes.path
        if once:
            await settle_alone(store, once, summary.plain())
    return summary


class _Writing:
    """Writes what is read."""

    def __init__(
        self, store: Store, source: Extract, reading: Reading, options: Options, newer: Newer, lease: Lease
    ) -> None:
        self._store = store
        self._reading = reading
        self._newer = newer
        self._today = options.today
        self._lease = lease
        self._actor = options.actor
        self._writer = Writer(store, Origin(options.actor, "import", source))
        self._writers: dict[str, Writer] = {}
        self._loader = Loader(self._transact)
        self._noted = False

    async def take(self, batch: Sequence[Record]) -> None:
        """Write a batch."""
        await self._begin()
        await self._loader.write(batch)

    async def end(self, summary: FileSummary) -> None:
        """Remove what the input no longer has, or mark it as missing."""
        await self._begin()
        summary.difference = self._loader.difference
        summary.difference += await self._reading.tidy(self._writer.transact, self._loader.left)
        if summary.rows:
            summary.versions = await self._newer.end(self._loader.seen, self._today, self._writer)
        if self._noted:
            await note_numbers(self._store)

    def _transact(self, source: Extract | None) -> Transact:
        """Return what writes from a record's own source, or from the import's."""
        if source is None:
            return self._writer.transact
        writer = Writer(self._store, Origin(self._actor, "import", source))
        return self._writers.setdefault(source.key, writer).transact

    async def _begin(self) -> None:
        if not self._lease.begun:
            self._noted = await numbers_hold(self._store)
            await begin(self._store, self._lease)


async def _take(work: Rehearsal | _Writing, reading: Reading, records: Iterator[Record], options: Options) -> None:
    """Hand over the records in batches, each while the next one is read."""

    def read() -> tuple[list[Record], int]:
        return list(islice(records, options.batch_size)), reading.position

    _tell(options, 0, reading)
    coming = asyncio.ensure_future(asyncio.to_thread(read))
    try:
        while (found := await coming)[0]:
            coming = asyncio.ensure_future(asyncio.to_thread(read))
            batch, position = found
            await work.take(batch)
            _tell(options, position, reading)
    finally:
        if not coming.done():
            await asyncio.wait((coming,))  # Its thread reads from files that are about to be closed.


def _tell(options: Options, done: int, reading: Reading) -> None:
    if options.progress:
        options.progress(done, reading.size)


def _digest(path: Path) -> str:
    """Return a digest of a file, or of the names and files of a folder."""
    try:
        if not path.is_dir():
            with path.open("rb") as stream:
                return file_digest(stream, "sha256").hexdigest()
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return sha256("".join(f"{file.relative_to(path)} {_digest(file)}\n" for file in files).encode()).hexdigest()
    except OSError as error:
        raise unreadable(path.name, error) from None


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
