"""Replaces the whole database by imported files; the old one stays until the new one is complete.

The import tool writes a database with another name beside the old one; then the two change places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from graph.engine.admin import Tool
from graph.engine.database_swap import INCOMING, MARK, finish_replacement

_END_OF_FILES = "--overwrite-destination=true"
"""Without an option after the files, the tool would take the database's name for one more file to import."""


def replace_database(
    tool: Tool,
    arguments: Sequence[str],
    *,
    on_line: Callable[[str], None] = lambda line: None,
    stop: Event | None = None,
) -> None:
    """Replace the database of the tool's folder by importing what the arguments of `database import full` name. Blocks.

    Relative paths start at Neo4j's home. Raises `EngineError` as `Tool.run` does; then the old database is unchanged.
    """
    tool.run(("database", "import", "full", *arguments, _END_OF_FILES, INCOMING), on_line=on_line, stop=stop)
    (tool.folder.home / MARK).touch(mode=0o600)
    finish_replacement(tool.folder)
