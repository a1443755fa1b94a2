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
        self._seen: dict[tuple[str, str], tuple[str, int]] = {}

    def records(self, outcomes: Iterable[Outcome]) -> Iterator[Record]:
        """Yield the records to write, each key once; raises `TooManyRejects`."""
        for one in outcomes:
            self._summary.rows += 1
            if isinstance(one, PassedOver):
                self._summary.passed_over[one.reason] += 1
            elif isinstance(one, Note):
                self._reject(one)
            elif isinstance(one, Repeated):
                self._repeat(Note(one.row, "", "", _repeats(f"row {one.first}")))
            elif not self._is_repeated(one):
                self._summary.imported += 1
                for note in one.notes:
                    self._notes.write(note)
                yield one

    def _is_repeated(self, record: Record) -> bool:
        """Note a row whose record another row described; one that says the same is only counted."""
        about = record.source.key if record.source else "", record.about or record.nodes[0].key
        content = 0 if record.about else record.content
        if about not in self._seen:
            self._seen[about] = record.where or f"row {record.row}", content
            return False
        first, said = self._seen[about]
        if said == content:
            self._repeat(Note(record.row, record.where, "", _repeats(first)))
        else:
            reason = f"{first} says something else of the same record: the row was not imported"
            self._reject(Note(record.row, record.where, "", reason))
        return True

    def _repeat(self, note: Note) -> None:
        self._summary.repeated += 1
        self._notes.write(note)

    def _reject(self, note: Note) -> None:
        self._summary.rejected += 1
        self._notes.write(note)
        if self._summary.rejected > self._most:
            raise TooManyRejects(
                f"More than {self._most:,} rows were rejected, the last one being row {note.row:,}: {note.reason}. "
                "The batches before it were imported, and all rejected rows are in the rejects file; see whether this "
                "is the right file, or allow more with --max-rejects"
            )


def _repeats(first: str) -> str:
    return f"the row repeats {first}; it was imported once"
