"""The process that owns one server for as long as at least one client holds a connection to it.

Clients are told apart by nothing but their open connection on a loopback port: the kernel closes it however a
client ends, and the server stops when the last one is gone. Started by `graph.engine.launch`, with a `Request` as
one line of JSON on standard input; answers one line: `{"port", "token"}`, `{"held": true}` when the folder has a
holder already, or `{"error"}`. On the control connection the client sends the token, and is sent one JSON object a
line with an `event`: `ready` with the server's port, pid and version, `restarting`, `failed` with a `message`, and,
after it sent `leave`, `left` or, when the server has stopped with it, `stopped`.
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

from graph.engine.failures import disk_error
from graph.engine.folder import Folder, State
from graph.engine.incoming import finish_replacement
from graph.engine.java import Java
from graph.engine.lock import VERSION
from graph.engine.request import Request
from graph.engine.server import Server, die_with_parent, end_orphan
from graph.errors import EngineError

FIRST_CLIENT_SECONDS = 2.0
"""How long a supervisor without clients waits for its first one."""
TELL_SECONDS = 2.0
"""How long clients have to hear that the server failed before the supervisor ends."""
TRAIN_AFTER_SECONDS = 10.0
"""How long a server runs before the ahead-of-time cache is made beside it."""
SETTLED_SECONDS = 60.0
MOST_QUICK_ENDS = 3
"""A server that ends by itself is started again, unless it did so three times within a minute of its start."""


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
        await asyncio.gather(owning, training, return_exceptions=True)
        await self._server.stop()
        with contextlib.suppress(OSError):
            self._folder.write_state(State(role="none", pid=0, bolt_port=self._server.port))
        self._tell({"event": "stopped"})
        for writer in list(self._clients):
            with contextlib.suppress(OSError):
                await writer.drain()
            writer.close()

    async def _own(self) -> None:
        """Start the server, and again when it ends by itself; return when that does not help."""
        quick_ends = 0
        try:
            while quick_ends < MOST_QUICK_ENDS:
                await self._server.start(on_spawn=self._spawned)
                self._tell_ready()
                began = time.monotonic()
                await self._server.wait()
                quick_ends = quick_ends + 1 if time.monotonic() - began < SETTLED_SECONDS else 0
                self._tell({"event": "restarting"})
            raise self._server.failure()
        except EngineError as error:
            self._tell({"event": "failed", "message": str(error)})
        except OSError as error:
            self._tell({"event": "failed", "message": str(disk_error(error, self._folder.root))})

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
        """Tell all clients, and those who come later, how the server fares."""
        self._told = event
        for writer in self._clients:
            _send(writer, event)

    async def _train(self) -> None:
        """Have the ahead-of-time cache made, when there is none and the server has been up for a while."""
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
                leaves = bool(await reader.readline())
                if leaves and self._clients == {writer}:
                    self._alone.set()
                    return
                if leaves:
                    _send(writer, {"event": "left"})
        self._clients.discard(writer)
        writer.close()
        self._stop_when_alone()

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
    """Write the one line that the starting client reads, and let go of its pipe."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Read the request, take the folder and own its server."""
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
        server = Server(folder, java, page_cache=request.page_cache, port=last.bolt_port if last else 0)
        asyncio.run(Supervisor(folder, java, server).run())
    except OSError as error:
        _answer({"error": str(disk_error(error, folder.root))})
    finally:
        lock.release()


if __name__ == "__main__":
    main()
