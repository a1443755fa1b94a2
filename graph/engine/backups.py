"""Copies the database to one file, and restores it from one; both while no server runs."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from graph.engine.admin import Tool, open_tool
from graph.engine.database_swap import DATABASE, INCOMING, PLACES, begin_exchange, end_exchange, finish_replacement
from graph.engine.failures import disk_error
from graph.engine.folder import Folder
from graph.engine.jars import Progress, no_progress
from graph.engine.java import write_configuration
from graph.engine.trial import Found, refuse_missing, try_to_open
from graph.errors import BadInput, EngineError, Refused
from graph.scratch import scratch_folder
from graph.settings import Settings

_SCRATCH = ".sightline-scratch-"
_NOT_CLOSED = "Active logical log detected"
"""What the tool prints for files of a server that did not stop properly."""


def refuse_other_server(settings: Settings, action: str) -> None:
    """Raise `Refused` when `NEO4J_URI` names a server, whose files are not ours."""
    if settings.neo4j_uri:
        raise Refused(
            f"{action} works on Sightline's own database, and NEO4J_URI names another server; use that server's own "
            "tools, such as `neo4j-admin database dump`, or unset NEO4J_URI"
        )


def database_exists(settings: Settings) -> bool:
    """Tell whether the data folder has a database already."""
    return Folder(settings.data_dir.expanduser().resolve()).has_database


def back_up(settings: Settings, target: Path, *, progress: Progress = no_progress) -> int:
    """Write the database to a new file, read it back, and return the file's size in bytes. Blocks.

    No server may run. The file gets its name only once it is complete. Raises `EngineError`, `BadInput` or `Refused`,
    in one sentence.
    """
    target = target.expanduser().resolve()
    if target.exists():
        raise Refused(f"{target} exists already, and a backup overwrites nothing; give another name")
    with open_tool(settings, progress=progress) as tool, _scratch(target.parent) as scratch:
        refuse_missing(tool)
        finish_replacement(tool.folder)
        _check_space(tool.folder, target.parent)
        progress("Writing the backup")
        _dump(tool, settings, scratch)
        made = scratch / f"{DATABASE}.dump"
        progress("Reading the backup back")
        _load(_elsewhere(tool, settings, scratch / "read"), made, DATABASE)
        made.chmod(0o600)
        _settle(made)
        made.rename(target)
        _settle(target.parent)
        return target.stat().st_size


def restore(settings: Settings, source: Path, *, progress: Progress = no_progress) -> Found:
    """Replace the database by a backup, and return how much the backup holds; no server may run. Blocks.

    The old database is kept until the new one has been opened. Raises `EngineError` or `BadInput`, in one sentence;
    then the old one is unchanged.
    """
    source = found_backup(source)
    with open_tool(settings, progress=progress) as tool:
        finish_replacement(tool.folder)
        progress("Reading the backup")
        try:
            _load(tool, source, INCOMING)
        except EngineError:
            finish_replacement(tool.folder)
            raise
        progress("Opening what it holds")
        begin_exchange(tool.folder)
        try:
            found = asyncio.run(try_to_open(tool, settings))
            if found is None:
                raise EngineError(f"what {source} holds cannot be opened; the database is as it was")
            end_exchange(tool.folder)
        finally:
            finish_replacement(tool.folder)
        return found


def found_backup(source: Path) -> Path:
    """Return the absolute path of a backup; raise `BadInput` when there is no such file."""
    source = source.expanduser().resolve()
    if not source.is_file():
        raise BadInput(f"{source} is no file; name a backup that `sightline db backup` has written")
    return source


def _check_space(folder: Folder, place: Path) -> None:
    """Refuse a folder without enough space for the backup and for reading it back."""
    files = (path for part in PLACES for path in (folder.home / "data" / part / DATABASE).rglob("*"))
    needed = 2 * sum(path.stat().st_size for path in files if path.is_file())
    if shutil.disk_usage(place).free < needed:
        raise EngineError(
            f"a backup can need {needed >> 20:,} MB at {place} while it is made and read back; "
            "free some space, or write it to another disk"
        )


def _dump(tool: Tool, settings: Settings, folder: Path) -> None:
    """Write the database's dump into a folder; a database that was not stopped properly is opened and closed first."""
    arguments = ("database", "dump", DATABASE, f"--to-path={folder}", "--overwrite-destination=true")
    said: list[str] = []
    try:
        tool.run(arguments, on_line=said.append)
    except EngineError:
        if not any(_NOT_CLOSED in line for line in said):
            raise
        if asyncio.run(try_to_open(tool, settings)) is None:
            raise EngineError("the database cannot be opened; run `sightline db repair` first") from None
        tool.run(arguments)


def _load(tool: Tool, dump: Path, name: str) -> None:
    """Load a dump as the database `name`; the tool expects the file to have the same name, in any home."""
    with _scratch(tool.folder.root) as folder:
        (folder / f"{name}.dump").symlink_to(dump)
        try:
            tool.run(("database", "load", name, f"--from-path={folder}", "--overwrite-destination=true"))
        except EngineError as error:
            raise EngineError(f"{dump.name} could not be read as a backup: {error}") from error


def _elsewhere(tool: Tool, settings: Settings, root: Path) -> Tool:
    """Return a tool that works in a separate folder beside the database."""
    folder = Folder(root)
    folder.create()
    write_configuration(folder, port=0, page_cache=settings.page_cache)
    return Tool(folder, tool.java)


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    """Yield a temporary folder that only its owner can read and that is always removed."""
    with ExitStack() as stack:
        try:
            path = stack.enter_context(scratch_folder(parent, _SCRATCH))
        except OSError as error:
            raise disk_error(error, parent) from error
        yield path


def _settle(path: Path) -> None:
    """Make the system write a file, or a folder's entries, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
