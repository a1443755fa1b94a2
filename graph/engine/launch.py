"""Starts a supervisor as a separate process, which can outlive the one that started it while others hold the server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

import graph
from graph.engine.folder import Folder, State
from graph.engine.request import Request
from graph.errors import EngineError

ANSWER_SECONDS = 60.0
"""Seconds that a supervisor may take to answer, including the time to end a server that lost its supervisor."""


def launch(folder: Folder, request: Request) -> State | None:
    """Start a supervisor for a folder and say how to reach it; None when another process holds the folder.

    Raises `EngineError` when it cannot start.
    """
    log_path = folder.root / "engine.log"
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "graph.engine.supervisor"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder.root,
            env=_environment(),
            start_new_session=True,
        )
    answer = _ask(process, request)
    threading.Thread(target=process.wait, name="sightline-supervisor", daemon=True).start()
    if answer is None:
        raise EngineError(f"the database's supervisor did not start; see {log_path}")
    if "error" in answer:
        raise EngineError(answer["error"])
    if "held" in answer:
        return None
    return State("server", process.pid, answer["port"], answer["token"])


def _ask(process: subprocess.Popen[bytes], request: Request) -> dict[str, Any] | None:
    """Send the request and return the answer; None when the process ends or does not answer in time."""
    assert process.stdin is not None
    assert process.stdout is not None
    impatience = threading.Timer(ANSWER_SECONDS, process.kill)
    impatience.start()
    try:
        with process.stdin, process.stdout:
            process.stdin.write(json.dumps(asdict(request)).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
    except BrokenPipeError:
        return None
    finally:
        impatience.cancel()
    answer: dict[str, Any] | None = json.loads(line) if line else None
    return answer


def _environment() -> dict[str, str]:
    """Return an environment in which the supervisor imports the same package as this process."""
    search = (str(Path(graph.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in search if part)}
