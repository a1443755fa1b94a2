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
from queries.findings.first import HAS_FINDINGS, first_statement
from queries.findings.patterns import Unclear
from queries.findings.reach import reach_of
from queries.findings.statements import (
    BATCH_SIZE,
    Occasion,
    about,
    found_statement,
    looked_statement,
    rows_statement,
    unfound_statement,
    unlooked_statement,
)
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
            work = _Work(self, turn, Occasion(turn.run, self.clock(), day), chosen)
            for place in range(len(chosen)):
                if progress:
                    progress("Sweeping", place, len(chosen))
                await work.sweep(place, plan.touched)
            await work.finish()
            if len(chosen) == len(self.indicators):
                await turn.forget([note.id for note in plan.notes])
        return SweepReport(day, plan.reason, work.swept())

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


class _Work:
    """The work of one sweep: indicators asked whole are written at once, the others' rows together at the end."""

    def __init__(self, sweeper: Sweeper, turn: Turn, occasion: Occasion, chosen: Sequence[Indicator]) -> None:
        self._store = sweeper.store
        self._batch_size = sweeper.batch_size
        self._turn = turn
        self._occasion = occasion
        self._chosen = chosen
        self._kinds: list[Counter[str | None]] = [Counter() for _ in chosen]
        self._seconds = [0.0] * len(chosen)
        self._whole = [False] * len(chosen)
        self._rows: list[list[object]] = []
        self._subjects: list[list[object]] = []

    async def sweep(self, place: int, touched: Mapping[str, list[str]]) -> None:
        """Sweep an indicator: whole, unless it is known what the touched nodes can change."""
        began = time.monotonic()
        one = self._chosen[place]
        done = self._turn.done.get(one.name) == (self._occasion.day, one.digest)
        if not (done and await self._look(place, one, touched)):
            await self._sweep_whole(place, one)
        self._seconds[place] = time.monotonic() - began

    async def finish(self) -> None:
        """Write the rows that were read, and resolve what was looked at and not found."""
        if self._rows:
            parameters = self._occasion.parameters([about(one) for one in self._chosen], self._rows)
            await self._write(rows_statement(batch_size=self._batch_size), parameters)
        if self._subjects:
            parameters = self._occasion.parameters(self._subjects)
            await self._write(unlooked_statement(batch_size=self._batch_size), parameters)

    def swept(self) -> tuple[Swept, ...]:
        """Return what was done."""
        return tuple(
            Swept(
                indicator=one.name,
                whole=whole,
                opened=kinds["OPENED"],
                reopened=kinds["REOPENED"],
                changed=kinds["CHANGED"],
                resolved=kinds["RESOLVED"],
                unchanged=kinds[None],
                seconds=seconds,
            )
            for one, whole, kinds, seconds in zip(self._chosen, self._whole, self._kinds, self._seconds, strict=True)
        )

    async def _sweep_whole(self, place: int, one: Indicator) -> None:
        self._whole[place] = True
        values = one.values(self._occasion.day)
        parameters = self._occasion.parameters(about(one), *values)
        if not await self._store.read_value(HAS_FINDINGS, {"name": one.name}):
            await self._write(first_statement(one.question, batch_size=self._batch_size), parameters, place)
        else:
            await self._write(found_statement(one.question, batch_size=self._batch_size), parameters, place)
            parameters = self._occasion.parameters(one.name)
            await self._write(unfound_statement(batch_size=self._batch_size), parameters, place)
        self._turn.done[one.name] = (self._occasion.day, one.digest)
        await self._turn.keep()

    async def _look(self, place: int, one: Indicator, touched: Mapping[str, list[str]]) -> bool:
        """Read the rows of the subjects that touched nodes can change; tell whether that could be done."""
        try:
            reach = reach_of(one.question)
        except Unclear:
            return False
        labels = sorted(label for label in touched if label in reach.ways)
        if not labels:
            return True
        values = [None, *one.values(self._occasion.day), MOST_TOUCHED + 1, *(touched[label] for label in labels)]
        found = await self._store.read_value(
            looked_statement(one.question, reach, labels), self._occasion.parameters(*values), timeout=SWEEP_SECONDS
        )
        rows = cast(list[list[object]], found)
        subjects = {cast(str, row[0]) for row in rows}
        if len(subjects) > MOST_TOUCHED:
            return False
        self._rows += [[place, *row[1:]] for row in rows if row[1] is not None]
        self._subjects += [[place, one.name, subject, reach.place] for subject in sorted(subjects)]
        return True

    async def _write(self, statement: str, parameters: dict[str, object], place: int = 0) -> None:
        for offset, kind, number in await self._store.write_auto(statement, parameters, timeout=SWEEP_SECONDS):
            self._kinds[place + cast(int, offset)][cast(str | None, kind)] += cast(int, number)
