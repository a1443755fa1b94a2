"""Tables of cells: what sheets, text files and e-mails have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from seed.spreadsheets.cells import Cell, is_empty, text_of


class TableRow(NamedTuple):
    """A row: its number from 1, its cells from column A on, and why it cannot be read, if it cannot."""

    number: int
    cells: Sequence[Cell]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, a text file, or a table in an e-mail.

    `faults` are cells that hold no value though something was meant, by row and column, both from 0. With `since_1904`,
    numbers of days are counted from 1904. `merged` counts merged cells that were read as a value in each of their rows.
    `told` counts what else was noticed, in words. In a `delimited` text, a row of another width is a damaged one.
    """

    name: str
    rows: Sequence[TableRow]
    hidden: bool = False
    since_1904: bool = False
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: int = 0
    told: Mapping[str, int] = field(default_factory=dict)
    delimited: bool = False

    def cell(self, row: int, column: int) -> str:
        """Return how a cell is called, such as `Hearings!F17`; the row counts from 1, the column from 0."""
        return f"{self.name}!{letters(column)}{row}" if self.name else f"{letters(column)}{row}"


class Mail(NamedTuple):
    """Which message tables came in: its sender, when it was sent, and its id."""

    sender: str
    sent: datetime | None
    id: str


class Document(NamedTuple):
    """A file, or a message in one, with its tables; a message is a source of its own.

    `told` says what else is in it and was not read.
    """

    name: str
    tables: Sequence[Table]
    mail: Mail | None = None
    told: Sequence[str] = ()


def grid_tables(grids: Iterable[Sequence[Sequence[Cell]]]) -> list[Table]:
    """Return the tables of a text or a web page, which have numbers for names."""
    return [
        Table(f"table {number}", [TableRow(row, cells) for row, cells in enumerate(grid, 1)])
        for number, grid in enumerate(grids, 1)
    ]


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    text = ""
    while column >= 0:
        text = chr(ord("A") + column % 26) + text
        column = column // 26 - 1
    return text


def column_number(text: str) -> int:
    """Return the number of a column from its letters, counted from 0."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def header_name(cell: Cell) -> str:
    """Return the text of a header's cell as names are compared: with single spaces."""
    return " ".join(text_of(cell).split())


def named_columns(header: Sequence[Cell]) -> list[str]:
    """Return the name of each column: one without a name is called by its letters, and repeated ones are numbered."""
    names = [f"column {letters(place)}" if is_empty(cell) else header_name(cell) for place, cell in enumerate(header)]
    times = Counter(name.casefold() for name in names)
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        folded = name.casefold()
        seen[folded] += 1
        if times[folded] > 1:
            names[place] = f"{name} ({seen[folded]})"
    return names


def unmerged(rows: list[list[Cell]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Give each row of merged cells the value that the first one shows; return how many cells got one."""
    filled = 0
    for (top, left), (bottom, _) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or is_empty(value := rows[top][left]):
            continue
        for number in range(top + 1, min(bottom + 1, len(rows))):
            row = rows[number]
            row.extend([""] * (left + 1 - len(row)))
            if is_empty(row[left]):
                row[left] = value
                filled += 1
    return filled
