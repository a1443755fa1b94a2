"""Start the server of a data folder, or join the one that runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Self

from graph.engine.control import Control
from graph.engine.failures import disk_error, held
from graph.engine.folder import Folder
from graph.engine.jars import Progress, no_progress, provide_jars
from graph.engine.launch import launch
from graph.engine.lock import read_lock
from graph.engine.request import Request
from graph.errors import EngineError
from graph.settings import Settings

logger = logging.getLogger("sightline.engine")

HELD_SECONDS = 20.0
"""How long to wait for a folder's holder that neither answers nor lets go."""
TOOL_SECONDS = 1.0
"""The same, for one of Neo4j's own tools, which may take minutes."""
START_SECONDS = 240.0
LEAVE_SECONDS = 10.0
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: where it answers and with which user and password."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    version: str
    pid: int


class Engine:
    """This process's hold on the server of a data folder; the server runs while any process holds it.

    When the server ends while it is held, its supervisor starts it again, on the same port, and the logger
    `sightline.engine` says so; it says too when that fails.
    """

    def __init__(self, control: Control, running: Running) -> None:
        self.running = running
        self._control = control
        self._leaving = False
        self._listener = threading.Thread(target=self._listen, name="sightline-engine", daemon=True)
        self._listener.start()

    @classmethod
    def start(
        cls,
        settings: Settings,
        *,
        progress: Progress = no_progress,
        called_off: threading.Event | None = None,
        launched: threading.Event | None = None,
    ) -> Engine:
        """Join the server of `settings.data_dir`, or start it, downloading it the first time. Blocks.

        `launched` is set when the server's process is on its way. Raises `EngineError`, in one sentence; soon after
        `called_off` is set, too.
        """
        folder = Folder(settings.data_dir.expanduser().resolve())
        events = (called_off or threading.Event(), launched or threading.Event())
        start = _Start(folder, settings, progress, *events)
        try:
            return cls(*start.run())
        except OSError as error:
            raise disk_error(error, folder.root) from error

    def stop(self) -> None:
        """Let go of the server; it stops when nobody else holds it, and this returns when it has."""
        self._leaving = True
        self._control.leave()
        self._listener.join(LEAVE_SECONDS)
        self._control.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _listen(self) -> None:
        try:
            while event := self._control.receive():
                match event["event"]:
                    case "left" | "stopped":
                        break
                    case "restarting":
                        logger.warning("the database ended unexpectedly and is being started again")
                    case "failed":
                        logger.error("the database ended: %s", event["message"])
        except ConnectionError:
            pass
        if not self._leaving:
            logger.error("the database was stopped by another process; start this one again to go on")


class Starting:
    """An engine that a thread starts, so that its caller can do something else meanwhile.

    Left without having been taken, the start is called off, and a server that it started is let go.
    """

    def __init__(self, settings: Settings, *, progress: Progress = no_progress) -> None:
        self._called_off = threading.Event()
        self._launched = threading.Event()
        self._taken = False
        pool = ThreadPoolExecutor(1, thread_name_prefix="sightline-start")
        events = {"called_off": self._called_off, "launched": self._launched}
        self._engine = pool.submit(Engine.start, settings, progress=progress, **events)
        self._engine.add_done_callback(lambda _: self._launched.set())
        pool.shutdown(wait=False)

    def wait_for_launch(self, seconds: float) -> None:
        """Wait until the server's process is on its way, or the start has failed; at most some seconds.

        What keeps the interpreter busy from then on does not delay the server.
        """
        self._launched.wait(seconds)

    async def take(self) -> Engine:
        """Wait for the engine and leave it to the caller to stop; cancelled, it leaves no server behind.

        Raises as `Engine.start` does.
        """
        self._taken = True
        started = asyncio.wrap_future(self._engine)
        try:
            return await asyncio.shield(started)
        except asyncio.CancelledError:
            started.add_done_callback(lambda done: done.cancelled() or done.exception())
            await asyncio.to_thread(self._call_off)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._taken:
            self._call_off()

    def _call_off(self) -> None:
        self._called_off.set()
        with contextlib.suppress(EngineError):
            self._engine.result().stop()


class _Start:
    """One start or join of a folder's server."""

    def __init__(
        self,
        folder: Folder,
        settings: Settings,
        progress: Progress,
        called_off: threading.Event,
        launched: threading.Event,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._progress = progress
        self._called_off = called_off
        self._launched = launched
        self._step = ""

    def run(self) -> tuple[Control, Running]:
        """Join or start the server and wait until it is ready."""
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
        )
        return Control.open(launch(self._folder, request))

    def _await_ready(self, control: Control) -> Running | None:
        """Wait until the server is ready; None when its supervisor went away instead."""
        deadline = time.monotonic() + START_SECONDS
        try:
            while time.monotonic() < deadline:
                self._tell("Starting the database")
                event = control.receive(timeout=POLL_SECONDS)
                if event and event["event"] == "failed":
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
