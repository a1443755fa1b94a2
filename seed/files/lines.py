"""Lines of a text file: numbered as an editor counts them, decoded, bounded in length."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

from graph.errors import BadInput

LONGEST_LINE = 65_536

_BOM = "\xef\xbb\xbf"
_SIGNATURES = {
    b"\x1f\x8b": "is compressed with gzip; unpack it and import the CSV in it",
    b"PK\x03\x04": "is a zip archive or an Excel workbook; unpack it, or save the sheet as CSV, and import that",
    b"PK\x05\x06": "is an empty zip archive; give the CSV itself",
    b"\xd0\xcf\x11\xe0": "is an Excel workbook; save the sheet as CSV and import that",
    b"BZh": "is compressed with bzip2; unpack it and import the CSV in it",
    b"\xfd7zXZ\x00": "is compressed with xz; unpack it and import the CSV in it",
    b"\x28\xb5\x2f\xfd": "is compressed with zstd; unpack it and import the CSV in it",
    b"\xff\xfe": "is text in UTF-16; save it as CSV in UTF-8 and import that",
    b"\xfe\xff": "is text in UTF-16; save it as CSV in UTF-8 and import that",
}


class Line(NamedTuple):
    """A line without its line end: its number from 1, its text, whether it had a line end, whether it was shortened."""

    number: int
    text: str
    ended: bool = True
    too_long: bool = False


class LineReader:
    """The lines of one pass over a file.

    Each line is decoded as UTF-8, or as Windows-1252 if it is not UTF-8; NUL bytes are left out. `windows_1252` and
    `nul` count the lines that needed this. `stream` may be a part of `file`, with a `size` of its own. Raises
    `BadInput` when the file cannot be read to its end.
    """

    def __init__(self, stream: IO[bytes], name: str, *, file: BinaryIO, size: int | None = None) -> None:
        self._stream = stream
        self._text = io.TextIOWrapper(cast(BinaryIO, stream), encoding="latin-1", newline=None)
        self._name = name
        self._file = file
        self._size = size
        stream.seek(0)
        self.windows_1252 = 0
        self.nul = 0

    @property
    def size(self) -> int:
        """The size of what is read, in bytes."""
        return self.stamp[0] if self._size is None else self._size

    @property
    def stamp(self) -> tuple[int, int]:
        """Size and time of the file's last change, which tell whether it is still the same."""
        status = os.fstat(self._file.fileno())
        return status.st_size, status.st_mtime_ns

    @property
    def position(self) -> int:
        """The number of bytes read so far."""
        return self._stream.tell()

    def __iter__(self) -> Iterator[Line]:
        number = 0
        while part := self._next():
            number += 1
            if number == 1:
                part = part.removeprefix(_BOM)
            ended = part.endswith("\n")
            too_long = not ended and len(part) > LONGEST_LINE
            if too_long:
                ended = self._skip_rest()
            yield Line(number, self._decode(part.removesuffix("\n")), ended, too_long)

    def _next(self) -> str:
        try:
            return self._text.readline(LONGEST_LINE + 1)
        except OSError as error:
            raise unreadable(self._name, error) from None

    def _skip_rest(self) -> bool:
        while part := self._next():
            if part.endswith("\n"):
                return True
        return False

    def _decode(self, text: str) -> str:
        if not text.isascii():
            try:
                text = text.encode("latin-1").decode()
            except UnicodeDecodeError:
                self.windows_1252 += 1
                text = text.encode("latin-1").decode("cp1252", errors="replace")
        if "\0" in text:
            self.nul += 1
            text = text.replace("\0", "")
        return text


@contextmanager
def open_lines(file: Path) -> Iterator[LineReader]:
    """Open a file for one pass; raises `BadInput` when it is not a readable text file."""
    try:
        if file.is_dir():
            raise BadInput(f"{file.name or file} is a folder; give the CSV file itself")
        if file.exists() and not file.is_file():
            raise BadInput(f"{file.name} is not a regular file; give the CSV file itself")
        stream = file.open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(str(file), error) from None
    with stream:
        try:
            start = stream.read(8)
        except OSError as error:
            raise unreadable(file.name, error) from None
        for signature, sentence in _SIGNATURES.items():
            if start.startswith(signature):
                raise BadInput(f"{file.name} {sentence}")
        yield LineReader(stream, file.name, file=stream)


def unreadable(name: str, error: OSError | ValueError) -> BadInput:
    """Return the error that says why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return BadInput(f"{name} does not exist; give the path of the CSV file")
    if isinstance(error, PermissionError):
        return BadInput(f"{name} may not be read; ask for permission to read it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its path or content is damaged"
    return BadInput(f"{name!r} cannot be read: {reason}")
