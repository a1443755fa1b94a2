"""Stops working for a client that has disconnected."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.types import Receive

_PATIENCE = 0.02
_PAUSE = 0.05


class ClientGone(Exception):
    """The client closed the connection, so nobody is waiting for an answer."""


class CancelWhenGone:
    """Cancel the work inside a `with` block when the client closes the connection; `gone` tells whether it did.

    Watching starts after 20 ms, so that it costs quick answers nothing. This cancellation ends with the block. One from
    elsewhere, for example when the server stops, is passed on.
    """

    def __init__(self, receive: Receive) -> None:
        self.gone = False
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None

    def __enter__(self) -> CancelWhenGone:
        loop = asyncio.get_running_loop()
        self._task = asyncio.current_task(loop)
        self._timer = loop.call_later(_PATIENCE, self._start, loop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        return self.gone and self._task is not None and self._task.uncancel() == 0

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._watcher = loop.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                break
            await asyncio.sleep(_PAUSE)
        self.gone = True
        if self._task is not None:
            self._task.cancel()
