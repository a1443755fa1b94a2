"""Imports published files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import typer

from cli.session import opened_graph
from cli.sweeping import known_indicators
from cli.terminal import check_can_ask, confirm, progress_shown, tell
from graph.maintenance.prepare import prepare_store
from graph.settings import Settings, read_settings
from graph.store import Store
from seed.court_dump.importing import check_dump, import_dump
from seed.files.importing import Import, check_layout, import_file
from seed.files.options import Options
from seed.files.summary import FileSummary
from seed.hhs_releases.importing import import_hhs_releases
from seed.hhs_releases.rows import LAYOUT as RELEASES
from seed.labor_findings import LABOR_FINDINGS
from seed.layouts import LAYOUTS


def import_releases(file: Path, options: Options, *, yes: bool) -> None:
    """Import a file of HHS releases, and print what happened to its rows."""
    check_layout(RELEASES, file, LAYOUTS)
    import_and_tell(import_hhs_releases, file, options, yes=yes)


def import_labor_findings(file: Path, options: Options, *, yes: bool) -> None:
    """Import employers that were cited for child labor, and print what happened to the file's rows."""
    check_layout(LABOR_FINDINGS.layout, file, LAYOUTS)
    import_and_tell(partial(import_file, importer=LABOR_FINDINGS), file, options, yes=yes)


def import_court_dump(path: Path, juveniles: Sequence[str], options: Options, *, yes: bool) -> None:
    """Import the courts' cases of juveniles with these codes, and print what happened to them."""
    check_dump(path, juveniles)
    import_and_tell(partial(import_dump, juveniles=juveniles), path, options, yes=yes)


def import_and_tell(imported: Import, path: Path, options: Options, *, yes: bool) -> None:
    """Tell what an import would change, ask whether to go on, and do it.

    If nobody can be asked, this fails before the database is started.
    """
    if not options.dry_run:
        check_can_ask(yes=yes)
    settings = read_settings()
    options = replace(options, indicators=known_indicators(settings))
    asyncio.run(_told_and_done(settings, imported, path, options, yes=yes))


async def _told_and_done(settings: Settings, imported: Import, path: Path, options: Options, *, yes: bool) -> None:
    async with opened_graph(settings) as opened:
        if options.dry_run or not yes:
            for line in (await _done(opened.store, imported, path, replace(options, dry_run=True))).lines():
                (typer.echo if options.dry_run else tell)(line)
            if options.dry_run:
                return
            confirm("Import it?", yes=yes)
        for line in (await _done(opened.store, imported, path, options)).lines():
            typer.echo(line)


async def _done(store: Store, imported: Import, path: Path, options: Options) -> FileSummary:
    with progress_shown() as progress:
        progress("Preparing the database")
        await prepare_store(store, progress=progress, wait=False)
        step = f"{'Reading' if options.dry_run else 'Importing'} {path.name}"
        shown = replace(options, progress=lambda done, total: progress(step, done, total, in_bytes=True))
        return await imported(store, path, shown)
