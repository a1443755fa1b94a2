"""One worker process of several; see `api.serving.workers`, which starts it."""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import sys
import threading

from api.http.responses import log_unexpected
from api.serving.lifespan import open_joined
from api.serving.server import serve_on
from api.serving.workers import Job
from api.telemetry.logs import start_logging
from graph.errors import SightlineError


def main() -> None:
    """Read the job, report whether the start worked, and answer requests until told to stop or the parent is gone."""
    descriptor, job = _read_job()
    start_logging(job.settings)
    threading.Thread(target=_end_with_parent, name="sightline-parent", daemon=True).start()
    try:
        with socket.socket(fileno=descriptor) as listener:
            serve_on(listener, lambda: open_joined(job), on_started=lambda url: _answer({}))
    except SightlineError as error:
        _answer({"failed": str(error)})
        sys.exit(1)
    except Exception as error:
        log_unexpected(error, "of a worker's start")
        sys.exit(1)


def _read_job() -> tuple[int, Job]:
    try:
        descriptor, job = pickle.load(sys.stdin.buffer)
    except EOFError:
        sys.exit(1)
    assert isinstance(descriptor, int)
    assert isinstance(job, Job)
    return descriptor, job


def _answer(answer: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Stop in an orderly way when the parent is gone without having said so.

    Reads past the buffer of `sys.stdin`, because its lock would still be held if this process ends first.
    """
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
