"""Imports spreadsheets and e-mails by a mapping, and suggests a mapping."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import typer

from cli.importing import import_and_tell
from cli.terminal import tell
from graph.errors import BadInput
from seed.files.options import Options
from seed.layouts import LAYOUTS
from seed.spreadsheets.importing import Opened, Ready, import_spreadsheet, known_layout, make_ready, open_file
from seed.spreadsheets.mapping import load_mapping
from seed.spreadsheets.suggesting import suggest


def import_by_mapping(file: Path, mapping: Path | None, options: Options, *, yes: bool) -> None:
    """Import a file as a mapping says, and print what happened to its rows.

    If the mapping or the file cannot be used, this fails before the database is started.
    """
    if mapping is None:
        raise BadInput(
            f"Say with --mapping what the columns mean; `sightline import spreadsheet {file.name} --suggest` writes a "
            "first mapping"
        )
    ready = _ready(file, mapping)
    import_and_tell(partial(import_spreadsheet, ready=ready), file, options, yes=yes)


def _ready(file: Path, mapping: Path) -> Ready:
    found = load_mapping(mapping)
    opened = open_file(file)
    try:
        return make_ready(opened, found, mapping.name)
    except BadInput as error:
        raise _published(opened) or error from None


def suggest_mapping(file: Path, mapping: Path | None) -> None:
    """Print a first mapping for a file, or write it to a new file."""
    if mapping is not None and mapping.exists():
        raise BadInput(f"{mapping} exists; give the suggested mapping another name")
    opened = open_file(file)
    if published := _published(opened):
        raise published
    suggestion = suggest(opened, today=datetime.now(UTC).date())
    if mapping is None:
        typer.echo(suggestion.text, nl=False)
        return
    try:
        mapping.write_text(suggestion.text, "utf-8")
    except OSError as error:
        raise BadInput(f"{mapping} cannot be written: {error.strerror}") from None
    for line in suggestion.lines():
        tell(line)
    tell(f"Wrote {mapping}; read and correct it before you import.")


def _published(opened: Opened) -> BadInput | None:
    command = known_layout(opened, LAYOUTS)
    if not command:
        return None
    what = LAYOUTS[command].title if command in LAYOUTS else "a table of the courts' dump"
    return BadInput(f"{opened.name} holds {what}; use `sightline import {command}`")
