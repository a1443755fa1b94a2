"""A turn to sweep: one sweep at a time, and what the sweeps so far have done, kept in the database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import uuid4

from graph.errors import Refused, SightlineError
from graph.store import Store
from graph.touched import SWEEP, TOUCHED

HOLD_SECONDS = 60.0
"""How long a turn lasts unless it is renewed: a sweep that was killed holds others up for no longer."""

_TAKE = f"""CYPHER 25
MERGE (s:{SWEEP} {{key: 'sweep'}})
SET s.asked = $run
WITH s, s.holder IS NULL OR s.holder = $run OR s.expiresAt < datetime() AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET s.holder = $run, s.expiresAt = datetime() + duration({{seconds: $seconds}})
)
REMOVE s.asked
RETURN free, s.state, s.numbers"""
_RENEW = f"""CYPHER 25
MATCH (s:{SWEEP} {{key: 'sweep', holder: $run}})
SET s.expiresAt = datetime() + duration({{seconds: $seconds}})
RETURN count(*)"""
_RELEASE = f"CYPHER 25 MATCH (s:{SWEEP} {{key: 'sweep', holder: $run}}) REMOVE s.holder, s.expiresAt RETURN count(*)"
_KEEP = f"CYPHER 25 MATCH (s:{SWEEP} {{key: 'sweep', holder: $run}}) SET s.state = $state RETURN count(*)"
_FORGET = f"""CYPHER 25
MATCH (s:{SWEEP} {{key: 'sweep', holder: $run}})
SET s.state = $state, s.numbers = coalesce($numbers, s.numbers)
CALL () {{ UNWIND $notes AS id MATCH (t:{TOUCHED}) WHERE elementId(t) = id DELETE t }}
RETURN count(s)"""

LOST = "another sweep took over, because this one was not heard of for too long; run it again"
BUSY = "a sweep is running, or was ended from outside less than a minute ago; wait for it, or try again in a minute"


@dataclass(slots=True)
class Turn:
    """The turn of one sweep: `run` names it; `done` says of which day and with which digest indicators are swept."""

    store: Store
    run: str
    done: dict[str, tuple[date, str]]
    numbers: list[int] | None
    last: date | None = field(default=None)

    async def keep(self) -> None:
        """Write down what is done; raises `Refused` when the turn is lost."""
        await self._write(_KEEP, {"run": self.run, "state": self._state()})

    async def forget(self, notes: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        """Write down what is done, that these notes are dealt with, and the graph's numbers where they are given."""
        values = {"run": self.run, "state": self._state(), "notes": list(notes), "numbers": numbers and list(numbers)}
        await self._write(_FORGET, values)

    def _state(self) -> str:
        done = {name: [day.isoformat(), digest] for name, (day, digest) in self.done.items()}
        return json.dumps({"last": self.last and self.last.isoformat(), "done": done})

    async def _write(self, statement: str, values: Mapping[str, object]) -> None:
        if await self.store.write(statement, values) != [[1]]:
            raise Refused(LOST)


@asynccontextmanager
async def take_turn(store: Store, *, hold: float = HOLD_SECONDS) -> AsyncIterator[Turn]:
    """Take the turn to sweep, renew it while the sweep goes on, and give it back.

    Raises `Refused` when another sweep has it.
    """
    run = uuid4().hex
    ((free, state, numbers),) = await store.write(_TAKE, {"run": run, "seconds": hold})
    if not free:
        raise Refused(BUSY)
    renewing = asyncio.create_task(_renew(store, run, hold))
    try:
        yield _turn(store, run, cast(str | None, state), cast(list[int] | None, numbers))
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        with suppress(SightlineError):
            await asyncio.shield(store.write(_RELEASE, {"run": run}))


def _turn(store: Store, run: str, state: str | None, numbers: list[int] | None) -> Turn:
    found = json.loads(state) if state else {"last": None, "done": {}}
    done = {name: (date.fromisoformat(day), digest) for name, (day, digest) in found["done"].items()}
    return Turn(store, run, done, numbers, found["last"] and date.fromisoformat(found["last"]))


async def _renew(store: Store, run: str, hold: float) -> None:
    while True:
        await asyncio.sleep(hold / 4)
        with suppress(SightlineError):
            await store.write(_RENEW, {"run": run, "seconds": hold})
