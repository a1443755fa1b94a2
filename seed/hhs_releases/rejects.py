"""The rejects file: the values and rows that could not be used, as written, for the person who gave the file."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import BadInput
from seed.hhs_releases.releases import Note

HEADER = ("row", "column", "value", "reason")
LONGEST_VALUE = 1_000


class RejectsFile:
    """Collects notes into a CSV of row, column, value and reason; rows are counted as an editor counts lines.

    The file appears, in place of an earlier one, when the block ends well and there was a note. With no note there is
    no file, and that of an earlier run is removed. Raises `BadInput` when it cannot be written, before the block
    begins where that can be known, and when another file would be overwritten.
    """

    def __init__(self, path: Path, *, source: Path) -> None:
        self._path = path
        self._source = source
        self._part = path.with_name(f"{path.name}.part")
        self.count = 0

    @property
    def path(self) -> Path | None:
        """The file's path, or `None` when there was nothing to write."""
        return self._path if self.count else None

    def __enter__(self) -> Self:
        self._check()
        try:
            self._stream = self._part.open("w", encoding="utf-8", errors="replace", newline="")
            self._writer = csv.writer(self._stream)
            self._writer.writerow(HEADER)
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None
        return self

    def write(self, note: Note) -> None:
        """Add a line."""
        value = note.value if len(note.value) <= LONGEST_VALUE else f"{note.value[:LONGEST_VALUE]}..."
        try:
            self._writer.writerow((note.row, note.column, value, note.reason))
        except OSError as error:
            raise self._unwritable(error) from None
        self.count += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            with suppress(OSError):
                self._stream.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)
            return
        try:
            self._stream.close()
            if self.count:
                self._part.replace(self._path)
            else:
                self._part.unlink()
                self._path.unlink(missing_ok=True)
        except OSError as failure:
            raise self._unwritable(failure) from None

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
        if start.strip() not in ("", ",".join(HEADER)):
            raise BadInput(f"{self._path} exists and is not a rejects file; give another path for the rejects")

    def _unwritable(self, error: OSError | ValueError) -> BadInput:
        reason = error.strerror if isinstance(error, OSError) else "its path is damaged"
        return BadInput(
            f"The rejects file {self._path} cannot be written ({(reason or 'unknown reason').lower()}); "
            "give a path for it in a folder that you may write to"
        )
