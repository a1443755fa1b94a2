"""Notices when a database stops answering: waits have a deadline, and a watch ends them all when it falls silent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from types import TracebackType

from graph.background import running
from graph.errors import SightlineError, StoreUnavailable

TICK = 0.5
"""Seconds between two checks of the waits."""
QUIET = 1.0
"""Seconds without any answer after which the database is asked whether it is alive."""
PATIENCE = 3.0
"""Seconds that the database has to answer that question."""

_SILENT = "the database does not answer; try again in a moment"


class Pulse:
    """Knows who waits for a database and when it last answered; only a watch can find that it is silent."""

    def __init__(self) -> None:
        self.silent = False
        self._waits: set[Wait] = set()
        self._heard = 0.0

    def wait(self, seconds: float) -> Wait:
        """Return a context manager that waits for one answer, up to a deadline.

        Raises `StoreUnavailable` when the database is silent.
        """
        return Wait(self, seconds)

    @asynccontextmanager
    async def watched(self, probe: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
        """Watch while inside: when the database is quiet for a while, `probe` asks it for something small.

        When that fails, all waits end with an error, and new ones are refused at once until a probe succeeds again.
        """
        try:
            async with running(self._watch(probe)):
                yield
        finally:
            self.silent = False

    async def _watch(self, probe: Callable[[], Awaitable[object]]) -> None:
        while True:
            await asyncio.sleep(TICK)
            began = monotonic()
            if self.silent or (self._waits and began - self._heard > QUIET):
                try:
                    async with asyncio.timeout(PATIENCE):
                        await probe()
                except (SightlineError, TimeoutError):
                    self.silent = self._heard < began
                    for wait in tuple(self._waits) if self.silent else ():
                        wait.end()
                else:
                    self.silent = False
                    self._heard = monotonic()

    def begin(self, wait: Wait) -> None:
        """Count a wait; raises `StoreUnavailable` when the database is silent."""
        if self.silent:
            raise StoreUnavailable(_SILENT)
        self._waits.add(wait)

    def end(self, wait: Wait, *, answered: bool) -> None:
        """Stop counting a wait."""
        self._waits.discard(wait)
        if answered:
            self._heard = monotonic()


class Wait:
    """A deadline for one answer: `TimeoutError` when it passes, `StoreUnavailable` when the database falls silent."""

    __slots__ = ("_ended", "_limit", "_pulse")

    def __init__(self, pulse: Pulse, seconds: float) -> None:
        self._pulse = pulse
        self._limit = asyncio.timeout(seconds)
        self._ended = False

    def end(self) -> None:
        """End the wait now: the database is silent."""
        self._ended = True
        self._limit.reschedule(0)

    async def __aenter__(self) -> None:
        self._pulse.begin(self)
        await self._limit.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pulse.end(self, answered=error is None)
        try:
            await self._limit.__aexit__(kind, error, trace)
        except TimeoutError:
            if self._ended:
                raise StoreUnavailable(_SILENT) from None
            raise
