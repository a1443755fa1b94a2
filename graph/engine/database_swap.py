"""Swaps databases: a new one is made beside the old one, and takes its place when it is complete.

Marks record how far a change has got, so that an interrupted one is finished or undone before the next server starts:
an imported database is complete, a restored one is being tried, or the database should be emptied.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import psutil

from graph.engine.folder import Folder
from graph.private_files import part_of

DATABASE = "neo4j"
INCOMING = "incoming"
OUTGOING = "outgoing"
MARK = "incoming.complete"
TRIED = "incoming.tried"
EMPTIED = "database.emptied"
PLACES = ("databases", "transactions")
"""Where a database keeps its files: folders in Neo4j's data folder, each with a folder of the database's name."""


def finish_replacement(folder: Folder) -> None:
    """Finish or undo an interrupted change, and remove what it left; the caller holds the folder.

    Anything else that a killed process left in the folder is removed too.
    """
    mark, tried, emptied = (folder.home / name for name in (MARK, TRIED, EMPTIED))
    for place in _places(folder):
        incoming, current, outgoing = (place / name for name in (INCOMING, DATABASE, OUTGOING))
        if outgoing.exists() and tried.exists():
            shutil.rmtree(current, ignore_errors=True)
            outgoing.rename(current)
        elif outgoing.exists():
            shutil.rmtree(outgoing)
        if emptied.exists():
            shutil.rmtree(current, ignore_errors=True)
        if incoming.exists() and mark.exists():
            shutil.rmtree(current, ignore_errors=True)
            incoming.rename(current)
        elif incoming.exists():
            shutil.rmtree(incoming)
    for path in (mark, tried, emptied):
        path.unlink(missing_ok=True)
    _remove_leftovers(folder)


def begin_exchange(folder: Folder) -> None:
    """Put the new database in the old one's place to try it; `finish_replacement` undoes that."""
    (folder.home / TRIED).touch(mode=0o600)
    for place in _places(folder):
        if (place / DATABASE).exists():
            (place / DATABASE).rename(place / OUTGOING)
        if (place / INCOMING).exists():
            (place / INCOMING).rename(place / DATABASE)


def end_exchange(folder: Folder) -> None:
    """Keep the new database; `finish_replacement` removes the old one."""
    (folder.home / TRIED).unlink()


def empty(folder: Folder) -> None:
    """Remove the database's files; the next server makes new ones. The caller holds the folder, and no server runs."""
    (folder.home / EMPTIED).touch(mode=0o600)
    finish_replacement(folder)


def _places(folder: Folder) -> list[Path]:
    return [folder.home / "data" / name for name in PLACES]


def _remove_leftovers(folder: Folder) -> None:
    """Remove what killed processes left: files for the import tool, and incomplete files."""
    shutil.rmtree(folder.files_to_import, ignore_errors=True)
    for place in (folder.root, folder.conf):
        for path in place.glob("*.*.*"):
            writer = part_of(path)
            if writer is not None and path.is_file() and not psutil.pid_exists(writer):
                path.unlink(missing_ok=True)
