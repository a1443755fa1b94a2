"""Imports published files."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from cli.session import opened_graph
from cli.terminal import check_can_ask, confirm, progress_shown, tell
from graph.maintenance.prepare import prepare_store
from graph.settings import Settings, read_settings
from graph.store import Store
from seed.court_dump.importing import check_dump, import_dump
from seed.files.importing import check_layout, import_file
from seed.files.rows import Layout
from seed.files.summary import FileSummary
from seed.hhs_releases import ImportSummary, import_hhs_releases
from seed.hhs_releases.rows import LAYOUT as RELEASES
from seed.labor_findings import LABOR_FINDINGS

LAYOUTS: Mapping[str, Layout] = {"hhs-releases": RELEASES, "whd": LABOR_FINDINGS.layout}
"""The layouts of files by the names of the commands that import them."""


@dataclass(frozen=True, slots=True)
class How:
    """How a file is imported: where its rejects go, how many are allowed, and whether to ask or to write at all."""

    rejects: Path | None
    most_rejects: int
    dry_run: bool
    yes: bool


Import = Callable[..., Awaitable[FileSummary]]
"""Imports what a command was given; takes the store, the options of `How`, and a progress."""


def import_labor_findings(file: Path, how: How) -> None:
    """Import employers that were cited for child labor, and print what happened to the file's rows."""
    check_layout(LABOR_FINDINGS.layout, file, LAYOUTS)
    _import(lambda store, **options: import_file(store, LABOR_FINDINGS, file, **options), file, how)


def import_court_dump(path: Path, juveniles: Sequence[str], how: How) -> None:
    """Import the courts' cases of juveniles with these codes, and print what happened to them."""
    check_dump(path, juveniles)
    _import(lambda store, **options: import_dump(store, path, juveniles=juveniles, **options), path, how)


def _import(imported: Import, path: Path, how: How) -> None:
    """Tell what an import would change, ask whether to go on, and do it.

    If nobody can be asked, this fails before the database is started.
    """
    if not how.dry_run:
        check_can_ask(yes=how.yes)
    asyncio.run(_told_and_done(read_settings(), imported, path, how))


async def _told_and_done(settings: Settings, imported: Import, path: Path, how: How) -> None:
    async with opened_graph(settings) as opened:
        if how.dry_run or not how.yes:
            for line in (await _done(opened.store, imported, path, how, dry_run=True)).lines():
                (typer.echo if how.dry_run else tell)(line)
            if how.dry_run:
                return
            confirm("Import it?", yes=how.yes)
        for line in (await _done(opened.store, imported, path, how, dry_run=False)).lines():
            typer.echo(line)


async def _done(store: Store, imported: Import, path: Path, how: How, *, dry_run: bool) -> FileSummary:
    with progress_shown() as progress:
        if not dry_run:
            progress("Preparing the database")
            await prepare_store(store, progress=progress, wait=False)
        step = f"{'Reading' if dry_run else 'Importing'} {path.name}"
        return await imported(
            store,
            rejects=how.rejects,
            most_rejects=how.most_rejects,
            progress=lambda done, total: progress(step, done, total),
            dry_run=dry_run,
        )


def import_releases(file: Path, *, rejects: Path | None, key: str | None) -> None:
    """Import a file of HHS releases and print what happened to its rows.

    If the file cannot be read, this fails before the database is started.
    """
    check_layout(RELEASES, file, LAYOUTS)
    for line in asyncio.run(_import_releases(read_settings(), file, rejects, key)).lines():
        typer.echo(line)


async def _import_releases(settings: Settings, file: Path, rejects: Path | None, key: str | None) -> ImportSummary:
    step = f"Importing {file.name}"
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Preparing the database")
            await prepare_store(opened.store, progress=progress, wait=False)
            return await import_hhs_releases(
                opened.store,
                file,
                rejects=rejects,
                progress=lambda done, total: progress(step, done, total),
                key=key,
            )
