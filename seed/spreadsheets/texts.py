"""Text files as tables: CSV, and text with tabs, semicolons or pipes between the columns."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, cast

from graph.errors import BadInput
from seed.files.lines import LONGEST_LINE, Line, LineReader
from seed.spreadsheets.tables import Table, TableRow

DELIMITERS = "\t,;|"
_TRIED = 30
_MOST_JOINED = 20
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def read_text_table(name: str, data: bytes) -> Table:
    """Read a text file as a table; raises `BadInput` when it is no text."""
    for mark, encoding in _UTF_16.items():
        if data.startswith(mark):
            data = data[2:].decode(encoding, "replace").encode()
    if not data.strip():
        raise BadInput(f"{name} is empty; give a spreadsheet, a CSV file or an e-mail")
    if b"\0" in data[:1000] and data[:1000].count(b"\0") > len(data[:1000]) // 10:
        raise BadInput(f"{name} is no spreadsheet, CSV file or e-mail that can be read here; save it as XLSX or CSV")
    stream = cast(BinaryIO, io.BytesIO(data))
    lines = LineReader(stream, name, file=stream, size=len(data))
    source = deque(lines)
    delimiter = _stated(source) or _delimiter([line.text for line, _ in zip(source, range(_TRIED), strict=False)])
    rows = list(_rows(source, delimiter))
    told = {
        "Lines that are not UTF-8, read as Windows-1252": lines.windows_1252,
        "Lines with NUL bytes, which were left out": lines.nul,
    }
    return Table("", rows, told={what: count for what, count in told.items() if count}, delimited=True)


def split(text: str, delimiter: str) -> list[str]:
    """Split a line; quotation marks hold a value together."""
    return next(csv.reader([text], delimiter=delimiter, skipinitialspace=delimiter != "\t"), [])


def _stated(source: deque[Line]) -> str:
    """Return the delimiter that Excel states in a first line `sep=;`, and take that line away."""
    if source and len(text := source[0].text.strip().casefold()) == 5 and text.startswith("sep="):
        source.popleft()
        return text[4]
    return ""


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that gives most lines the same number of columns."""
    best, found = (0.0, 0), ","
    for delimiter in DELIMITERS:
        counts = Counter(len(_safe_split(line, delimiter)) for line in lines if line.strip())
        width, times = max(((w, n) for w, n in counts.items() if w > 1), key=lambda one: one[1], default=(0, 0))
        if (times / max(1, counts.total()), width) > best:
            best, found = (times / counts.total(), width), delimiter
    return found


def _safe_split(text: str, delimiter: str) -> list[str]:
    try:
        return split(text, delimiter)
    except csv.Error:
        return text.split(delimiter)


def _rows(source: deque[Line], delimiter: str) -> Iterator[TableRow]:
    while source:
        line = source.popleft()
        if line.too_long:
            yield TableRow(line.number, [line.text], f"the line is longer than {LONGEST_LINE:,} characters")
            continue
        if line.text.count('"') % 2 == 0:
            yield TableRow(line.number, _safe_split(line.text, delimiter))
            continue
        cells, taken = _joined(line, source, delimiter)
        for _ in range(taken):
            source.popleft()
        if cells is None and f'{delimiter}"' not in line.text and not line.text.startswith('"'):
            cells = line.text.split(delimiter)  # A mark of inches, not a quotation mark.
        if cells is None:
            yield TableRow(line.number, line.text.split(delimiter), "a quotation mark is not closed")
        else:
            yield TableRow(line.number, cells)


def _joined(line: Line, source: deque[Line], delimiter: str) -> tuple[list[str] | None, int]:
    """Return the cells of a row over several lines, and how many lines it has below the first."""
    text = line.text
    for taken, following in enumerate(islice(source, _MOST_JOINED), 1):
        text += f"\n{following.text}"
        if text.count('"') % 2 == 0:
            try:
                return next(csv.reader([text], delimiter=delimiter, strict=True), None), taken
            except csv.Error:
                break
    return None, 0
