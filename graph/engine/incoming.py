"""A database that was imported beside the old one, and takes its place when it is complete.

A mark says that the new one is complete, so that an interrupted change of places is finished before the next server
starts, and an interrupted import leaves nothing but files that are removed.
"""

from __future__ import annotations

import shutil

from graph.engine.folder import Folder

DATABASE = "neo4j"
INCOMING = "incoming"
MARK = "incoming.complete"
_PLACES = ("databases", "transactions")


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
