"""Rows on standard output: a table for people; JSON and CSV, complete and in UTF-8, for programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from cli.formats import Format

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def write_json(rows: Iterable[Mapping[str, object]]) -> None:
    """Write a JSON list with one row a line."""
    from queries.export.writers import JsonWriter

    writer = JsonWriter()
    sys.stdout.buffer.writelines([writer.lines(rows), *writer.end()])


def write_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write CSV under a header; unknown is empty, true and false are words."""
    from queries.export.writers import CsvWriter

    writer = CsvWriter(names)
    sys.stdout.buffer.writelines([writer.lines(rows), *writer.end()])


def write_table(title: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table, as wide as the terminal, or elsewhere as wide as its rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="dim")
    cells = [[_shown(value) for value in row] for row in rows]
    for name, column in zip(names, zip(*cells, strict=True) if cells else [()] * len(names), strict=True):
        numbers = bool(column) and all(isinstance(value, int | float) for value in column)
        table.add_column(name, justify="right" if numbers else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(f"{value:,}" if isinstance(value, int) else str(value)) for value in row))
    console = Console() if sys.stdout.isatty() else Console(width=10_000)
    console.print(Text(title, style="bold"))
    console.print(table)


def write(format_: Format, title: str, names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows of plain values by name in any of the formats."""
    values = ([row[name] for name in names] for row in rows)
    match format_:
        case Format.JSON:
            write_json(rows)
        case Format.CSV:
            write_csv(names, values)
        case _:
            write_table(title, names, values)


def printable(text: str) -> str:
    """Return the text without what a terminal would obey: control characters and changes of direction."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _shown(value: object) -> object:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    return printable(str(value))
