"""Joins the server of a data folder, or starts it if nobody else has."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from graph.engine.control import Control
from graph.engine.failures import held
from graph.engine.folder import Folder
from graph.engine.jar_lockfile import read_lock
from graph.engine.jars import Progress, no_progress, provide_jars
from graph.engine.launch import launch
from graph.engine.request import Request
from graph.errors import EngineError
from graph.settings import Settings

HELD_SECONDS = 20.0
"""Seconds to wait for a folder's holder that neither answers nor lets go."""
TOOL_SECONDS = 1.0
"""The same, for one of Neo4j's own tools, which may take minutes."""
ANSWER_SECONDS = 1_500.0
"""Seconds to wait for a supervisor that says nothing; it gives up on its server sooner than that."""
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: its address, user and password."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    version: str
    pid: int

    @property
    def port(self) -> int:
        """The port of the address."""
        return int(self.uri.rpartition(":")[2])


class Join:
    """One attempt to join or start a folder's server; `bolt_port` is the port that this process uses already, or 0."""

    def __init__(
        self,
        folder: Folder,
        settings: Settings,
        *,
        called_off: threading.Event,
        launched: threading.Event | None = None,
        progress: Progress = no_progress,
        bolt_port: int = 0,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._progress = progress
        self._called_off = called_off
        self._launched = launched or threading.Event()
        self._bolt_port = bolt_port
        self._step = ""

    def run(self) -> tuple[Control, Running]:
        """Join or start the server and wait until it is ready; raises `EngineError`, or `OSError` about the folder."""
        self._folder.create()
        held_since: float | None = None
        while True:
            control = Control.open(self._folder.state()) or self._launch()
            if control is not None:
                self._launched.set()
                running = self._await_ready(control)
                if running is not None:
                    return control, running
                held_since = None
            else:
                held_since = held_since or time.monotonic()
                state = self._folder.state()
                patience = TOOL_SECONDS if state is not None and state.role == "tool" else HELD_SECONDS
                if time.monotonic() - held_since > patience:
                    raise held(self._folder)
                self._tell("Waiting for the database")
            time.sleep(POLL_SECONDS)

    def _launch(self) -> Control | None:
        """Start a supervisor and connect to it; None when another process holds the folder."""
        cache = self._settings.cache_dir.expanduser().resolve()
        jars = provide_jars(read_lock(), cache, progress=self._tell)
        self._tell("Starting the database")
        request = Request(
            root=str(self._folder.root),
            jars=tuple(str(jar) for jar in jars),
            heap=self._settings.heap,
            page_cache=self._settings.page_cache,
            bolt_port=self._bolt_port,
        )
        return Control.open(launch(self._folder, request))

    def _await_ready(self, control: Control) -> Running | None:
        """Wait until the server is ready; None when its supervisor went away instead."""
        deadline = time.monotonic() + ANSWER_SECONDS
        try:
            while time.monotonic() < deadline:
                self._tell("Starting the database")
                event = control.receive(timeout=POLL_SECONDS)
                if event and event["event"] in ("failed", "waiting"):
                    raise EngineError(event["message"])
                if event and event["event"] == "ready":
                    return self._running(event)
        except ConnectionError:
            control.close()
            return None
        except BaseException:
            control.close()
            raise
        control.close()
        raise held(self._folder)

    def _running(self, ready: dict[str, Any]) -> Running:
        return Running(
            uri=f"bolt://127.0.0.1:{ready['bolt_port']}",
            username="neo4j",
            password=self._folder.password() or "",
            database="neo4j",
            version=ready["version"],
            pid=ready["server_pid"],
        )

    def _tell(self, step: str, done: int = 0, total: int = 0) -> None:
        if self._called_off.is_set():
            raise EngineError("the start of the database was called off")
        if total or step != self._step:
            self._step = step
            self._progress(step, done, total)
