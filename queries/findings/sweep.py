"""The sweep: every indicator is asked, and its rows are kept as findings; of what is not touched, nothing is asked."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import cast

from graph.errors import BadInput
from graph.store import Store
from graph.touched import EVERYTHING, Note, read_notes, read_numbers
from queries.findings.patterns import Unclear
from queries.findings.reach import Reach, reach_of
from queries.findings.statements import BATCH_SIZE, Values, found_statement, resolved_statement
from queries.findings.thresholds import Indicator
from queries.findings.turn import HOLD_SECONDS, Turn, take_turn
from queries.values import today

SWEEP_SECONDS = 3_600.0
"""Deadline of one indicator."""
MOST_TOUCHED = 20_000
"""Touched nodes from which on looking at everything takes less time."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did for one indicator: how many findings became what; `whole` when every row was looked at."""

    indicator: str
    whole: bool
    opened: int
    reopened: int
    changed: int
    resolved: int
    unchanged: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep did; `reason` tells why it looked at everything, and is empty when it did not."""

    day: date
    reason: str
    swept: tuple[Swept, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a sweep goes about it: why everything is looked at, if it is; else which keys of a label were touched."""

    reason: str
    notes: tuple[Note, ...]
    numbers: tuple[int, ...]
    touched: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps a store with these indicators; a batch is a transaction of its own."""

    store: Store
    indicators: Sequence[Indicator]
    batch_size: int = BATCH_SIZE
    hold: float = HOLD_SECONDS
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    async def __call__(
        self,
        *,
        day: date | None = None,
        full: bool = False,
        only: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> SweepReport:
        """Ask the indicators for a day, today in UTC unless given, and keep what they find.

        `full` looks at everything, `only` names the indicators to sweep. Killed at any point it can be run again;
        a second run on the same state changes nothing. Raises `BadInput` for a day before that of the last sweep or
        after today, `Refused` while another sweep is running.
        """
        day = day or today()
        if day > today():
            raise BadInput(f"the day of a sweep cannot be after today, which is {today()} in UTC")
        chosen = [one for one in self.indicators if one.name in set(only)] if only else list(self.indicators)
        async with take_turn(self.store, hold=self.hold) as turn:
            if turn.last is not None and day < turn.last:
                raise BadInput(f"the last sweep was for {turn.last}; give that day or a later one")
            plan = await self._plan(turn, day, [one.name for one in chosen], full=full)
            swept = []
            for place, one in enumerate(chosen):
                if progress:
                    progress("Sweeping", place, len(chosen))
                swept.append(await self._sweep(turn, plan, one, day))
            if len(chosen) == len(self.indicators):
                await turn.forget([note.id for note in plan.notes])
        return SweepReport(day, plan.reason, tuple(swept))

    async def _plan(self, turn: Turn, day: date, names: Iterable[str], *, full: bool) -> _Plan:
        numbers = await read_numbers(self.store)
        notes = await read_notes(self.store)
        found: dict[str, set[str]] = {}
        for note in notes:
            found.setdefault(note.label, set()).update(note.keys)
        touched = sum(map(len, found.values()))
        reason = ""
        if turn.last is None:
            reason = "it is the first sweep"
        elif day != turn.last:
            reason = f"the last sweep was for another day, {turn.last}"
        elif numbers != turn.numbers:
            reason = "records were added or deleted without a note of what was touched"
        elif touched > MOST_TOUCHED or EVERYTHING in found:
            reason = "many records were touched since the last sweep"
        turn.last = day
        plan = _Plan(reason, tuple(notes), tuple(numbers), {label: sorted(keys) for label, keys in found.items()})
        if reason:
            turn.done.clear()
            await turn.forget([note.id for note in notes], numbers)
        elif full:
            plan = replace(plan, reason="as asked")
            for name in names:
                turn.done.pop(name, None)
        return plan

    async def _sweep(self, turn: Turn, plan: _Plan, one: Indicator, day: date) -> Swept:
        values = Values(turn.run, self.clock(), day, one)
        began = time.monotonic()
        subjects, reach = None, None
        if turn.done.get(one.name) == (day, one.digest):
            subjects, reach = await self._subjects(one, plan.touched)
        kinds: Counter[str | None] = Counter()
        if subjects != []:
            for make in (found_statement, resolved_statement):
                statement = make(one.question, reach=reach, batch_size=self.batch_size)
                kinds += await self._write(statement, values.parameters(subjects))
        if subjects is None:
            turn.done[one.name] = (day, one.digest)
            await turn.keep()
        return Swept(
            indicator=one.name,
            whole=subjects is None,
            opened=kinds["OPENED"],
            reopened=kinds["REOPENED"],
            changed=kinds["CHANGED"],
            resolved=kinds["RESOLVED"],
            unchanged=kinds[None],
            seconds=time.monotonic() - began,
        )

    async def _subjects(
        self, one: Indicator, touched: Mapping[str, list[str]]
    ) -> tuple[list[str] | None, Reach | None]:
        """Return the keys of the subjects to look at again, and how; `None` when all must be looked at."""
        try:
            reach = reach_of(one.question)
        except Unclear:
            return None, None
        labels = sorted(label for label in touched if label in reach.ways)
        if not labels:
            return [], reach
        found = await self.store.read_value(
            reach.statement(labels), {"p": [touched[label] for label in labels]}, timeout=SWEEP_SECONDS
        )
        subjects = cast(list[str], found)
        return (None, None) if len(subjects) > MOST_TOUCHED else (subjects, reach)

    async def _write(self, statement: str, parameters: dict[str, object]) -> Counter[str | None]:
        rows = await self.store.write_auto(statement, parameters, timeout=SWEEP_SECONDS)
        return Counter({cast(str | None, kind): cast(int, number) for kind, number in rows})
