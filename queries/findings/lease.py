"""Turns for sweeps: one sweep runs at a time, and the database keeps what the sweeps so far have done."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from graph.errors import Refused
from graph.maintenance.lease import HOLD_SECONDS, LOST, fence, hold
from graph.store import Store
from graph.store.connections import Rows
from graph.writing.change_log import Touched, announce, conclude
from graph.writing.origin import Origin
from graph.writing.touched import SWEEP
from queries.findings.statements import SWEEP_SECONDS

_READ = f"CYPHER 25 MATCH (s:{SWEEP} {{key: 'sweep'}}) RETURN s.state, s.numbers"
_KEEP = f"""CYPHER 25
{fence("$run")}
MERGE (s:{SWEEP} {{key: 'sweep'}})
SET s.state = $state, s.numbers = coalesce($numbers, s.numbers)
RETURN count(*)"""
SWEEPER = Origin("sweep", "sweep")
WRITTEN = frozenset(("Finding", "FindingChange"))
"""The labels of what a sweep writes; writing findings also updates the weights of the children they are about."""


@dataclass(slots=True)
class Turn:
    """The turn of one sweep: `run` names it; `done` holds the day and digest with which each indicator was last swept.

    `read` is the number of the last change log entry that sweeps have looked at.
    """

    store: Store
    run: str
    done: dict[str, tuple[date, str]]
    numbers: list[int] | None
    last: date | None = None
    read: int = 0
    touched: Touched = field(default_factory=Touched)
    _announced: bool = False

    async def keep(self, numbers: Sequence[int] | None = None) -> None:
        """Record what is done, and the graph's totals if they are given.

        Raises `Refused` when the turn is lost.
        """
        await self._write(_KEEP, {"run": self.run, "state": self._state(), "numbers": numbers and list(numbers)})

    async def write(self, statement: str, parameters: Mapping[str, object]) -> Rows:
        """Run a statement that writes findings in its own transactions; `end` adds one entry for all of them."""
        if not self._announced:
            await announce(self.store, WRITTEN)
            self._announced = True
        return await self.store.write_auto(statement, parameters, timeout=SWEEP_SECONDS)

    async def write_fenced(self, statement: str, parameters: Mapping[str, object]) -> None:
        """Run a statement of one transaction that returns one row; raises `Refused` when the turn is lost."""
        await self._write(f"CYPHER 25\n{fence('$run')}\n{statement}", {"run": self.run, **parameters})

    async def end(self) -> None:
        """Add what was `touched` to the change log."""
        if self._announced:
            await conclude(self.store, SWEEPER, self.touched)

    def _state(self) -> str:
        done = {name: [day.isoformat(), digest] for name, (day, digest) in self.done.items()}
        return json.dumps({"last": self.last and self.last.isoformat(), "read": self.read, "done": done})

    async def _write(self, statement: str, values: Mapping[str, object]) -> None:
        if await self.store.write(statement, values) != [[1]]:
            raise Refused(LOST)


@asynccontextmanager
async def take_turn(store: Store, *, hold_seconds: float = HOLD_SECONDS) -> AsyncIterator[Turn]:
    """Hold the store's lease for a sweep, and yield what the sweeps so far have done.

    Raises `Refused` while another sweep or other work on the store is running, and when the lease is lost meanwhile.
    """
    async with hold(store, "sweep", seconds=hold_seconds) as lease:
        await conclude(store, SWEEPER)
        rows = await store.read(_READ)
        state, numbers = rows[0] if rows else (None, None)
        yield _turn(store, lease.holder, cast(str | None, state), cast(list[int] | None, numbers))


def _turn(store: Store, run: str, state: str | None, numbers: list[int] | None) -> Turn:
    found = json.loads(state) if state else {"last": None, "done": {}}
    done = {name: (date.fromisoformat(day), digest) for name, (day, digest) in found["done"].items()}
    last = found["last"] and date.fromisoformat(found["last"])
    return Turn(store, run, done, numbers, last, found.get("read", 0))
