"""Imports the courts' dump: which cases are chosen, what each becomes, and what is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from graph.store import Store
from seed.court_dump.choosing import Case, Dump
from seed.court_dump.files import Member, find
from seed.court_dump.records import SYSTEM, Names, reader
from seed.court_dump.tables import COUNTRIES, COURTS, DECISIONS, LOOKUPS, TABLES, Table
from seed.files.importing import import_records, source_of
from seed.files.options import Options, Progress
from seed.files.reading import Reading
from seed.files.records import Outcome
from seed.files.summary import FileSummary

JUVENILES = ("UJ", "J2")
"""The codes of unaccompanied juveniles."""


def check_dump(path: Path, juveniles: Sequence[str]) -> None:
    """Check that a folder or archive holds the dump's tables, and these codes; this needs no database.

    Raises `BadInput`.
    """
    with Dump(find(path, TABLES), juveniles) as dump:
        dump.choose()


async def import_dump(
    store: Store, path: Path, options: Options, *, juveniles: Sequence[str] = JUVENILES
) -> FileSummary:
    """Import the cases of juveniles with one of these codes, and return what happened; see `import_records`.

    `path` is a folder or a zip archive. The tables are read into a database on the disk, from which the cases come one
    by one, so that memory does not grow with them. A hearing can be after the options' latest day.
    Raises `BadInput` when tables are missing or a code is unknown, and as `import_records` does.
    """
    members = find(path, TABLES, LOOKUPS)
    with Dump(members, juveniles) as dump:
        reading = _Reading(dump, members, options.today, options.progress)
        reading.choice = ",".join(sorted(juveniles))
        return await import_records(store, source_of("eoir", SYSTEM, path.name), reading, path, options)


class _Reading(Reading):
    """The cases of a dump as a reading; the tables are read when the first case is asked for."""

    position = 0
    size = 0

    def __init__(self, dump: Dump, members: Mapping[Table, Member], today: date, progress: Progress | None) -> None:
        self._dump = dump
        self._members = members
        self._today = today
        self._progress = progress
        self.size = sum(member.size for member in members.values())

    def __iter__(self) -> Iterator[Outcome]:
        for table in self._dump.read():
            self.position += self._members[table].size
            if self._progress:
                self._progress(self.position, self.size)
        yield from self._dump.rejected()
        names = Names(*(self._dump.names(table) for table in (COUNTRIES, COURTS, DECISIONS)))
        read: Callable[[Case], Outcome] = reader(self._today, names)
        for case in self._dump.cases():
            yield read(case)

    def finish(self, summary: FileSummary) -> None:
        faults = {
            "Cases of the chosen juveniles that are not in the table of cases": self._dump.without_case(),
            "NUL bytes, which were left out": sum(fed.nul for fed in self._dump.fed.values()),
        }
        summary.seen |= {what: count for what, count in faults.items() if count}
