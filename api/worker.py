"""One worker process of several; see `api.workers`, which starts it."""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import sys
import threading

from api.assembly import open_joined
from api.logs import start_logging
from api.responses import log_unexpected
from api.server import serve_on
from api.workers import Job
from graph.errors import SightlineError


def main() -> None:
    """Read the job, answer requests until told to stop or the parent is gone, and say how that began."""
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
    """Stop in order when the parent has gone without a word.

    Past the buffer of `sys.stdin`, whose lock would be held when this process ends first.
    """
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
