"""Imports a file of HHS releases: what is read, in which order, and what is reported."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Set
from datetime import date
from functools import partial
from pathlib import Path

from graph.store import Store
from graph.writing.writer import BATCH_SIZE
from seed.files.archives import open_text
from seed.files.difference import KEPT, REMOVED, Difference
from seed.files.importing import check_layout, import_records
from seed.files.lines import LineReader
from seed.files.options import Options
from seed.files.reading import LinesReading, Transact
from seed.files.records import Outcome, Repeated
from seed.files.rejects import Note
from seed.files.rows import Row, read_rows
from seed.files.summary import FileSummary
from seed.hhs_releases.adoption import known_children, numbers_told_apart
from seed.hhs_releases.identities import Identities, repeated_ids
from seed.hhs_releases.leaving import remove_areas, remove_children
from seed.hhs_releases.records import record_of
from seed.hhs_releases.releases import ReleaseReader
from seed.hhs_releases.rows import COLUMNS, LAYOUT
from seed.hhs_releases.sources import release_source


async def import_hhs_releases(store: Store, file: Path, options: Options) -> FileSummary:
    """Import a file of HHS releases in the published layout, and return what happened to its rows.

    The file is read twice: first for the record numbers that occur more than once, and then for its releases. For each
    record number in the file, the graph afterwards has the file's children: the rows adopt the best matching children
    of an earlier file, and those that no row adopts are removed, unless other records or a review depend on them.

    Raises `BadInput` when the file cannot be read, has another layout, or changes meanwhile; and as `import_records`
    does.
    """
    check_layout(LAYOUT, file, {})
    with open_text(file) as lines:
        reading = _Releases(lines, file, options.today)
        return await import_records(store, await release_source(store, file.name), reading, file, options)


class _Releases(LinesReading):
    """The releases of a file: gives each child its key, and knows which children no row has any more."""

    def __init__(self, lines: LineReader, file: Path, today: date) -> None:
        super().__init__(lines, file.name, LAYOUT, self._outcome)
        self._file = file
        self._reader = ReleaseReader(today=today)
        self._identities = Identities()
        self._left: list[str] = []
        self._incomplete = 0
        self._unknown: Counter[str] = Counter()

    async def prepare(self, store: Store) -> None:
        apart = await numbers_told_apart(store)
        await asyncio.to_thread(self._survey, apart)
        self._left = self._identities.adopt(await known_children(store, self._identities.numbers))
        self.check_unchanged()

    def _survey(self, apart: frozenset[str]) -> None:
        with open_text(self._file) as lines:
            repeated = repeated_ids(read_rows(lines, self._file.name, LAYOUT))
        if repeated or apart:
            with open_text(self._file) as lines:
                self._identities.add_all(read_rows(lines, self._file.name, LAYOUT), repeated, self._reader, apart=apart)

    def _outcome(self, row: Row) -> Outcome:
        release = self._reader.read(row)
        if isinstance(release, Note):
            return release
        key, first_row = self._identities.of(release)
        if first_row != release.row:
            return Repeated(release.row, first_row)
        if release.unknown:
            self._incomplete += 1
            self._unknown.update(release.unknown)
        return record_of(key, release)

    async def tidy(self, transact: Transact, left: Mapping[str, Set[str]]) -> Difference:
        found = Difference()
        areas = set(left.get("PostalArea", ()))
        for start in range(0, len(self._left), BATCH_SIZE):
            some = self._left[start : start + BATCH_SIZE]
            removed, of_removed = await transact(partial(remove_children, keys=some))
            found.add(REMOVED, "Child", removed)
            found.add(KEPT, "Child", len(some) - removed)
            areas |= of_removed
        if areas:
            found.add(REMOVED, "PostalArea", await transact(partial(remove_areas, keys=sorted(areas))))
        return found

    def finish(self, summary: FileSummary) -> None:
        super().finish(summary)
        if self._incomplete:
            summary.seen["Rows with something unknown"] = self._incomplete
            summary.seen |= {f"  {name}": self._unknown[name] for name in COLUMNS[1:] if self._unknown[name]}
        if self._identities.count:
            summary.seen["Record numbers that several rows have"] = self._identities.count
            shown = self._identities.report()
            summary.remarks += [str(one) for one in shown]
            if self._identities.count > len(shown):
                summary.remarks.append(f"and {self._identities.count - len(shown):,} more such record numbers")
