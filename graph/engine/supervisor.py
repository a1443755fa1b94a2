"""The process that owns one server for as long as at least one client holds a connection to it.

A client is nothing but its open connection on a loopback port. The kernel closes the connection however the client
ends, and the server stops when the last one is gone.

`graph.engine.launch` starts this process, with a `Request` as one line of JSON on standard input. It answers with one
line: `{"port", "token"}`, or `{"held": true}` when the folder already has a holder, or `{"error"}`. On the control
connection the client sends the token, and then receives lines with one JSON object each. The object's `event` is
`ready` with the server's port, pid and version; `failed` with a `message` when the first start fails; `restarting` or
`waiting` with a `message` while the server is restarted; or, after the client sent `leave`, `left`, or `stopped` when
the server has stopped too. A client that has seen that the server can no longer write sends `broken` and the server's
pid, and the server is restarted. After `empty` it is restarted with an empty database.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sys
import time
from asyncio.subprocess import PIPE
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from filelock import Timeout

from graph.engine.control import EMPTIED
from graph.engine.database_swap import empty, finish_replacement
from graph.engine.failures import disk_error
from graph.engine.folder import Folder, State
from graph.engine.jar_lockfile import VERSION
from graph.engine.java import Java
from graph.engine.pauses import pause
from graph.engine.request import Request
from graph.engine.server import START_SECONDS, Server, die_with_parent, end_orphan
from graph.errors import EngineError

FIRST_CLIENT_SECONDS = 2.0
"""Seconds that a supervisor waits for its first client."""
TELL_SECONDS = 2.0
"""Seconds that clients have to hear that the server failed before the supervisor ends."""
TRAIN_AFTER_SECONDS = 10.0
"""Seconds that a server runs before the ahead-of-time cache is made beside it."""
SETTLED_SECONDS = 60.0
"""A server that has run for this many seconds is restarted at once; one that ends sooner, after a growing pause."""
ENDED = "the database ended unexpectedly"
BROKEN = "the database can no longer write"


class Supervisor:
    """Owns the server of one folder, whose lock the caller holds."""

    def __init__(self, folder: Folder, java: Java, server: Server) -> None:
        self._folder = folder
        self._java = java
        self._server = server
        self._state = State(role="server", pid=os.getpid(), token=secrets.token_urlsafe(24))
        self._clients: set[asyncio.StreamWriter] = set()
        self._alone = asyncio.Event()
        self._ready = asyncio.Event()
        self._interrupted = asyncio.Event()
        self._interruption = ""
        self._told: dict[str, Any] | None = None

    async def run(self) -> None:
        """Serve until the last client is gone."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._alone.set)
        control = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._remember(port=control.sockets[0].getsockname()[1])
        _answer({"port": self._state.port, "token": self._state.token})
        loop.call_later(FIRST_CLIENT_SECONDS, self._stop_when_alone)
        owning = asyncio.create_task(self._own())
        training = asyncio.create_task(self._train())
        leaving = asyncio.create_task(self._alone.wait())
        await asyncio.wait((owning, leaving), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait((leaving,), timeout=TELL_SECONDS)
        self._alone.set()
        control.close()
        for task in (owning, training):
            task.cancel()
        owned, _ = await asyncio.gather(owning, training, return_exceptions=True)
        await self._server.stop()
        with contextlib.suppress(OSError):
            self._folder.write_state(State(role="none", pid=0, bolt_port=self._server.port))
        if not isinstance(owned, Exception):
            self._tell({"event": "stopped"})
        for writer in list(self._clients):
            with contextlib.suppress(OSError):
                await writer.drain()
            writer.close()

    async def _own(self) -> None:
        """Start the server and restart it whenever it ends or can no longer write; return if the first start fails."""
        try:
            await self._server.start(on_spawn=self._spawned)
        except (EngineError, OSError) as error:
            self._tell({"event": "failed", "message": self._reason(error)})
            return
        failures = 0
        while True:
            self._tell_ready()
            began = time.monotonic()
            trouble = await self._trouble()
            lasted = trouble == EMPTIED or time.monotonic() - began >= SETTLED_SECONDS
            self._tell({"event": "restarting", "message": trouble})
            await self._server.stop()
            failures = await self._start_again(0 if lasted else failures + 1, emptied=trouble == EMPTIED)

    async def _trouble(self) -> str:
        """Wait until the server ends by itself, or a client asks for a restart; return the reason."""
        if self._interruption == BROKEN:  # about a server that has been replaced since
            self._interrupted.clear()
        ended = asyncio.create_task(self._server.wait())
        interrupted = asyncio.create_task(self._interrupted.wait())
        try:
            await asyncio.wait((ended, interrupted), return_when=asyncio.FIRST_COMPLETED)
            if not interrupted.done():
                return ENDED
            self._interrupted.clear()
            reason, self._interruption = self._interruption, ""
            return reason
        finally:
            ended.cancel()
            interrupted.cancel()

    def _interrupt(self, reason: str) -> None:
        self._interruption = reason
        self._interrupted.set()

    async def _start_again(self, failures: int, *, emptied: bool) -> int:
        """Start the server until it runs, with growing pauses; return how many attempts in a row did not last."""
        told = ""
        while True:
            await asyncio.sleep(pause(failures))
            try:
                if emptied:
                    await asyncio.to_thread(empty, self._folder)
                await self._server.start(on_spawn=self._spawned, patience=START_SECONDS * 2 ** min(failures, 3))
            except (EngineError, OSError) as error:
                failures += 1
                if (reason := self._reason(error)) != told:
                    told = reason
                    self._tell({"event": "waiting", "message": reason})
                await self._server.stop()
            else:
                return failures

    def _reason(self, error: EngineError | OSError) -> str:
        return str(disk_error(error, self._folder.root) if isinstance(error, OSError) else error)

    def _tell_ready(self) -> None:
        server = self._server
        self._tell({"event": "ready", "bolt_port": server.port, "server_pid": server.pid, "version": VERSION})
        self._ready.set()

    def _spawned(self) -> None:
        self._remember(bolt_port=self._server.port, server_pid=self._server.pid)

    def _remember(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._folder.write_state(self._state)

    def _tell(self, event: dict[str, Any]) -> None:
        """Tell all clients, and those that connect later, what happens to the server."""
        self._told = event
        for writer in self._clients:
            _send(writer, event)

    async def _train(self) -> None:
        """Make the ahead-of-time cache, if there is none and the server has been up for a while."""
        await self._ready.wait()
        await asyncio.sleep(TRAIN_AFTER_SECONDS)
        if self._java.aot_cache.exists():
            return
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "graph.engine.aot"),
            stdin=PIPE,
            preexec_fn=die_with_parent(niceness=19),
            start_new_session=True,
        )
        try:
            await process.communicate(json.dumps(asdict(self._java)).encode() + b"\n")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            if await self._admits(reader):
                self._clients.add(writer)
                if self._told:
                    _send(writer, self._told)
                leaves = await self._hear(reader)
                if leaves and self._clients == {writer}:
                    self._alone.set()
                    return
                if leaves:
                    _send(writer, {"event": "left"})
        self._clients.discard(writer)
        writer.close()
        self._stop_when_alone()

    async def _hear(self, reader: asyncio.StreamReader) -> bool:
        """Listen to a client until it goes; True when it says that it leaves."""
        while words := (await reader.readline()).split():
            match words:
                case [b"leave"]:
                    return True
                case [b"broken", pid] if pid == str(self._server.pid).encode():
                    self._interrupt(BROKEN)
                case [b"empty"]:
                    self._interrupt(EMPTIED)
        return False

    async def _admits(self, reader: asyncio.StreamReader) -> bool:
        token = await asyncio.wait_for(reader.readline(), timeout=5)
        known = secrets.compare_digest(token.strip(), self._state.token.encode())
        return known and not self._alone.is_set()

    def _stop_when_alone(self) -> None:
        if not self._clients:
            self._alone.set()


def _send(writer: asyncio.StreamWriter, event: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        writer.write(json.dumps(event).encode() + b"\n")


def _answer(answer: dict[str, Any]) -> None:
    """Write the one line that the starting client reads, and close the pipe."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Read the request, lock the folder and run its server."""
    request = Request(**json.loads(sys.stdin.readline()))
    folder = Folder(Path(request.root))
    os.umask(0o077)
    lock = folder.lock()
    try:
        lock.acquire()
    except Timeout:
        _answer({"held": True})
        return
    try:
        last = folder.state()
        if last is not None:
            end_orphan(folder, last.server_pid)
        finish_replacement(folder)
        java = Java(request.jars, request.heap)
        port = request.bolt_port or (last.bolt_port if last else 0)
        server = Server(
            folder, java, page_cache=request.page_cache, port=port, keeps_port=port != 0 and port == request.bolt_port
        )
        asyncio.run(Supervisor(folder, java, server).run())
    except OSError as error:
        _answer({"error": str(disk_error(error, folder.root))})
    finally:
        lock.release()


if __name__ == "__main__":
    main()
