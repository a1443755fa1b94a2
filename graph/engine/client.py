"""Start the server of a data folder, or join the one that runs."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import graph
from graph.engine.failures import disk_error
from graph.engine.folder import Folder, State
from graph.engine.jars import Progress, no_progress, provide_jars
from graph.engine.lock import VERSION, read_lock
from graph.engine.supervisor import Request
from graph.errors import EngineError
from graph.settings import Settings

logger = logging.getLogger("sightline.engine")

JOIN_SECONDS = 20.0
"""How long to wait for a folder's holder that neither answers nor lets go."""
START_SECONDS = 240.0
LEAVE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: where it answers and with which user and password."""

    uri: str
    username: str
    password: str
    database: str
    version: str
    pid: int


class Engine:
    """This process's hold on the server of a data folder; the server runs while any process holds it."""

    def __init__(self, folder: Folder, connection: socket.socket, running: Running) -> None:
        self._connection = connection
        self._folder = folder
        self.running = running

    @classmethod
    def start(cls, settings: Settings, *, progress: Progress = no_progress) -> Engine:
        """Join the server of `settings.data_dir`, or start it, downloading it the first time. Blocks.

        Raises `EngineError`, in one sentence.
        """
        folder = Folder(settings.data_dir.expanduser().resolve())
        patience = time.monotonic() + JOIN_SECONDS
        while True:
            try:
                folder.create()
                connection = _join(folder.state()) or _launch(folder, settings, progress)
            except OSError as error:
                raise disk_error(error, folder.root) from error
            if connection is not None:
                progress("Starting the database")
                engine = _await_ready(folder, connection)
                if engine is not None:
                    return engine
            if time.monotonic() > patience:
                raise _held(folder)
            time.sleep(0.05)

    def stop(self) -> None:
        """Let go of the server; it stops when nobody else holds it, and this returns when it has."""
        with self._connection, contextlib.suppress(OSError):
            self._connection.settimeout(LEAVE_SECONDS)
            self._connection.sendall(b"leave\n")
            for event in _events(self._connection):
                if event["event"] in ("left", "stopped"):
                    break

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _join(state: State | None) -> socket.socket | None:
    """Open a control connection to a folder's supervisor; None when it does not answer."""
    if state is None or state.role != "server":
        return None
    try:
        connection = socket.create_connection(("127.0.0.1", state.port), timeout=5)
        connection.sendall(state.token.encode() + b"\n")
    except OSError:
        return None
    return connection


def _launch(folder: Folder, settings: Settings, progress: Progress) -> socket.socket | None:
    """Start a supervisor and connect to it; None when another process holds the folder."""
    jars = provide_jars(read_lock(), settings.cache_dir.expanduser().resolve(), progress=progress)
    request = Request(
        root=str(folder.root),
        jars=tuple(str(jar) for jar in jars),
        heap=settings.heap,
        page_cache=settings.page_cache,
    )
    search = [str(Path(graph.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    with (folder.root / "engine.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "graph.engine.supervisor"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder.root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in search if part)},
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        process.stdin.write(json.dumps(asdict(request)).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
    if not line:
        raise EngineError(f"the database's supervisor did not start; see {folder.root / 'engine.log'}")
    answer: dict[str, Any] = json.loads(line)
    if "error" in answer:
        raise EngineError(answer["error"])
    return None if "held" in answer else _join(State("server", process.pid, answer["port"], answer["token"]))


def _await_ready(folder: Folder, connection: socket.socket) -> Engine | None:
    """Wait until the server is ready; None when its supervisor went away instead."""
    connection.settimeout(START_SECONDS)
    try:
        for event in _events(connection):
            if event["event"] == "failed":
                raise EngineError(event["message"])
            if event["event"] == "ready":
                return Engine(folder, connection, _running(folder, event))
    except TimeoutError:
        raise _held(folder) from None
    except OSError:
        connection.close()
    return None


def _running(folder: Folder, event: dict[str, Any]) -> Running:
    return Running(
        uri=f"bolt://127.0.0.1:{event['bolt_port']}",
        username="neo4j",
        password=folder.password() or "",
        database="neo4j",
        version=VERSION,
        pid=event["server_pid"],
    )


def _events(connection: socket.socket) -> Iterator[dict[str, Any]]:
    with connection.makefile("rb") as lines:
        for line in lines:
            yield json.loads(line)


def _held(folder: Folder) -> EngineError:
    state = folder.state()
    if state is not None and state.role == "tool":
        return EngineError(f"process {state.pid} loads data into {folder.root}; wait until it is done, and try again")
    who = f"process {state.pid}" if state is not None and state.pid else "another process"
    return EngineError(f"{who} holds the database in {folder.root} but does not answer; end it, and try again")
