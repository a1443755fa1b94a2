"""Imports a file of HHS releases: what is read, in which order, and what is reported."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Any, cast

from graph.errors import BadInput
from graph.maintenance.lease import begin, hold
from graph.store import Store
from graph.writing.idempotency import Once, claim_alone, settle_alone
from graph.writing.touched import note_numbers, numbers_hold
from seed.files.archives import open_text
from seed.files.importing import check_layout
from seed.files.lines import LineReader
from seed.files.rejects import Note, RejectsFile
from seed.files.rows import BadRow, Row, bad_row, read_rows
from seed.hhs_releases.adoption import known_children, numbers_told_apart
from seed.hhs_releases.identities import Identities, repeated_ids
from seed.hhs_releases.loading import KeyedRelease, ReleaseLoader, source_of
from seed.hhs_releases.releases import Release, ReleaseReader
from seed.hhs_releases.rows import COLUMNS, LAYOUT
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
    key: str | None = None,
) -> ImportSummary:
    """Import a file of HHS releases in the published layout, and return what happened to its rows.

    The file is read twice: first for its header and the record numbers that occur more than once, and then for its
    releases, which are merged into the graph in batches. Importing a file again creates nothing, or completes an import
    that was interrupted. For each record number in the file, the graph afterwards has the file's children: the rows
    adopt the best matching children of an earlier file, and those that no row adopts are removed, unless other records
    or a review depend on them. Values and rows that cannot be used go to `rejects`, or to `<file>.rejects.csv` beside
    the file. `progress` is called with the bytes imported so far and the file's size. `today` is the latest possible
    date, by default today in UTC. Under an idempotency `key` the file is imported once: after that, the same file gives
    the first summary again, and nothing is read or written.

    Raises `BadInput` when the file cannot be read, has another layout, or changes meanwhile, when the rejects file
    cannot be written, or when the key was used for another file; and `Refused` while other work on the store is
    running. The store's own errors are passed on.
    """
    if batch_size < 1:
        raise BadInput("The batch size must be at least 1")
    reader = ReleaseReader(today=today or datetime.now(UTC).date())
    once = None if key is None else Once(key, await asyncio.to_thread(_digest, file))
    async with hold(store, "import") as lease:
        if once and (first := await claim_alone(store, once)) is not None:
            return ImportSummary.of_plain(cast(dict[str, Any], first))
        apart = await numbers_told_apart(store)
        identities, stamp = await asyncio.to_thread(_survey, file, reader, apart)
        left = identities.adopt(await known_children(store, identities.numbers))
        loader = ReleaseLoader(store, source=await source_of(store, file.name), batch_size=batch_size)
        with (
            RejectsFile(rejects or file.with_name(f"{file.name}.rejects.csv"), source=file) as notes,
            open_text(file) as lines,
        ):
            _check_unchanged(file, lines, stamp)
            run = _Run(reader, identities, notes)
            releases = run.releases(read_rows(lines, file.name, LAYOUT))
            _tell(progress, 0, lines.size)
            noted = await numbers_hold(store)
            await begin(store, lease)
            while batch := list(islice(releases, batch_size)):
                await loader.write(batch)
                _tell(progress, lines.position, lines.size)
            _tell(progress, lines.size, lines.size)
            _check_unchanged(file, lines, stamp)
        await loader.tidy(left)
        if noted:
            await note_numbers(store)
        summary = run.summary(file.name, lines, loader)
        if once:
            await settle_alone(store, once, summary.plain())
    return summary


def check_hhs_releases(file: Path) -> None:
    """Check that a file can be read and has the layout's header; this needs no database.

    Raises `BadInput` as the import would.
    """
    check_layout(LAYOUT, file, {})


def _survey(file: Path, reader: ReleaseReader, apart: frozenset[str]) -> tuple[Identities, tuple[int, int]]:
    identities = Identities()
    with open_text(file) as lines:
        stamp = lines.stamp
        repeated = repeated_ids(read_rows(lines, file.name, LAYOUT))
    if repeated or apart:
        with open_text(file) as lines:
            identities.add_all(read_rows(lines, file.name, LAYOUT), repeated, reader, apart=apart)
    return identities, stamp


def _digest(file: Path) -> str:
    check_hhs_releases(file)
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


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
        """Return what happened to the rows."""
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
            removed=loader.removed,
            stayed=loader.stayed,
            notes=self._notes.count,
            rejects=self._notes.path,
        )
