"""Imports published files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from cli.session import opened_graph
from cli.terminal import progress_shown
from graph.maintenance.prepare import prepare_store
from graph.settings import Settings, read_settings
from seed.hhs_releases import ImportSummary, check_hhs_releases, import_hhs_releases


def import_releases(file: Path, *, rejects: Path | None, key: str | None) -> None:
    """Import a file of HHS releases and print what happened to its rows.

    If the file cannot be read, this fails before the database is started.
    """
    check_hhs_releases(file)
    for line in asyncio.run(_import(read_settings(), file, rejects, key)).lines():
        typer.echo(line)


async def _import(settings: Settings, file: Path, rejects: Path | None, key: str | None) -> ImportSummary:
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
