"""The rejects file: the values and rows that could not be used, as written, for the person who gave the file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import NamedTuple, Self

from graph.errors import BadInput
from queries.export.cells import BYTE_ORDER_MARK, CsvLines

HEADER = ("row", "column", "value", "reason")
LONGEST_VALUE = 1_000


class Note(NamedTuple):
    """A remark about a value, or about a whole row if `column` is empty."""

    row: int
    column: str
    value: str
    reason: str


class RejectsFile:
    """Collects notes in a CSV of row, column, value and reason; rows are counted as an editor counts lines.

    Like in every CSV file of Sightline, a value that a spreadsheet would run gets an apostrophe in front.

    If there were notes, the file appears when the block succeeds, and replaces an earlier one. Without notes there is
    no file, and that of an earlier run is removed. Until then the file has no name, so that a run that is killed leaves
    none behind. Raises `BadInput` when the file cannot be written (before the block begins, if that is known then), and
    when another file would be overwritten.
    """

    def __init__(self, path: Path, *, source: Path) -> None:
        self._path = path
        self._source = source
        self._part = path.with_name(f"{path.name}.part")
        self._lines = CsvLines()
        self.count = 0

    @property
    def path(self) -> Path | None:
        """The file's path, or `None` when there was nothing to write."""
        return self._path if self.count else None

    def __enter__(self) -> Self:
        self._check()
        try:
            with self._part.open("wb"):
                self._part.unlink()
            self._stream = TemporaryFile(dir=self._path.parent)
            self._write(HEADER)
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None
        return self

    def write(self, note: Note) -> None:
        """Add a line."""
        value = note.value if len(note.value) <= LONGEST_VALUE else f"{note.value[:LONGEST_VALUE]}..."
        try:
            self._write((note.row, note.column, value, note.reason))
        except OSError as error:
            raise self._unwritable(error) from None
        self.count += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stream:
            if kind is not None:
                return
            try:
                if self.count:
                    self._appear()
                else:
                    self._path.unlink(missing_ok=True)
            except OSError as failure:
                raise self._unwritable(failure) from None

    def _appear(self) -> None:
        """Give the written file its name, in one step."""
        try:
            self._stream.seek(0)
            with self._part.open("wb") as part:
                shutil.copyfileobj(self._stream, part)
            self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)

    def _write(self, values: Sequence[object]) -> None:
        self._lines.add([values])
        self._stream.write(self._lines.take())

    def _check(self) -> None:
        try:
            if self._path.is_dir():
                raise BadInput(f"{self._path} is a folder; give the rejects file a name of its own")
            if not self._path.exists():
                return
            if not self._path.is_file():
                raise BadInput(f"{self._path} is not a regular file; give the rejects file a name of its own")
            if self._path.samefile(self._source):
                raise BadInput("The rejects file would overwrite the file to import; give it another name")
            with self._path.open(encoding="utf-8", errors="replace") as stream:
                start = stream.readline(100)
        except OSError as error:
            raise self._unwritable(error) from None
        if start.removeprefix(BYTE_ORDER_MARK).strip() not in ("", ",".join(HEADER)):
            raise BadInput(f"{self._path} exists and is not a rejects file; give another path for the rejects")

    def _unwritable(self, error: OSError | ValueError) -> BadInput:
        reason = error.strerror if isinstance(error, OSError) else "its path is damaged"
        return BadInput(
            f"The rejects file {self._path} cannot be written ({(reason or 'unknown reason').lower()}); "
            "give a path for it in a folder that you may write to"
        )
