"""Backs up, restores and repairs the database, while no server runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.help import examples
from cli.terminal import check_can_ask, confirm, progress_shown, tell
from graph.errors import Refused, StoreUnavailable
from graph.settings import Settings, read_settings

_STORE = "neo4j"
"""The name of the embedded database."""


def register(group: typer.Typer) -> None:
    """Add the commands to the group for the database."""
    group.command("backup", epilog=examples("sightline db backup ~/backups/2026-08-31.dump"))(backup)
    group.command("restore", epilog=examples("sightline db restore ~/backups/2026-08-31.dump"))(restore)
    group.command("repair", epilog=examples("sightline db repair", "sightline db repair --copy /mnt/large"))(repair)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist yet.")],
) -> None:
    """Copy Sightline's own database to one file, and read the file back. Stop Sightline first."""
    from graph.engine.backups import back_up, refuse_other_server

    settings = read_settings()
    refuse_other_server(settings, "db backup")
    with progress_shown() as progress:
        size = back_up(settings, file, progress=progress)
    typer.echo(f"The database was copied to {file} ({size:,} bytes), and the file was read back.")
    tell("Keep it as safe as the database: it holds everything, and is not encrypted.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `sightline db backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="NAME", help="Replace other data: name the database, to be sure."),
    ] = None,
) -> None:
    """Replace Sightline's own database by a backup; the old one is kept until the backup opens. Stop Sightline first.

    If the database holds anything but made-up data, you must give its name.
    """
    from graph.engine.backups import found_backup, refuse_other_server, restore

    check_can_ask(yes=yes)
    settings = read_settings()
    refuse_other_server(settings, "db restore")
    found_backup(file)
    held = asyncio.run(_held(settings, store_name=store))
    confirm(f"Replace {held} in {settings.data_dir}?", yes=yes)
    with progress_shown() as progress:
        found = restore(settings, file, progress=progress)
    typer.echo(f"The database was restored: {found.nodes:,} nodes and {found.relationships:,} relationships.")


def repair(
    copy: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to keep a copy from before; the data folder unless given."),
    ] = None,
) -> None:
    """Open a database whose log was cut short by a full disk or a crash, after copying it. Stop Sightline first."""
    from graph.engine.backups import refuse_other_server
    from graph.engine.repairing import repair

    settings = read_settings()
    refuse_other_server(settings, "db repair")
    with progress_shown() as progress:
        done = repair(settings, copy_to=copy, progress=progress)
    holds = f"{done.found.nodes:,} nodes and {done.found.relationships:,} relationships"
    if done.copy is None:
        typer.echo(f"Nothing had to be repaired: the database opens, with {holds}.")
    else:
        typer.echo(f"The database opens again, with {holds}. What could not be read at the end of its log is gone.")
        tell(f"A copy from before is in {done.copy}; remove it when nothing is missed.")


async def _held(settings: Settings, *, store_name: str | None) -> str:
    """Return a text that says what the database holds, if it may be replaced; raises `Refused` if it may not."""
    from cli.session import opened_graph
    from graph.engine.backups import database_exists
    from graph.maintenance.contents import refuse_foreign

    if store_name not in (None, _STORE):
        raise Refused(f"this store is named {_STORE}, not what --store says; give --store {_STORE}")
    if not database_exists(settings):
        return "nothing"
    try:
        async with opened_graph(settings) as opened:
            contents = await refuse_foreign(opened.store, store_name=store_name, action="db restore")
    except StoreUnavailable as error:
        if store_name is None:
            raise Refused(
                "the database does not open, so that nobody can tell what it holds; try `sightline db repair`, "
                f"or replace it all the same by naming it: --store {_STORE}"
            ) from error
        return "a database that does not open"
    return f"{contents.nodes:,} nodes and {contents.relationships:,} relationships"
