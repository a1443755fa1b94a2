"""Health checks: the only addresses that answer without a token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse

_PATIENCE = 2.0
_FRESH = 0.5


async def healthz(request: Request) -> JSONResponse:
    """Say that the process is alive."""
    return JSONResponse({"status": "ok"})


class Readiness:
    """Tells whether questions can be answered now, by calling `check` at most twice a second.

    A check that raises, or takes longer than 2 s, means no.
    """

    def __init__(self, check: Callable[[], Awaitable[bool]]) -> None:
        self._check = check
        self._asking = asyncio.Lock()
        self._ready = False
        self._until = 0.0

    async def readyz(self, request: Request) -> JSONResponse:
        """Answer 200 when ready, and 503 otherwise."""
        if await self.ready():
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "unavailable"}, status_code=503, headers={"retry-after": "1"})

    async def ready(self) -> bool:
        """Tell whether the database answers."""
        async with self._asking:
            if time.monotonic() >= self._until:
                try:
                    async with asyncio.timeout(_PATIENCE):
                        self._ready = await self._check()
                except Exception:
                    self._ready = False
                self._until = time.monotonic() + _FRESH
            return self._ready
