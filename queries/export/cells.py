"""Values as cells of a spreadsheet, and lines of CSV that both spreadsheets and programs can read."""

from __future__ import annotations

import csv
import math
import unicodedata
from collections.abc import Iterable, Sequence

import orjson

BYTE_ORDER_MARK = "\ufeff"
"""The beginning of every CSV file; without it Excel mistakes UTF-8 for another encoding and mangles accents."""

_SIGNS = frozenset("=+-@")
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Invisible Hangul letters."""

_QUOTED = "\r\n;\t|\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Quoted in addition to commas and quotation marks: everything at which some reader splits columns or lines."""
_LINE_END = "\r\n"


def cell(value: object) -> object:
    """Return a value for a spreadsheet cell: true and false as words, lists and objects as JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets write such texts.
    Numbers stay numbers.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    return f"'{value}" if isinstance(value, str) and starts_formula(value) else value


def starts_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula.

    It does when the first visible character is `=`, `+`, `-` or `@` in any width, whatever follows. Spaces, control
    characters and format characters before it are ignored, because programs that tidy text remove them. A text that
    begins with a tab or a line break counts as well.
    """
    first = text[:1]
    if first.isascii() and first.isalnum():
        return False
    if first in _BREAKS:
        return True
    for character in text:
        if character not in _FILLERS and unicodedata.category(character)[0] not in "ZCM":
            return unicodedata.normalize("NFKC", character)[0] in _SIGNS
    return False


class CsvLines:
    """Makes CSV (RFC 4180): UTF-8 after a byte-order mark, values as `cell` gives them, and unknown values empty."""

    def __init__(self) -> None:
        self._parts = [BYTE_ORDER_MARK]
        self._writer = csv.writer(self, lineterminator=_QUOTED)

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Add a line for each row of values."""
        self._writer.writerows([cell(value) for value in row] for row in rows)

    def write(self, line: str) -> None:
        """Take a line from the CSV writer, which quotes the characters of its own line end, and end it as usual."""
        self._parts.append(line[: -len(_QUOTED)] + _LINE_END)

    def take(self) -> bytes:
        """Return what was added since the last call; the first time it begins with the byte-order mark."""
        text = "".join(self._parts)
        self._parts.clear()
        return text.encode(errors="replace")
