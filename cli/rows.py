"""Rows on standard output: a table for people; JSON and CSV, complete and in UTF-8, for programs."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import typer

from cli.formats import Format

_LIST_WIDTH = 80
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def write_json(rows: Iterable[Mapping[str, object]]) -> None:
    """Write a JSON list with one row per line."""
    from queries.export.writers import JsonWriter

    writer = JsonWriter()
    sys.stdout.buffer.writelines([writer.lines(rows), *writer.end()])


def write_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write CSV with a header; unknown values are empty, true and false are words."""
    from queries.export.writers import CsvWriter

    writer = CsvWriter(names)
    sys.stdout.buffer.writelines([writer.lines(rows), *writer.end()])


def write_table(title: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as wide as the terminal or `COLUMNS`, or without either as wide as its rows.

    Cells are wrapped between words. If a word, such as a key, would not fit, each row is written as a block of lines
    instead, so that no key is broken.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[_shown(value) for value in row] for row in rows]
    texts = [[_text(value) for value in row] for row in cells]
    console = Console() if _width_is_known() else Console(width=10_000)
    console.print(Text(title, style="bold"))
    columns = list(zip(*texts, strict=True)) if texts else [()] * len(names)
    needed = [_longest_word((name, *column)) for name, column in zip(names, columns, strict=True)]
    if cells and sum(needed) + 3 * len(names) + 1 > console.width:
        for row in texts:
            typer.echo("\n".join(_block(names, row, console.width)))
        return
    table = Table(header_style="dim")
    for place, (name, least) in enumerate(zip(names, needed, strict=True)):
        numbers = bool(cells) and all(isinstance(row[place], int | float) for row in cells)
        table.add_column(name, justify="right" if numbers else "left", overflow="fold", min_width=least)
    for row in texts:
        table.add_row(*map(Text, row))
    console.print(table)


def write_list(title: str, items: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Write a list of names, each with sentences below it, for people: at most 80 columns wide."""
    width = min(_LIST_WIDTH, shutil.get_terminal_size((_LIST_WIDTH, 0)).columns)
    typer.echo(title)
    for name, sentences in items:
        typer.echo(printable(name))
        for sentence in filter(None, sentences):
            typer.echo("\n".join(_wrapped(printable(sentence), width, "  ")))


def write(format_: Format, title: str, names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows of plain values by name, in any of the formats."""
    values = ([row[name] for name in names] for row in rows)
    match format_:
        case Format.JSON:
            write_json(rows)
        case Format.CSV:
            write_csv(names, values)
        case _:
            write_table(title, names, values)


def printable(text: str) -> str:
    """Return the text without what a terminal would act on: control characters and changes of direction."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _width_is_known() -> bool:
    return sys.stdout.isatty() or bool(os.environ.get("COLUMNS"))


def _longest_word(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max((cell_len(word) for text in texts for word in text.split()), default=1)


def _block(names: Sequence[str], row: Sequence[str], width: int) -> Iterator[str]:
    """Yield a row as lines: each name with its value beside it."""
    margin = max(map(len, names)) + 2
    yield "-" * min(width, _LIST_WIDTH)
    for name, text in zip(names, row, strict=True):
        lines = _wrapped(text, width, " " * margin)
        yield f"{name:{margin}}{lines[0].lstrip()}".rstrip()
        yield from lines[1:]


def _wrapped(text: str, width: int, margin: str) -> list[str]:
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def _text(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _shown(value: object) -> object:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    return printable(str(value))
