"""Tables in the text of an e-mail: in HTML, or in plain text with tabs, pipes or aligned columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, Tag

Grid = list[list[str]]

_LONGEST_TEXT = 20_000_000
_WIDEST = 500
_QUOTED = re.compile(r"^(?:> ?)+")
_RULE = re.compile(r"[\s|+:=_-]+")
_CHUNK = re.compile(r"\S+(?: \S+)*")


def html_tables(html: str) -> list[Grid]:
    """Return the tables of an HTML text; one that only arranges other tables is left out."""
    soup = BeautifulSoup(html[:_LONGEST_TEXT], "html.parser")
    tables = [one for one in soup.find_all("table") if one.find("table") is None]
    return [grid for table in tables if _is_table(grid := _grid(table))]


def text_tables(text: str) -> list[Grid]:
    """Return the tables of a plain text, quoted or not."""
    lines = [_QUOTED.sub("", line.replace("\u00a0", " ").rstrip()) for line in text[:_LONGEST_TEXT].splitlines()]
    found: list[Grid] = []
    taken: set[int] = set()
    for cut, aligned in ((_cut_tabs, False), (_cut_pipes, False), (_cut_spaces, True)):
        for numbers in _blocks(lines, cut, taken):
            grid = _aligned([lines[n] for n in numbers]) if aligned else [cut(lines[n]) for n in numbers]
            if _is_table(grid):
                found.append(grid)
                taken |= set(numbers)
    return found


def _is_table(grid: Grid) -> bool:
    return len(grid) > 1 and max(len(row) for row in grid) > 1


def _grid(table: Tag) -> Grid:
    rows: Grid = []
    below: dict[int, tuple[int, str]] = {}
    for line in table.find_all("tr"):
        row: list[str] = []
        for cell in line.find_all(["td", "th"]):
            _fill(row, below)
            text = " ".join(cell.get_text(" ").split())
            wide, high = _times(cell.get("colspan")), _times(cell.get("rowspan"))
            row += [text, *[""] * (wide - 1)]
            if high > 1:
                below[len(row) - wide] = (high - 1, text)
        _fill(row, below)
        rows.append(row)
    return rows


def _fill(row: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Repeat the cells of earlier rows that reach down to this one."""
    while len(row) in below:
        left, text = below.pop(len(row))
        if left > 1:
            below[len(row)] = (left - 1, text)
        row.append(text)


def _times(text: object) -> int:
    return min(int(text), _WIDEST) if isinstance(text, str) and text.isdecimal() and int(text) else 1


def _cut_tabs(line: str) -> list[str]:
    return [one.strip() for one in line.split("\t")] if "\t" in line else []


def _cut_pipes(line: str) -> list[str]:
    return [one.strip() for one in line.strip().strip("|").split("|")] if line.count("|") else []


def _cut_spaces(line: str) -> list[str]:
    return _CHUNK.findall(line)


def _blocks(lines: list[str], cut: Callable[[str], list[str]], taken: set[int]) -> Iterator[list[int]]:
    """Yield the numbers of lines that follow each other and have columns; lines that only rule off are left out."""
    block: list[int] = []
    for number, line in enumerate(lines):
        if block and line and _RULE.fullmatch(line):
            continue
        if number not in taken and line.strip() and not _RULE.fullmatch(line) and len(cut(line)) > 1:
            block.append(number)
            continue
        if len(block) > 1:
            yield block
        block = []
    if len(block) > 1:
        yield block


def _aligned(lines: list[str]) -> Grid:
    """Return the cells of aligned columns, each in the column of the header that begins or ends nearest to it."""
    heads = list(_CHUNK.finditer(lines[0]))
    rows = []
    for line in lines:
        row = [""] * len(heads)
        for chunk in _CHUNK.finditer(line):
            places = range(len(heads))
            at = min(
                places, key=lambda n: min(abs(heads[n].start() - chunk.start()), abs(heads[n].end() - chunk.end()))
            )
            row[at] = f"{row[at]} {chunk[0]}".strip()
        rows.append(row)
    return rows
