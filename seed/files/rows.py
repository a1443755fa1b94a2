"""Rows of a delimited file: lines split into a layout's columns, in the layout's order."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graph.errors import BadInput
from seed.files.lines import LONGEST_LINE, Line, LineReader
from seed.files.rejects import Note


@dataclass(frozen=True, slots=True)
class Layout:
    """What a delimited file looks like: its title, such as "HHS releases", and the names of the columns that are read.

    The names are compared without case, spaces and marks. With `others`, a file may have more columns, which are not
    read; columns in `optional` may be missing, and are then blank in every row.
    """

    title: str
    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    others: bool = False

    @property
    def named(self) -> dict[str, str]:
        """The columns by their bare names."""
        return {bare_name(name): name for name in self.columns}


def bare_name(name: str) -> str:
    """Return a column's name as names are compared."""
    return re.sub(r"\W|_", "", name).casefold()


_MOST_JOINED = 5
_SHOWN_NAMES = 8
_LONGEST_NAME = 40


class Row(NamedTuple):
    """A row with the right number of fields: the line it starts at, its values in the order of the layout, its text.

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


def bad_row(row: BadRow) -> Note:
    """Return the note on a row that cannot be imported."""
    return Note(row.number, "", row.text, f"{row.reason}: the row was not imported")


def read_rows(lines: LineReader, name: str, layout: Layout) -> Iterator[Row | BadRow]:
    """Yield the rows below the header; blank lines are skipped.

    A quoted value may contain line breaks, over at most five lines. A quotation mark that is not closed spoils only its
    own row. Raises `BadInput` when the file is empty or does not have the layout's header.
    """
    source = iter(lines)
    header = _header(source, name, layout)
    width, order = len(header), _order(header, name, layout)
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
            taken, fields = _joined(line, pending, source, width)
            if fields is None:
                pending.extendleft(reversed(taken[1:]))
                yield BadRow(line.number, line.text, "a quotation mark is not closed")
                continue
            last = taken[-1]
        yield _row(line, last, fields, width, order)


def _blank(line: Line) -> bool:
    return not line.text.strip(' \t,"')


def _header(source: Iterator[Line], name: str, layout: Layout) -> list[str]:
    for line in source:
        if not _blank(line):
            break
    else:
        raise BadInput(f"{name} is empty; the first line must be the header {', '.join(layout.columns)}")
    header = [" ".join(field.split()) for field in _split(line.text) or [line.text]]
    while header and not header[-1]:
        header.pop()
    return header


def _order(header: list[str], name: str, layout: Layout) -> list[int | None]:
    """Return the place of each column of the layout in the file; `None` for an optional one that is not there."""
    named = layout.named
    found = [named.get(bare_name(field)) for field in header]
    missing = [column for column in layout.columns if column not in found and column not in layout.optional]
    unexpected = [field or "one without a name" for field, column in zip(header, found, strict=True) if column is None]
    twice = sorted({column for column in found if column is not None and found.count(column) > 1})
    if missing or twice or (unexpected and not layout.others):
        faults = _faults(layout, missing, unexpected, twice)
        raise BadInput(f"{name} is not in the layout of the {layout.title}: {faults}")
    return [found.index(column) if column in found else None for column in layout.columns]


def _faults(layout: Layout, missing: list[str], unexpected: list[str], twice: list[str]) -> str:
    columns = layout.columns
    if len(missing) == len(columns) and any(c.isdigit() or not c.isprintable() for c in "".join(unexpected)):
        return f"its first line is not a header; it must be {', '.join(columns)}"
    shown = [_shown(field) for field in unexpected[:_SHOWN_NAMES]]
    if len(unexpected) > _SHOWN_NAMES:
        shown.append(f"{len(unexpected) - _SHOWN_NAMES} more")
    parts = []
    if missing:
        parts.append(f"its header lacks {', '.join(missing)}")
    if shown and not layout.others:
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


def _row(line: Line, last: Line, fields: list[str], width: int, order: list[int | None]) -> Row | BadRow:
    while len(fields) > width and not fields[-1].strip():
        fields.pop()
    if len(fields) == width:
        return Row(line.number, ["" if place is None else fields[place] for place in order], line.text, last.ended)
    if len(fields) < width and not last.ended:
        return BadRow(line.number, line.text, "the file ends in the middle of this row")
    many = "many" if len(fields) > width else "few"
    return BadRow(line.number, line.text, f"the row has too {many} fields: {len(fields)} where {width} belong")
