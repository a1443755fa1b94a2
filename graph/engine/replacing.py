"""Replacing the whole database by imported files: the old one stays until the new one is complete.

The import tool writes a database of another name beside the old one; then the two change places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from graph.engine.admin import open_tool
from graph.engine.incoming import INCOMING, MARK, finish_replacement
from graph.engine.jars import Progress, no_progress
from graph.settings import Settings

_END_OF_FILES = "--overwrite-destination=true"
"""Without an option between them, the database's name would be taken for one more file to import."""


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
