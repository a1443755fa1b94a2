"""Answers that took long, kept in memory until anybody writes to the database.

Whether somebody wrote is asked of the database itself, which numbers its transactions. So no change of the graph goes
unnoticed, whoever made it, and a kept answer costs one very short statement. What an actor may see is part of the
statement, so an answer is only ever given to those who would get the same one.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from graph.store import Store

SLOW_SECONDS, SLOW_TIMES = 0.3, 2
"""An answer that took longer than this so often in a row is kept from then on: once may be due to planning."""
MOST, LARGEST = 64, 1_000_000
"""How many answers are kept, and the longest one, in characters."""
MOST_SLOW = 1_000
"""How many slow statements are remembered."""


class KeptAnswers:
    """What a store answered to slow statements, by statement and values; those used least recently are dropped."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._slow: OrderedDict[str, int] = OrderedDict()
        self._kept: OrderedDict[tuple[str, str], tuple[str, Any]] = OrderedDict()

    async def value(
        self,
        statement: str,
        parameters: Sequence[object],
        ask: Callable[[], Awaitable[Any]],
        *,
        costly: bool,
        bookmarks: Sequence[str] = (),
    ) -> Any:
        """Return the value of a statement: the kept one if nothing was written since, or else what `ask` returns.

        `costly` says that the statement is known to read much; others are kept when they turn out to be slow.
        """
        if not costly and self._slow.get(statement, 0) < SLOW_TIMES:
            return await self._timed(statement, ask)
        version = await self._store.version(bookmarks=bookmarks)
        key = (statement, repr(parameters))
        known = self._kept.get(key)
        if known is not None and known[0] == version:
            self._kept.move_to_end(key)
            return known[1]
        value = await self._timed(statement, ask)
        self._kept.pop(key, None)
        if len(repr(value)) <= LARGEST:
            _put(self._kept, key, (version, value), MOST)
        return value

    async def _timed(self, statement: str, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Return what `ask` returns, and note whether the statement was slow."""
        began = time.monotonic()
        value = await ask()
        if time.monotonic() - began > SLOW_SECONDS:
            _put(self._slow, statement, self._slow.pop(statement, 0) + 1, MOST_SLOW)
        else:
            self._slow.pop(statement, None)
        return value


def _put(kept: OrderedDict[Any, Any], key: object, value: object, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)
