"""Rows of the HHS releases: lines split into the layout's columns, in the layout's order."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from graph.errors import BadInput
from seed.files.lines import LONGEST_LINE, Line, LineReader

COLUMNS = (
    "ID",
    "Child's Country of Origin",
    "Child's Gender",
    "Child's Date of Entry",
    "Child's Date of Release",
    "Sponsor Zipcode",
    "Sponsor Category",
    "Relationship of Sponsor",
)
_NAMES = {re.sub(r"\W|_", "", name).casefold(): name for name in COLUMNS}
_MOST_JOINED = 5
_SHOWN_NAMES = 8
_LONGEST_NAME = 40


class Row(NamedTuple):
    """A row with the right number of fields: the line it starts at, its values in the order of `COLUMNS`, its text.

    `ended` is false for a last line without a line end, which may have been cut off.
    """

    number: int
    values: list[str]
    text: str
    ended: bool


class BadRow(NamedTuple):
    """A row that cannot be imported, with its text as written and the reason."""

    number: int
    text: str
    reason: str


def read_rows(lines: LineReader, name: str) -> Iterator[Row | BadRow]:
    """Yield the rows below the header; blank lines are skipped.

    A quoted value may contain line breaks, over at most five lines. A quotation mark that is not closed spoils only its
    own row. Raises `BadInput` when the file is empty or does not have the layout's header.
    """
    source = iter(lines)
    order = _order(source, name)
    pending: deque[Line] = deque()
    while (line := pending.popleft() if pending else next(source, None)) is not None:
        if line.too_long:
            yield BadRow(line.number, line.text, f"the line is longer than {LONGEST_LINE:,} characters")
            continue
        if _blank(line):
            continue
        fields = _split(line.text)
        last = line
        if fields is None:
            taken, fields = _joined(line, pending, source, len(order))
            if fields is None:
                pending.extendleft(reversed(taken[1:]))
                yield BadRow(line.number, line.text, "a quotation mark is not closed")
                continue
            last = taken[-1]
        yield _row(line, last, fields, order)


def _blank(line: Line) -> bool:
    return not line.text.strip(' \t,"')


def _order(source: Iterator[Line], name: str) -> list[int]:
    for line in source:
        if not _blank(line):
            break
    else:
        raise BadInput(f"{name} is empty; the first line must be the header {', '.join(COLUMNS)}")
    header = [" ".join(field.split()) for field in _split(line.text) or [line.text]]
    while header and not header[-1]:
        header.pop()
    found = [_NAMES.get(re.sub(r"\W|_", "", field).casefold()) for field in header]
    missing = [column for column in COLUMNS if column not in found]
    unexpected = [field or "one without a name" for field, column in zip(header, found, strict=True) if column is None]
    twice = sorted({column for column in found if column is not None and found.count(column) > 1})
    if missing or unexpected or twice:
        raise BadInput(f"{name} is not in the layout of the HHS releases: {_faults(missing, unexpected, twice)}")
    return [found.index(column) for column in COLUMNS]


def _faults(missing: list[str], unexpected: list[str], twice: list[str]) -> str:
    if len(missing) == len(COLUMNS) and any(c.isdigit() or not c.isprintable() for c in "".join(unexpected)):
        return f"its first line is not a header; it must be {', '.join(COLUMNS)}"
    shown = [_shown(field) for field in unexpected[:_SHOWN_NAMES]]
    if len(unexpected) > _SHOWN_NAMES:
        shown.append(f"{len(unexpected) - _SHOWN_NAMES} more")
    parts = []
    if missing:
        parts.append(f"its header lacks {', '.join(missing)}")
    if shown:
        parts.append(f"its header has unexpected columns ({', '.join(shown)})")
    if twice:
        parts.append(f"its header names {', '.join(twice)} twice")
    return " and ".join(parts) + "; rename, add or remove columns to match"


def _shown(name: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in name)
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}..."


def _split(text: str) -> list[str] | None:
    if '"' not in text:
        return text.split(",")
    for strict in (True, False):
        try:
            return next(csv.reader([text], strict=strict, skipinitialspace=True), None)
        except csv.Error:
            if text.count('"') % 2:
                return None
    return None


def _joined(
    line: Line, pending: deque[Line], source: Iterator[Line], width: int
) -> tuple[list[Line], list[str] | None]:
    taken = [line]
    while len(taken) < _MOST_JOINED:
        following = pending.popleft() if pending else next(source, None)
        if following is None:
            break
        taken.append(following)
        if following.too_long:
            break
        fields = _split("\n".join(part.text for part in taken))
        if fields is not None:
            broken = [field for field in fields if "\n" in field]
            whole = len(fields) == width and not any("," in field for field in broken)
            return taken, fields if whole else None
    return taken, None


def _row(line: Line, last: Line, fields: list[str], order: list[int]) -> Row | BadRow:
    width = len(order)
    while len(fields) > width and not fields[-1].strip():
        fields.pop()
    if len(fields) == width:
        return Row(line.number, [fields[position] for position in order], line.text, last.ended)
    if len(fields) < width and not last.ended:
        return BadRow(line.number, line.text, "the file ends in the middle of this row")
    many = "many" if len(fields) > width else "few"
    return BadRow(line.number, line.text, f"the row has too {many} fields: {len(fields)} where {width} belong")
