"""Lists the sources of the records, and takes one back."""

from __future__ import annotations

import asyncio

import typer

from cli.formats import Format
from cli.rows import write
from cli.session import opened_graph
from cli.terminal import check_can_ask, confirm, progress_shown, tell
from graph.maintenance.lease import begin, hold
from graph.maintenance.prepare import prepare_store
from graph.settings import Settings, read_settings
from graph.store import Store
from graph.writing.imports import Freshness, read_sources
from graph.writing.taking_back import take_back, what_to_take_back
from graph.writing.touched import note_numbers, numbers_hold

_COLUMNS = (
    *("source", "system", "file", "extractedAt", "importedAt"),
    *("type", "records", "missing", "given", "givenBefore", "dropped"),
)


def list_sources(format_: Format) -> None:
    """Print every source, a row for each type of records that came from it."""
    found = asyncio.run(_read(read_settings()))
    write(format_, "Sources", _COLUMNS, [row for one in found for row in _rows(one)])


async def _read(settings: Settings) -> list[Freshness]:
    async with opened_graph(settings) as opened:
        return await read_sources(opened.store)


def _rows(one: Freshness) -> list[dict[str, object]]:
    instants = (None if at is None else at.isoformat() for at in (one.extracted_at, one.imported_at))
    head = (one.key, one.system, one.file, *instants)
    covered = [(c.label, c.records, c.missing, c.given, c.before, c.dropped) for c in one.covered]
    rows: list[tuple[object, ...]] = [*covered] or [(None, 0, 0, None, None, False)]
    return [dict(zip(_COLUMNS, (*head, *row), strict=True)) for row in rows]


def undo_import(source: str, *, dry_run: bool, yes: bool) -> None:
    """Tell what undoing the imports of a source would delete, ask whether to go on, and do it.

    If nobody can be asked, this fails before the database is started.
    """
    if not dry_run:
        check_can_ask(yes=yes)
    asyncio.run(_told_and_undone(read_settings(), source, dry_run=dry_run, yes=yes))


async def _told_and_undone(settings: Settings, source: str, *, dry_run: bool, yes: bool) -> None:
    async with opened_graph(settings) as opened:
        told = await what_to_take_back(opened.store, source)
        if dry_run or not yes:
            for line in told.lines(dry_run=True):
                (typer.echo if dry_run else tell)(line)
            if dry_run:
                typer.echo("Nothing was written.")
                return
            confirm("Undo every import of this source?", yes=yes)
        await _undo(opened.store, source)


async def _undo(store: Store, source: str) -> None:
    with progress_shown() as progress:
        progress("Preparing the database")
        await prepare_store(store, progress=progress, wait=False)
        async with hold(store, "undo") as lease:
            noted = await numbers_hold(store)
            await begin(store, lease)
            done = await take_back(
                store, source, progress=lambda done, total: progress(f"Undoing {source}", done, total)
            )
            if noted:
                await note_numbers(store)
    for line in done.lines():
        typer.echo(line)
