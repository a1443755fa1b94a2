"""Importing a file of HHS releases: what is read, in which order, and what is told of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from graph.counts import counts_held, mark_counts
from graph.errors import BadInput
from graph.store import Store
from graph.touched import note_numbers, numbers_hold
from seed.hhs_releases.identities import Identities, repeated_ids
from seed.hhs_releases.lines import LineReader, open_lines
from seed.hhs_releases.loading import KeyedRelease, ReleaseLoader
from seed.hhs_releases.rejects import RejectsFile
from seed.hhs_releases.releases import Note, Release, ReleaseReader, bad_row
from seed.hhs_releases.rows import COLUMNS, BadRow, Row, read_rows
from seed.hhs_releases.summary import ImportSummary

BATCH_SIZE = 5_000


async def import_hhs_releases(
    store: Store,
    file: Path,
    *,
    rejects: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    batch_size: int = BATCH_SIZE,
    today: date | None = None,
) -> ImportSummary:
    """Import a file of HHS releases in the published layout and return what became of its rows.

    The file is read twice: first for its header and the record numbers that occur more than once, then for its
    releases, which are merged into the graph in batches. Importing a file again creates nothing; after an import that
    was broken off, importing it again completes it. Values and rows that cannot be used go to `rejects`, or
    `<file>.rejects.csv` beside the file. `progress` is told the bytes imported so far and the file's size. `today` is
    the last day that a date may have, today in UTC unless given.

    Raises `BadInput` when the file cannot be read, has another layout, or changes meanwhile, or when the rejects file
    cannot be written; the store's own errors pass through.
    """
    if batch_size < 1:
        raise BadInput("The batch size must be at least 1")
    held, noted = await counts_held(store), await numbers_hold(store)
    reader = ReleaseReader(today=today or datetime.now(UTC).date())
    identities, stamp = await asyncio.to_thread(_survey, file, reader)
    loader = ReleaseLoader(store, file_name=file.name, batch_size=batch_size)
    with (
        RejectsFile(rejects or file.with_name(f"{file.name}.rejects.csv"), source=file) as notes,
        open_lines(file) as lines,
    ):
        _check_unchanged(file, lines, stamp)
        run = _Run(reader, identities, notes)
        releases = run.releases(read_rows(lines, file.name))
        _tell(progress, 0, lines.size)
        while batch := list(islice(releases, batch_size)):
            await loader.write(batch)
            _tell(progress, lines.position, lines.size)
        _tell(progress, lines.size, lines.size)
        _check_unchanged(file, lines, stamp)
    if held:
        await mark_counts(store)
    if noted:
        await note_numbers(store)
    return run.summary(file.name, lines, loader)


def check_hhs_releases(file: Path) -> None:
    """Check that a file can be read and has the header of the layout, before a database is needed for it.

    Raises `BadInput` as the import would.
    """
    with open_lines(file) as lines:
        next(read_rows(lines, file.name), None)


def _survey(file: Path, reader: ReleaseReader) -> tuple[Identities, tuple[int, int]]:
    identities = Identities()
    with open_lines(file) as lines:
        stamp = lines.stamp
        repeated = repeated_ids(read_rows(lines, file.name))
    if repeated:
        with open_lines(file) as lines:
            identities.add_all(read_rows(lines, file.name), repeated, reader)
    return identities, stamp


def _check_unchanged(file: Path, lines: LineReader, stamp: tuple[int, int]) -> None:
    if lines.stamp != stamp:
        raise BadInput(f"{file.name} changed while it was being imported; import it again")


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress:
        progress(done, total)


class _Run:
    """One pass over the rows: gives each release its key, writes the notes, and counts."""

    def __init__(self, reader: ReleaseReader, identities: Identities, notes: RejectsFile) -> None:
        self._reader = reader
        self._identities = identities
        self._notes = notes
        self._rows = self._imported = self._repeated = self._rejected = self._incomplete = 0
        self._unknown: Counter[str] = Counter()

    def releases(self, rows: Iterable[Row | BadRow]) -> Iterator[KeyedRelease]:
        """Yield the releases to write, each key once."""
        for row in rows:
            self._rows += 1
            release = bad_row(row) if isinstance(row, BadRow) else self._reader.read(row)
            if isinstance(release, Note):
                self._rejected += 1
                self._notes.write(release)
                continue
            identity = self._identities.of(release)
            if identity.first_row != release.row:
                self._repeated += 1
                reason = f"the row repeats row {identity.first_row}; it was imported once"
                self._notes.write(Note(release.row, COLUMNS[0], release.id, reason))
                continue
            self._count(release)
            yield KeyedRelease(identity.key, release)

    def _count(self, release: Release) -> None:
        self._imported += 1
        if release.unknown:
            self._incomplete += 1
            self._unknown.update(release.unknown)
        for note in release.notes:
            self._notes.write(note)

    def summary(self, file_name: str, lines: LineReader, loader: ReleaseLoader) -> ImportSummary:
        """Return what became of the rows."""
        return ImportSummary(
            file=file_name,
            rows=self._rows,
            imported=self._imported,
            repeated=self._repeated,
            rejected=self._rejected,
            incomplete=self._incomplete,
            unknown={column: self._unknown[column] for column in COLUMNS[1:]},
            children=loader.tally("Child"),
            placements=loader.tally("Placement"),
            postal_areas=loader.tally("PostalArea"),
            duplicated_ids=self._identities.count,
            duplicated=self._identities.report(),
            windows_1252=lines.windows_1252,
            nul=lines.nul,
            notes=self._notes.count,
            rejects=self._notes.path,
        )
