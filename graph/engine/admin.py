"""Runs Neo4j's own tools on a data folder while no server holds it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

from filelock import Timeout

from graph.engine.failures import disk_error, running, tool_error
from graph.engine.folder import Folder, State
from graph.engine.jar_lockfile import read_lock
from graph.engine.jars import Progress, no_progress, provide_jars
from graph.engine.java import Java, tool_environment, write_configuration
from graph.engine.server import die_with_parent, end_orphan
from graph.errors import EngineError
from graph.settings import Settings

POLL_SECONDS = 0.2
"""Seconds after which a tool notices at the latest that it should stop."""


@dataclass(frozen=True, slots=True)
class Tool:
    """Neo4j's administration tool, on a folder that is locked against servers."""

    folder: Folder
    java: Java

    def run(
        self,
        arguments: Sequence[str],
        *,
        on_line: Callable[[str], None] = lambda line: None,
        stop: Event | None = None,
    ) -> None:
        """Run the tool with these arguments. Blocks until it ends or `stop` is set.

        `on_line` is called with each line that the tool prints; the folder's `logs/admin.log` keeps all of them. Raises
        `EngineError`, in one sentence, when the tool fails or is stopped.
        """
        _run(self.folder, self.java.tool(arguments), on_line, stop or Event())


@contextmanager
def open_tool(settings: Settings, *, progress: Progress = no_progress) -> Iterator[Tool]:
    """Lock the folder of `settings.data_dir` to run tools on it; no server can start there meanwhile.

    Raises `EngineError`, in one sentence, when a server or another tool holds it, or the disk is full.
    """
    folder = Folder(settings.data_dir.expanduser().resolve())
    try:
        folder.create()
        jars = provide_jars(read_lock(), settings.cache_dir.expanduser().resolve(), progress=progress)
        java = Java(tuple(str(jar) for jar in jars), settings.heap)
        with _held(folder):
            write_configuration(folder, port=0, page_cache=settings.page_cache)
            yield Tool(folder, java)
    except OSError as error:
        raise disk_error(error, folder.root) from error


@contextmanager
def _held(folder: Folder) -> Iterator[None]:
    """Lock a folder so that no server starts in it."""
    lock = folder.lock()
    try:
        lock.acquire()
    except Timeout:
        raise running(folder) from None
    try:
        last = folder.state() or State("none", 0)
        end_orphan(folder, last.server_pid)
        folder.write_state(State("tool", os.getpid(), bolt_port=last.bolt_port))
        try:
            yield
        finally:
            folder.write_state(State("none", 0, bolt_port=last.bolt_port))
    finally:
        lock.release()


def _run(folder: Folder, command: list[str], on_line: Callable[[str], None], stop: Event) -> None:
    log_path = folder.console.with_name("admin.log")
    process = subprocess.Popen(
        command,
        env=tool_environment(folder),
        cwd=folder.home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=die_with_parent(),
    )
    assert process.stdout is not None
    Thread(target=_end_when_stopped, args=(process, stop), daemon=True).start()
    try:
        with process.stdout, log_path.open("w", encoding="utf-8") as log:
            for line in process.stdout:
                log.write(line)
                on_line(line.rstrip())
        code = process.wait()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if code != 0:
        raise EngineError("Neo4j's own tool was stopped") if stop.is_set() else tool_error(log_path)


def _end_when_stopped(process: subprocess.Popen[str], stop: Event) -> None:
    while process.poll() is None:
        if stop.wait(POLL_SECONDS):
            process.kill()
