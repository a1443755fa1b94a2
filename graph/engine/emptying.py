"""Empties the embedded database by recreating its files, so that nothing that was deleted remains in them."""

from __future__ import annotations

import time

from graph.engine.control import EMPTIED, Control
from graph.engine.failures import held
from graph.engine.folder import Folder
from graph.errors import EngineError
from graph.settings import Settings

PATIENCE = 1_500.0
"""Seconds that the supervisor may take to stop the server, remove the files and restart it."""


def make_anew(settings: Settings) -> None:
    """Replace the running server's database, including its transaction logs, by an empty one. Blocks.

    Others who use the database see it restart. Afterwards it has no constraints and indexes. Raises `EngineError`, in
    one sentence.
    """
    folder = Folder(settings.data_dir.expanduser().resolve())
    control = Control.open(folder.state())
    if control is None:
        raise held(folder)
    try:
        control.say("empty")
        deadline = time.monotonic() + PATIENCE
        emptied = False
        while time.monotonic() < deadline:
            event = control.receive(timeout=1.0) or {"event": ""}
            if event["event"] == "restarting":
                emptied = emptied or event["message"] == EMPTIED
            elif event["event"] == "ready" and emptied:
                return
            elif event["event"] in ("waiting", "failed"):
                raise EngineError(event["message"])
    except ConnectionError as error:
        raise held(folder) from error
    finally:
        control.close()
    raise held(folder)
