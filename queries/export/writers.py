"""The formats of a file of rows, and what writes each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import orjson

from queries.export.cells import cell
from queries.export.neighbors import Edge
from queries.run import Rows


class FileFormat(StrEnum):
    """A format of a file; its value is how the file's name ends."""

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
    """Writes one file; gives its bytes as they are ready."""

    def page(self, rows: Rows) -> bytes:
        """Return what a page of rows adds to the file; nothing yet, where it is put together at the end."""
        raise NotImplementedError

    def end(self) -> Iterable[bytes]:
        """Return the rest of the file; it may take long, and needs no event loop."""
        raise NotImplementedError

    def entities(self, rows: Rows) -> Mapping[str, Sequence[str]]:
        """Return the keys, by label, of the nodes of a page whose relationships go into the file too."""
        return {}

    def linked(self, label: str, edges: Iterable[Edge]) -> bytes:
        """Return what the relationships of nodes of a label add to the file."""
        return b""

    def close(self) -> None:
        """Let go of what the file was put together in."""


class CsvWriter(Writer):
    """CSV under a header, in UTF-8; unknown is empty, true and false are words."""

    def __init__(self, names: Sequence[str]) -> None:
        self._block = io.StringIO()
        self._writer = csv.writer(self._block, lineterminator="\n")
        self._writer.writerow(names)

    def page(self, rows: Rows) -> bytes:
        """Return the page's lines, after the header in the first."""
        return self.lines(rows.flat())

    def lines(self, rows: Iterable[Sequence[object]]) -> bytes:
        """Return the lines of rows of values, after the header in the first."""
        self._writer.writerows([cell(value) for value in row] for row in rows)
        return self._taken()

    def end(self) -> Iterable[bytes]:
        """Return the header of a file without rows."""
        return [self._taken()]

    def _taken(self) -> bytes:
        text = self._block.getvalue()
        self._block.seek(0)
        self._block.truncate()
        return text.encode()


class JsonWriter(Writer):
    """A JSON list with one row a line."""

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
