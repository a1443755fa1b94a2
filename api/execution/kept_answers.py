"""Answers that took long, kept in memory until anybody writes to the database.

Whether somebody wrote is asked of the database itself, which numbers its transactions. So no change of the graph goes
unnoticed, whoever made it, and a kept answer costs one very short statement. What an actor may see is part of the
statement, so an answer is only ever given to those who would get the same one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from api.execution.run_times import RunTimes
from graph.store import Store

SLOW_SECONDS = 0.3
"""What a statement answers is kept if it took longer than this when it ran last."""
MOST, LARGEST = 64, 1_000_000
"""How many answers are kept, and the longest one, in characters."""


class KeptAnswers:
    """What a store answered to slow statements, by statement and values; those used least recently are dropped."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._times = RunTimes()
        self._kept: OrderedDict[tuple[str, str], tuple[str, Any]] = OrderedDict()

    async def value(
        self,
        statement: str,
        parameters: Sequence[object],
        ask: Callable[[], Awaitable[Any]],
        *,
        costly: bool,
        bookmarks: Sequence[str] = (),
        most_seconds: float | None = None,
    ) -> Any:
        """Return the value of a statement: the kept one if nothing was written since, or else what `ask` returns.

        `costly` says that the statement is known to read much; others are kept when they turn out to be slow.
        Raises the error `TAKES_LONG` before it asks for what is expected to take more than `most_seconds`.
        """
        if not costly and self._times.last(statement) <= SLOW_SECONDS:
            return await self._ask(statement, ask, most_seconds)
        version = await self._store.version(bookmarks=bookmarks)
        key = (statement, repr(parameters))
        known = self._kept.get(key)
        if known is not None and known[0] == version:
            self._kept.move_to_end(key)
            return known[1]
        value = await self._ask(statement, ask, most_seconds)
        self._kept.pop(key, None)
        if len(repr(value)) <= LARGEST:
            self._kept[key] = (version, value)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return value

    async def _ask(self, statement: str, ask: Callable[[], Awaitable[Any]], most_seconds: float | None) -> Any:
        if most_seconds is not None:
            self._times.check(statement, most_seconds)
        return await self._times(statement, ask)
