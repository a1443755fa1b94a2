"""The formats of a file of rows, and what writes each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import orjson

from queries.asking.run import Rows
from queries.export.cells import CsvLines
from queries.export.neighbors import Edge


class FileFormat(StrEnum):
    """A file format; its value is the extension of the file's name."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    GRAPHML = "graphml"

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        return {
            "csv": "text/csv; charset=utf-8",
            "json": "application/json",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "graphml": "application/graphml+xml",
        }[self.value]


class Writer:
    """Writes one file, and returns its bytes as they become ready."""

    def page(self, rows: Rows) -> bytes:
        """Return what a page of rows adds to the file; nothing if the file is put together at the end."""
        raise NotImplementedError

    def end(self) -> Iterable[bytes]:
        """Return the rest of the file; this may take long, and needs no event loop."""
        raise NotImplementedError

    def entities(self, rows: Rows) -> Mapping[str, Sequence[str]]:
        """Return the keys, by label, of the nodes of a page whose relationships the file should contain too."""
        return {}

    def linked(self, label: str, edges: Iterable[Edge]) -> bytes:
        """Return what the relationships of nodes of a label add to the file."""
        return b""

    def close(self) -> None:
        """Release the resources in which the file was put together."""


class CsvWriter(Writer):
    """CSV with a header, in UTF-8 after a byte-order mark; unknown values are empty, true and false are words."""

    def __init__(self, names: Sequence[str]) -> None:
        self._lines = CsvLines()
        self._lines.add([names])

    def page(self, rows: Rows) -> bytes:
        """Return the page's lines; the first time they begin with the header."""
        return self.lines(rows.flat())

    def lines(self, rows: Iterable[Sequence[object]]) -> bytes:
        """Return the lines of rows of values; the first time they begin with the header."""
        self._lines.add(rows)
        return self._lines.take()

    def end(self) -> Iterable[bytes]:
        """Return the header of a file without rows."""
        return [self._lines.take()]


class JsonWriter(Writer):
    """A JSON list with one row per line."""

    def __init__(self) -> None:
        self._separator = b"[\n"

    def page(self, rows: Rows) -> bytes:
        """Return the page's lines."""
        return self.lines(rows.rows)

    def lines(self, rows: Iterable[Mapping[str, object]]) -> bytes:
        """Return the lines of rows of values by name."""
        lines = bytearray()
        for row in rows:
            lines += self._separator + orjson.dumps(row)
            self._separator = b",\n"
        return bytes(lines)

    def end(self) -> Iterable[bytes]:
        """Return the list's end."""
        return [b"[]\n" if self._separator == b"[\n" else b"\n]\n"]
