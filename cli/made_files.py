"""Writes made-up files in the layouts of the published ones; this needs no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from cli.terminal import check_can_ask, confirm, progress_shown
from graph.errors import BadInput
from seed.made_files.writing import MANIFEST, TRUTH, Order, WrittenFiles, check_order, write_files


def write_made_files(folder: Path, order: Order, *, yes: bool) -> None:
    """Write the files, after asking if the folder holds anything, and print what was written."""
    check_order(order)
    if _holds_anything(folder):
        check_can_ask(yes=yes)
        confirm(f"{folder} is not empty. Write into it, and replace the files of the same names?", yes=yes)
    with progress_shown() as progress:
        written = write_files(folder, order, progress=lambda done, total: progress("Writing files", done, total))
    for line in told(written):
        typer.echo(line)


def told(written: WrittenFiles) -> Iterator[str]:
    """Yield what was written as sentences, one per line."""
    yield f"Every person in {written.folder} is made up:"
    for name, rows in written.rows.items():
        yield f"  {name}: {rows:,} rows, {written.faults[name]:,} faults"
    yield f"The faults are listed in {written.folder / MANIFEST}, the answers in {written.folder / TRUTH}"


def _holds_anything(folder: Path) -> bool:
    try:
        return folder.is_dir() and any(folder.iterdir())
    except OSError:
        raise BadInput(f"{folder} cannot be read; name a folder of yours") from None
