"""Turns: limits how much is worked on at once for one holder, so that a flood from one leaves room for others."""

from __future__ import annotations

import asyncio
from types import TracebackType

from graph.errors import RateLimited

PATIENCE = 2.0
"""Seconds to wait for a turn."""
WAITING = 64
"""How many requests of one holder may wait."""


class Turns:
    """Gives each holder at most `most` turns at once; `what` names them in the refusal.

    A holder is a token or a browser session, by its id. Each process counts separately.
    """

    def __init__(self, most: int, what: str, *, patience: float | None = None, waiting: int = WAITING) -> None:
        self._most = most
        self._patience = PATIENCE if patience is None else patience
        self._waiting = waiting
        self._holders: dict[str, _Holder] = {}
        self._refusal = f"Too many {what} of this token are under way (at most {most} at once); send fewer at a time."

    def of(self, holder: str) -> Turn:
        """Return a turn to enter, which waits if necessary; raises `RateLimited` when the turn does not come soon."""
        return Turn(self, holder)

    async def take(self, name: str) -> None:
        """Take a turn, or wait for one behind those who are already waiting; raises `RateLimited`."""
        holder = self._holders.get(name)
        if holder is None:
            holder = self._holders[name] = _Holder(self._most)
        if holder.wanted >= self._most + self._waiting:
            raise RateLimited(self._refusal)
        holder.wanted += 1
        try:
            if holder.free.locked():
                async with asyncio.timeout(self._patience):
                    await holder.free.acquire()
            else:
                await holder.free.acquire()
        except BaseException as error:
            self._forget_one(name)
            if isinstance(error, TimeoutError):
                raise RateLimited(self._refusal) from None
            raise

    def give_back(self, name: str) -> None:
        """Pass a turn on to whoever has waited longest, if anybody is waiting."""
        self._holders[name].free.release()
        self._forget_one(name)

    def _forget_one(self, name: str) -> None:
        holder = self._holders[name]
        holder.wanted -= 1
        if not holder.wanted:
            del self._holders[name]


class _Holder:
    """A holder's turns: how many are free, and how many are taken or waited for."""

    __slots__ = ("free", "wanted")

    def __init__(self, most: int) -> None:
        self.free = asyncio.Semaphore(most)
        self.wanted = 0


class Turn:
    """One turn of a holder, held while inside the block."""

    __slots__ = ("_holder", "_turns")

    def __init__(self, turns: Turns, holder: str) -> None:
        self._turns = turns
        self._holder = holder

    async def __aenter__(self) -> None:
        await self._turns.take(self._holder)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._turns.give_back(self._holder)
