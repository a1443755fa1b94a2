"""Replacing the whole database by imported files: the old one stays until the new one is complete.

The import tool writes a database of another name beside the old one; then the two change places. A mark says that
the new one is complete, so that an interrupted change of places is finished before the next server starts, and an
interrupted import leaves nothing but files that are removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from threading import Event

from graph.engine.admin import open_tool
from graph.engine.folder import Folder
from graph.engine.jars import Progress, no_progress
from graph.settings import Settings

DATABASE = "neo4j"
INCOMING = "incoming"
MARK = "incoming.complete"
_END_OF_FILES = "--overwrite-destination=true"
"""Without an option between them, the database's name would be taken for one more file to import."""
_PLACES = ("databases", "transactions")


def replace_database(
    settings: Settings,
    arguments: Sequence[str],
    *,
    progress: Progress = no_progress,
    on_line: Callable[[str], None] = lambda line: None,
    stop: Event | None = None,
) -> None:
    """Replace the database of `settings.data_dir` by what the arguments of `database import full` name. Blocks.

    Relative paths among them start at Neo4j's home. Raises `EngineError` as `run_admin` does; then the old database is
    as it was.
    """
    with open_tool(settings, progress=progress) as tool:
        finish_replacement(tool.folder)
        tool.run(("database", "import", "full", *arguments, _END_OF_FILES, INCOMING), on_line=on_line, stop=stop)
        (tool.folder.home / MARK).touch(mode=0o600)
        finish_replacement(tool.folder)


def finish_replacement(folder: Folder) -> None:
    """Put a complete new database in the old one's place, or remove an incomplete one; the caller holds the folder."""
    mark = folder.home / MARK
    for place in _PLACES:
        incoming = folder.home / "data" / place / INCOMING
        current = incoming.with_name(DATABASE)
        if not incoming.exists():
            continue
        if mark.exists():
            shutil.rmtree(current, ignore_errors=True)
            incoming.rename(current)
        else:
            shutil.rmtree(incoming)
    mark.unlink(missing_ok=True)
