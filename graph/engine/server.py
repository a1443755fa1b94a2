"""One Neo4j server process: its password, its port, its start and its stop."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import random
import shutil
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable

import psutil

from graph.engine.failures import is_unexplained, no_space, port_was_taken, start_error
from graph.engine.folder import Folder
from graph.engine.java import Java, tool_environment, write_configuration
from graph.errors import EngineError

START_SECONDS = 600.0
"""Seconds that a server may take to start, including recovery after a crash."""
STOP_SECONDS = 2.5
"""Seconds that a server may take to stop by itself; its data is safe if it is then killed."""
POLL_SECONDS = 0.02
START_TRIES = 2
LEAST_DISK = 64 << 20
"""Bytes that must be free to start an existing database."""
NEW_DISK = 256 << 20
"""Bytes that must be free to make a new one: it begins with two transaction logs whose space is allocated first."""
NO_DISK = 256 << 10
"""A disk that filled up meanwhile counts as full with fewer free bytes than this."""
AOT_CHECK = "-XX:+VerifySharedSpaces"
"""Makes Java check the checksums inside an ahead-of-time cache, and ignore a damaged one."""
QUIET_PORTS = range(20_000, 32_000)
"""Ports that no common system gives to outgoing connections."""
PR_SET_PDEATHSIG = 1


class Server:
    """The server of one folder.

    `port` is the preferred port, or 0 for any free one. With `keeps_port`, and once the server has run, only that port
    will do. `options` are options for Java, instead of the ahead-of-time cache; `extra` is added to the configuration.
    """

    def __init__(
        self,
        folder: Folder,
        java: Java,
        *,
        page_cache: str,
        port: int = 0,
        keeps_port: bool = False,
        extra: str = "",
        options: tuple[str, ...] | None = None,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        self._folder = folder
        self._java = java
        self._page_cache = page_cache
        self._options = options
        self._stop_seconds = stop_seconds
        self._process: Process | None = None
        self._keeps_port = keeps_port
        self._extra = extra
        self.port = port

    @property
    def pid(self) -> int:
        """The process's id, 0 before the first start."""
        return self._process.pid if self._process else 0

    async def start(self, *, on_spawn: Callable[[], None] = lambda: None, patience: float = START_SECONDS) -> None:
        """Start the server and wait until it answers; `on_spawn` is called when its process exists.

        Raises `EngineError` with the reason when it does not start within `patience` seconds.
        """
        self._check_disk(LEAST_DISK if self._folder.has_database else NEW_DISK)
        await self._set_password()
        for _ in range(START_TRIES):
            self._take_port()
            write_configuration(self._folder, port=self.port, page_cache=self._page_cache, extra=self._extra)
            await self._spawn()
            on_spawn()
            try:
                async with asyncio.timeout(patience):
                    if await self._ready():
                        self._keeps_port = True
                        return
            except (EngineError, TimeoutError) as error:
                await self.stop()
                if isinstance(error, EngineError):
                    raise
                seconds, log = f"{patience:.0f}", self._folder.user_log
                raise EngineError(f"the database did not start within {seconds} seconds; see {log}") from None
            if not self._may_start_now():
                break
        raise self.failure()

    def _take_port(self) -> None:
        port = free_port(self.port)
        if self._keeps_port and port != self.port:
            raise EngineError(f"port {self.port} was taken by another program while the database was away")
        self.port = port

    def _check_disk(self, least: int) -> None:
        """Refuse a disk on which the server would hang rather than fail."""
        if shutil.disk_usage(self._folder.root).free < least:
            raise no_space(self._folder.home)

    def _may_start_now(self) -> bool:
        """Tell whether another attempt can help: with another port, or without a cache that may be the cause."""
        if port_was_taken(self._console()):
            return True
        if self._options is None and self._java.aot_cache.exists() and is_unexplained(self._console()):
            self._options = ()
            return True
        return False

    async def wait(self) -> None:
        """Wait until the server ends by itself."""
        if self._process:
            await self._process.wait()

    async def stop(self) -> None:
        """Stop the server: ask it first, and then kill it."""
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), self._stop_seconds)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    def failure(self) -> EngineError:
        """Say why the server ended."""
        return start_error(self._console(), port=self.port, home=self._folder.home)

    async def _spawn(self) -> None:
        self._folder.user_log.unlink(missing_ok=True)
        options = self._aot_options() if self._options is None else self._options
        command = self._java.server(self._folder, options=options)
        with self._folder.console.open("wb") as console:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=DEVNULL, stdout=console, stderr=STDOUT, preexec_fn=die_with_parent()
            )

    def _aot_options(self) -> tuple[str, ...]:
        cache = self._java.aot_cache
        if not cache.exists():
            return ()
        cache.touch()
        return (f"-XX:AOTCache={cache}", AOT_CHECK)

    async def _ready(self) -> bool:
        """Wait for the server to say that it has started; False when it ended instead."""
        while self._process is not None and self._process.returncode is None:
            with contextlib.suppress(FileNotFoundError):
                if " Started." in self._folder.user_log.read_text(errors="replace"):
                    return True
            self._check_disk(NO_DISK)
            await asyncio.sleep(POLL_SECONDS)
        return False

    def _console(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return self._folder.console.read_text(errors="replace")
        return ""

    async def _set_password(self) -> None:
        """Give a new database a random password and store it."""
        if self._folder.password() is not None:
            return
        if self._folder.has_database:
            raise EngineError(
                f"the database in {self._folder.home} has lost its password file, "
                f"{self._folder.root / 'neo4j.password'}; bring it back, or remove the database"
            )
        write_configuration(self._folder, port=0, page_cache=self._page_cache)
        with self._folder.new_password() as path:
            process = await asyncio.create_subprocess_exec(
                *self._java.tool(("dbms", "set-initial-password", f"@{path}")),
                env=tool_environment(self._folder),
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                preexec_fn=die_with_parent(),
            )
            try:
                output, _ = await process.communicate()
            finally:
                if process.returncode is None:
                    process.kill()
            if process.returncode != 0:
                raise start_error(output.decode(errors="replace"), port=0, home=self._folder.home)


def free_port(preferred: int = 0) -> int:
    """Return a free loopback port: the preferred one if it is free.

    Other ports are below the range that kernels use for outgoing connections. Otherwise such a connection could take
    the port while the server restarts.
    """
    others = random.sample(QUIET_PORTS, 20)
    for port in (preferred or others[0], *others, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            found: int = probe.getsockname()[1]
            return found
    raise EngineError("no port is free on this machine's loopback address; end a program that listens, and try again")


def end_orphan(folder: Folder, pid: int) -> None:
    """End a server of this folder whose supervisor is gone; any other process with that id is left alone."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if pid and f"--home-dir={folder.home}" in process.cmdline():
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(STOP_SECONDS)


def die_with_parent(niceness: int = 0) -> Callable[[], None] | None:
    """Return what a child process does first: lower its priority, and on Linux end when its parent does.

    It is None where there is nothing to do.
    """
    if os.name != "posix":
        return None
    set_death_signal = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def run() -> None:
        os.nice(niceness)
        if set_death_signal is not None:
            set_death_signal(PR_SET_PDEATHSIG, signal.SIGTERM)

    return run
