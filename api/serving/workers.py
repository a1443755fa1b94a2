"""Worker processes: started together, restarted when they end, and stopped with the process that started them.

A worker is `python -m api.serving.worker`. It reads its `Job` from its standard input, which stays open: when it is
closed, the parent is gone. The worker writes one line of JSON to its standard output: `{}` when it answers requests, or
`{"failed": sentence}`. It has its own session, so that Ctrl-C reaches only the parent.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import pickle
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import api
from api.errors import WorkerFailed
from api.serving.sockets import SharedPort
from api.telemetry.metrics import SHARED_FOLDER
from graph.opening import ConnectionInfo
from graph.settings import Settings

logger = logging.getLogger("sightline.workers")

STOP_SECONDS = 2.5
"""Seconds that workers have to stop: a little longer than running requests have."""
SETTLED_SECONDS = 10.0
MOST_QUICK_ENDS = 5
"""A worker that ends is restarted, unless it did so five times in a row within 10 s of its start."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker gets: the settings, where the database is, and the documents with which it warms up."""

    settings: Settings
    access: ConnectionInfo = field(repr=False)
    examples: tuple[str, ...]


async def keep_workers(job: Job, port: SharedPort, *, count: int, on_started: Callable[[], None]) -> None:
    """Run `count` workers on a port until cancelled; `on_started` is called when all of them answer.

    Raises `WorkerFailed` when a worker cannot start, or keeps ending.
    """
    with tempfile.TemporaryDirectory(prefix="sightline-") as numbers:
        workers = [_Worker(job, port, numbers) for _ in range(count)]
        try:
            await _together(worker.start() for worker in workers)
            on_started()
            await _together(worker.keep() for worker in workers)
        finally:
            await asyncio.gather(*(worker.stop() for worker in workers))


async def _together(calls: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Wait for all; the first that raises cancels the others, and its error is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for call in calls:
                group.create_task(call)
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None


class _Worker:
    """One worker; its process may be replaced."""

    def __init__(self, job: Job, port: SharedPort, numbers: str) -> None:
        self._job = job
        self._port = port
        self._environment = {**os.environ, "PYTHONPATH": _search_path(), SHARED_FOLDER: numbers}
        self._process: Process | None = None

    async def start(self) -> None:
        """Start the process and wait until it answers requests."""
        with self._port.socket() as listener:
            descriptor = listener.fileno()
            process = self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "api.serving.worker"),
                stdin=PIPE,
                stdout=PIPE,
                pass_fds=(descriptor,),
                start_new_session=True,
                env=self._environment,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(ConnectionError):
            process.stdin.write(pickle.dumps((descriptor, self._job)))
            await process.stdin.drain()
        answer = await process.stdout.readline()
        if not answer:
            raise WorkerFailed("A worker process ended before it was ready; the log may say why.")
        failure = json.loads(answer).get("failed")
        if failure:
            raise WorkerFailed(failure)

    async def keep(self) -> None:
        """Start the process again whenever it ends."""
        quick_ends = 0
        while True:
            began = time.monotonic()
            assert self._process is not None
            status = await self._process.wait()
            quick_ends = quick_ends + 1 if time.monotonic() - began < SETTLED_SECONDS else 1
            if quick_ends >= MOST_QUICK_ENDS:
                raise WorkerFailed(f"A worker process ended {quick_ends} times in a row; the log may say why.")
            logger.warning("a worker process ended unexpectedly (status %d) and is started again", status)
            try:
                await self.start()
            except WorkerFailed as error:
                logger.warning("a worker process could not be started again: %s", error)

    async def stop(self) -> None:
        """End the process, by force if it takes too long."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _search_path() -> str:
    """Return a search path on which a worker finds the same package as this process."""
    found = (str(Path(api.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    return os.pathsep.join(part for part in found if part)
