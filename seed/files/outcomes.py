"""Takes what rows become: counts it, writes the notes, and passes each record on once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.errors import BadInput
from seed.files.records import Outcome, PassedOver, Record, Repeated
from seed.files.rejects import Note, RejectsFile
from seed.files.summary import FileSummary


class TooManyRejects(BadInput):
    """More rows than allowed were rejected; the rejects file holds them."""


class Outcomes:
    """One pass over what rows become, counted in a summary."""

    def __init__(self, summary: FileSummary, notes: RejectsFile, most_rejects: int) -> None:
        self._summary = summary
        self._notes = notes
        self._most = most_rejects
        self._seen: dict[str, tuple[int, int]] = {}

    def records(self, outcomes: Iterable[Outcome]) -> Iterator[Record]:
        """Yield the records to write, each key once; raises `TooManyRejects`."""
        for one in outcomes:
            self._summary.rows += 1
            if isinstance(one, PassedOver):
                self._summary.passed_over[one.reason] += 1
            elif isinstance(one, Note):
                self._reject(one)
            elif isinstance(one, Repeated):
                self._repeat(one)
            elif not self._is_repeated(one):
                self._summary.imported += 1
                for note in one.notes:
                    self._notes.write(note)
                yield one

    def _is_repeated(self, record: Record) -> bool:
        """Note a row whose record another row described; one that says the same is only counted."""
        content = record.content
        row, said = self._seen.setdefault(record.nodes[0].key, (record.row, content))
        if row == record.row:
            return False
        if said == content:
            self._repeat(Repeated(record.row, row))
        else:
            reason = f"row {row} says something else of the same record: the row was not imported"
            self._reject(Note(record.row, "", "", reason))
        return True

    def _repeat(self, row: Repeated) -> None:
        self._summary.repeated += 1
        self._notes.write(Note(row.row, "", "", f"the row repeats row {row.first}; it was imported once"))

    def _reject(self, note: Note) -> None:
        self._summary.rejected += 1
        self._notes.write(note)
        if self._summary.rejected > self._most:
            raise TooManyRejects(
                f"More than {self._most:,} rows were rejected, the last one being row {note.row:,}: {note.reason}. "
                "The batches before it were imported, and all rejected rows are in the rejects file; see whether this "
                "is the right file, or allow more with --max-rejects"
            )
