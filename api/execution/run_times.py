"""How long statements are expected to run: as long as they did last time.

The planner's estimate would not do: of a subquery within an expression, as which a whole selection is compiled, it
tells no rows.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from api.errors import takes_long
from graph.errors import StoreTimeout

MOST_KNOWN = 4_000
"""How many statements' times are remembered."""


class RunTimes:
    """How long each statement took when it ran last; those that ran longest ago are forgotten."""

    def __init__(self) -> None:
        self._seconds: OrderedDict[str, float] = OrderedDict()

    def last(self, statement: str) -> float:
        """Return the seconds that a statement took when it ran last; 0 when it is not known."""
        return self._seconds.get(statement, 0.0)

    def check(self, statement: str, most: float) -> None:
        """Raise the error `TAKES_LONG` if a statement is expected to run for more than `most` seconds."""
        expected = self.last(statement)
        if expected > most:
            raise takes_long(expected)

    async def __call__(self, statement: str, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Return what `ask` returns, and note how long that took; raises as it does."""
        began = time.monotonic()
        try:
            value = await ask()
        except StoreTimeout:
            self._note(statement, time.monotonic() - began)
            raise
        self._note(statement, time.monotonic() - began)
        return value

    def _note(self, statement: str, seconds: float) -> None:
        self._seconds[statement] = seconds
        self._seconds.move_to_end(statement)
        while len(self._seconds) > MOST_KNOWN:
            self._seconds.popitem(last=False)
