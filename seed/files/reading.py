"""What an import reads: one pass over rows, with what must be known before it and removed after it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping, Set
from typing import Any

from graph.errors import BadInput
from graph.store import Store
from graph.writing.transaction import Transaction
from seed.files.difference import Difference
from seed.files.lines import LineReader
from seed.files.records import Outcome
from seed.files.rows import BadRow, Layout, Row, bad_row, read_rows
from seed.files.summary import FileSummary

Transact = Callable[[Callable[[Transaction], Awaitable[Any]]], Awaitable[Any]]
"""Does some work in one transaction and returns what it returns; the work may be done again after a fault."""


class Reading(ABC):
    """One pass over what an importer reads: what its rows become, and how far it has come.

    `choice` says what else decides what the rows become: the same input with another choice is something else under an
    idempotency key.
    """

    choice = ""

    @property
    @abstractmethod
    def position(self) -> int:
        """How many bytes were read so far."""

    @property
    @abstractmethod
    def size(self) -> int:
        """How many bytes there are."""

    @abstractmethod
    def __iter__(self) -> Iterator[Outcome]:
        """Yield what each row becomes."""

    async def prepare(self, store: Store) -> None:  # noqa: B027
        """Learn from the graph what tells rows apart, before the first one; most readings need nothing."""

    async def tidy(self, transact: Transact, left: Mapping[str, Set[str]]) -> Difference:
        """Remove what the input no longer has, after the last row, and return what that was; most remove nothing.

        `left` are the keys of nodes, by label, that links of records have left.
        """
        return Difference()

    def finish(self, summary: FileSummary) -> None:  # noqa: B027
        """Note what was seen on the way; raises `BadInput` when the input changed meanwhile."""


class LinesReading(Reading):
    """The lines of a text file in a layout, each read by a function."""

    def __init__(self, lines: LineReader, name: str, layout: Layout, read: Callable[[Row], Outcome]) -> None:
        self._lines = lines
        self._name = name
        self._layout = layout
        self._read = read
        self._stamp = lines.stamp

    @property
    def position(self) -> int:
        """How many bytes were read so far."""
        return self._lines.position

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._lines.size

    def __iter__(self) -> Iterator[Outcome]:
        for row in read_rows(self._lines, self._name, self._layout):
            yield bad_row(row) if isinstance(row, BadRow) else self._read(row)

    def check_unchanged(self) -> None:
        """Raise `BadInput` if the file is no longer the one that was opened."""
        if self._lines.stamp != self._stamp:
            raise BadInput(f"{self._name} changed while it was being imported; import it again")

    def finish(self, summary: FileSummary) -> None:
        """Note the lines that needed to be mended."""
        self.check_unchanged()
        if self._lines.windows_1252:
            summary.seen["Lines that are not UTF-8, read as Windows-1252"] = self._lines.windows_1252
        if self._lines.nul:
            summary.seen["Lines with NUL bytes, which were left out"] = self._lines.nul
