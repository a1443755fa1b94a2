"""SIGINT and SIGTERM: a running server stops in an orderly way."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Signals:
    """Obeys SIGINT and SIGTERM inside a `with` block: a running server stops in order, anything else at once."""

    def __init__(self) -> None:
        self._server: uvicorn.Server | None = None
        self._told = False

    def __enter__(self) -> Signals:
        self._task = asyncio.current_task()
        self._loop = asyncio.get_running_loop()
        self._before = {number: signal.signal(number, self._obey) for number in _SIGNALS}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        return self._told and isinstance(error, asyncio.CancelledError)

    @contextmanager
    def sent_to(self, server: uvicorn.Server) -> Iterator[None]:
        """Let signals stop the server while inside the block."""
        self._server = server
        try:
            yield
        finally:
            self._server = None

    def _obey(self, number: int, frame: FrameType | None) -> None:
        self._told = True
        if self._server is not None:
            self._server.handle_exit(number, frame)
        elif self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)
