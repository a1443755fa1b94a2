"""Starts the server of a data folder, or joins the running one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Self

from graph.engine.control import Control
from graph.engine.failures import disk_error
from graph.engine.folder import Folder
from graph.engine.jars import Progress, no_progress
from graph.engine.joining import Join, Running
from graph.engine.pauses import pause
from graph.errors import EngineError
from graph.settings import Settings

logger = logging.getLogger("sightline.engine")

LEAVE_SECONDS = 10.0


class Engine:
    """This process's hold on the server of a data folder; the server runs while any process holds it.

    When the server ends while it is held, or can no longer write, its supervisor restarts it on the same port. When the
    supervisor itself ends, its clients start another one. The logger `sightline.engine` reports both.
    """

    def __init__(self, control: Control, running: Running, settings: Settings) -> None:
        self.running = running
        self._control = control
        self._settings = settings
        self._leaving = threading.Event()
        self._changing = threading.Lock()
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

        `launched` is set when the server's process is starting. Raises `EngineError`, in one sentence, also soon after
        `called_off` is set.
        """
        folder = Folder(settings.data_dir.expanduser().resolve())
        join = Join(folder, settings, called_off=called_off or threading.Event(), launched=launched, progress=progress)
        try:
            return cls(*join.run(), settings)
        except OSError as error:
            raise disk_error(error, folder.root) from error

    def stop(self) -> None:
        """Release the server. It stops if nobody else holds it; this returns when it has stopped."""
        with self._changing:
            self._leaving.set()
            self._control.leave()
        self._listener.join(LEAVE_SECONDS)
        self._control.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _listen(self) -> None:
        """Log what happens to the server, and find a new supervisor when this one is gone, until the process leaves."""
        while True:
            try:
                while not self._is_last(event := self._control.receive() or {}):
                    self._log(event)
                return
            except ConnectionError:
                if self._leaving.is_set():
                    return
            logger.warning("the process that keeps the database running was killed; starting another one")
            if not self._rejoin():
                return

    def _is_last(self, event: dict[str, Any]) -> bool:
        if event.get("event") == "stopped" and not self._leaving.is_set():
            logger.error(
                "the process that keeps the database running was told to end, and the database has stopped; "
                "start this process again to go on"
            )
        return event.get("event") in ("left", "stopped")

    def _log(self, event: dict[str, Any]) -> None:
        match event:
            case {"event": "ready", "server_pid": pid}:
                if pid != self.running.pid:
                    self.running = replace(self.running, pid=pid)
                    logger.warning("the database runs again")
            case {"event": "restarting", "message": message}:
                logger.warning("%s and is being started again", message)
            case {"event": "waiting", "message": message}:
                logger.error("the database cannot start yet, and is tried again: %s", message)

    def _rejoin(self) -> bool:
        """Join or start another supervisor, however long that takes; False when this process leaves meanwhile."""
        folder = Folder(self._settings.data_dir.expanduser().resolve())
        port = self.running.port
        told = ""
        failures = 0
        while not self._leaving.wait(pause(failures)):
            try:
                found = Join(folder, self._settings, called_off=self._leaving, bolt_port=port).run()
            except (EngineError, OSError) as error:
                failures += 1
                reason = str(disk_error(error, folder.root) if isinstance(error, OSError) else error)
                if reason != told and not self._leaving.is_set():
                    told = reason
                    logger.error("the database cannot start yet, and is tried again: %s", reason)
            else:
                return self._take(*found)
        return False

    def _take(self, control: Control, running: Running) -> bool:
        """Continue with another supervisor; False when this process has left meanwhile."""
        with self._changing:
            self._control.close()
            self._control = control
            if self._leaving.is_set():
                control.close()
                return False
        if running.port != self.running.port:
            logger.error("the database now listens on port %d; start this process again to use it", running.port)
        self.running = running
        logger.warning("the database runs again")
        return True


class Starting:
    """An engine that a thread starts, so that its caller can do something else meanwhile.

    If the block is left before the engine was taken, the start is called off, and a server that it started is released.
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
        """Wait up to `seconds` until the server's process is starting, or the start has failed.

        After that, work that keeps the interpreter busy does not delay the server.
        """
        self._launched.wait(seconds)

    async def take(self) -> Engine:
        """Wait for the engine, which the caller must stop; if this is cancelled, no server is left behind.

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
