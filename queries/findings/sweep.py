"""The sweep: asks every indicator about what was touched, and keeps its rows as findings."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import cast

from graph.background import ahead
from graph.errors import BadInput, CostLimitExceeded, SightlineError, StoreError, StoreTimeout, StoreUnavailable
from graph.maintenance.lease import HOLD_SECONDS
from graph.store import Store
from graph.writing.touched import read_numbers
from queries.findings.affected import Affected
from queries.findings.birthdays import reweigh
from queries.findings.changed import changed_since
from queries.findings.gone import READ_GONE, gone_statement
from queries.findings.impact import reach_of
from queries.findings.lease import WRITTEN, Turn, take_turn
from queries.findings.patterns import Unclear
from queries.findings.report import Failed, SweepReport, Swept
from queries.findings.standing import confirm, withdraw
from queries.findings.statements import (
    ALIVE,
    BATCH_SIZE,
    SWEEP_SECONDS,
    Occasion,
    about,
    asked_statement,
    looked_statement,
    rows_statement,
    unfound_statement,
    unlooked_statement,
)
from queries.findings.thresholds import Indicator
from queries.library.values import today

MOST_TOUCHED = 20_000
"""With more touched nodes than this, looking at everything is faster."""

_OF_ONE = (BadInput, CostLimitExceeded, StoreError, StoreTimeout, StoreUnavailable)
"""Errors that may concern only one indicator; the last may also mean that the database is gone."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a sweep proceeds: the reason for looking at everything, if it does, or else the touched keys by label.

    `upto` is the last entry of the change log, and `numbers` are the graph's totals, from before anything was read.
    """

    reason: str
    upto: int
    numbers: Sequence[int]
    touched: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps a store with these indicators; each batch is a separate transaction."""

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
        """Ask the indicators for a day, by default today in UTC, and keep what they find.

        `full` looks at everything; `only` names the indicators to sweep. A sweep that is killed at any point can be run
        again; a second run on the same state changes nothing. An indicator that fails does not stop the others. Raises
        `BadInput` for a day before that of the last sweep or after today, `Refused` while another sweep is running, and
        `StoreUnavailable` when the database is gone.
        """
        day = day or today()
        if day > today():
            raise BadInput(f"the day of a sweep cannot be after today, which is {today()} in UTC")
        chosen = [one for one in self.indicators if one.name in set(only)] if only else list(self.indicators)
        async with take_turn(self.store, hold_seconds=self.hold) as turn:
            if turn.last is not None and day < turn.last:
                raise BadInput(f"the last sweep was for {turn.last}; give that day or a later one")
            plan = await self._plan(turn, day, [one.name for one in chosen], full=full)
            occasion = Occasion(turn.run, self.clock(), day)
            keys = None if plan.reason else plan.touched.get("Child", [])
            await reweigh(turn, occasion, keys, batch_size=self.batch_size)
            work = _Work(self, turn, occasion, chosen, plan.touched)
            for place in range(len(chosen)):
                if progress:
                    progress("Sweeping", place, len(chosen))
                await work.sweep(place)
            await work.finish()
            await confirm(turn, work.finished(), day, plan.upto, plan.numbers)
            swept = work.swept()
            if len(chosen) == len(self.indicators):
                swept += await self._resolve_gone(turn, occasion, whole=bool(plan.reason))
                turn.read = plan.upto
                await turn.keep()
            await turn.end()
        return SweepReport(day, plan.reason, swept, work.failed())

    async def _resolve_gone(self, turn: Turn, occasion: Occasion, *, whole: bool) -> tuple[Swept, ...]:
        """Resolve the findings of indicators that are no longer swept: those that sweeps knew or, when `whole`, any."""
        known = {one.name for one in self.indicators}
        gone = set(turn.done) - known
        if whole:
            values = {"known": sorted(known), "alive": list(ALIVE)}
            gone |= set(cast(list[str], await self.store.read_value(READ_GONE, values, timeout=SWEEP_SECONDS)))
        swept = []
        for name in sorted(gone):
            began = time.monotonic()
            statement = gone_statement(batch_size=self.batch_size)
            rows = await turn.write(statement, occasion.parameters(name))
            resolved = sum(cast(int, number) for _, _, number in rows)
            turn.done.pop(name, None)
            if resolved:
                turn.touched.whole |= WRITTEN
                swept.append(Swept(name, True, 0, 0, 0, resolved, 0, time.monotonic() - began))
        return tuple(swept)

    async def _plan(self, turn: Turn, day: date, names: Iterable[str], *, full: bool) -> _Plan:
        numbers = await read_numbers(self.store)
        found = await changed_since(self.store, turn.read, most=MOST_TOUCHED)
        reason = ""
        if turn.last is None:
            reason = "it is the first sweep"
        elif day != turn.last:
            reason = f"the last sweep was for another day, {turn.last}"
        elif numbers != turn.numbers:
            reason = "records were added or deleted without a note of what was touched"
        elif found.many:
            reason = "many records were touched since the last sweep"
        known = {one.name for one in self.indicators}
        turn.last = day
        plan = _Plan(reason, found.upto, numbers, {label: sorted(keys) for label, keys in found.records.items()})
        if reason:
            turn.done = {name: done for name, done in turn.done.items() if name not in known}
            turn.read = found.upto
            await turn.keep(numbers)
        elif full:
            plan = replace(plan, reason="as asked")
            for name in names:
                turn.done.pop(name, None)
        return plan


class _Work:
    """The work of one sweep: indicators asked in full are written at once, the others' rows together at the end.

    If one indicator fails, the error is kept and the others continue.
    """

    def __init__(
        self,
        sweeper: Sweeper,
        turn: Turn,
        occasion: Occasion,
        chosen: Sequence[Indicator],
        touched: Mapping[str, list[str]],
    ) -> None:
        self._store = sweeper.store
        self._batch_size = sweeper.batch_size
        self._turn = turn
        self.occasion = occasion
        self._chosen = chosen
        read = partial(sweeper.store.read_value, timeout=SWEEP_SECONDS)
        self._affected = Affected(read, touched, MOST_TOUCHED)
        self._kinds: list[Counter[str | None]] = [Counter() for _ in chosen]
        self._seconds = [0.0] * len(chosen)
        self._whole = [False] * len(chosen)
        self._why: dict[int, str] = {}
        self._rows: list[list[object]] = []
        self._subjects: list[list[object]] = []

    async def sweep(self, place: int) -> None:
        """Sweep an indicator in full, unless it is known which subjects the touched nodes affect."""
        began = time.monotonic()
        one = self._chosen[place]
        done = self._turn.done.get(one.name) == (self.occasion.day, one.digest)
        try:
            if not (done and await self._look(place, one)):
                await self._sweep_whole(place, one)
        except _OF_ONE as error:
            await self._fail(place, error)
        self._seconds[place] = time.monotonic() - began

    async def finish(self) -> None:
        """Write the rows that were read, and resolve what was looked at and not found.

        The rows of all indicators are written together. If that fails, each of these indicators is swept in full
        instead.
        """
        looked = sorted({cast(int, row[0]) for row in (*self._rows, *self._subjects)})
        try:
            await withdraw(self._store, [self._chosen[place].name for place in looked])
            if self._rows:
                day = self.occasion.day
                parameters = self.occasion.parameters([about(one, day) for one in self._chosen], self._rows)
                self._turn.touched.add("Finding", [key for row in self._rows if (key := cast(str | None, row[1]))])
                await self._write(rows_statement(batch_size=self._batch_size), parameters)
            if self._subjects:
                parameters = self.occasion.parameters(self._subjects)
                await self._write(unlooked_statement(batch_size=self._batch_size), parameters)
        except _OF_ONE:
            for place in looked:
                self._kinds[place].clear()
                self._turn.done.pop(self._chosen[place].name, None)
                await self.sweep(place)

    async def _fail(self, place: int, error: SightlineError) -> None:
        """Note why an indicator failed, and that the next sweep must look at all of it."""
        if isinstance(error, StoreUnavailable):
            await self._store.read("RETURN 1")
        self._why[place] = str(error)
        self._turn.done.pop(self._chosen[place].name, None)
        await self._turn.keep()

    def finished(self) -> list[Indicator]:
        """Return the indicators that did not fail."""
        return [one for place, one in enumerate(self._chosen) if place not in self._why]

    def failed(self) -> tuple[Failed, ...]:
        """Return which indicators failed, and why."""
        return tuple(Failed(self._chosen[place].name, why) for place, why in sorted(self._why.items()))

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
            for place, (one, whole, kinds, seconds) in enumerate(
                zip(self._chosen, self._whole, self._kinds, self._seconds, strict=True)
            )
            if place not in self._why
        )

    async def _sweep_whole(self, place: int, one: Indicator) -> None:
        self._whole[place] = True
        self._turn.touched.whole |= WRITTEN
        await withdraw(self._store, [one.name])
        day = self.occasion.day
        said = [about(one, day)]
        asked = self.occasion.parameters(None, *one.values(day))
        size = 2 * self._batch_size
        found = self._store.pages(asked_statement(one.question), asked, size=size, timeout=SWEEP_SECONDS)
        async with aclosing(ahead(found)) as pages:
            async for rows in pages:
                parameters = self.occasion.parameters(said, [[0, *row] for row in rows])
                await self._write(rows_statement(batch_size=self._batch_size), parameters, place)
        parameters = self.occasion.parameters(one.name)
        await self._write(unfound_statement(batch_size=self._batch_size), parameters, place)
        self._turn.done[one.name] = (self.occasion.day, one.digest)
        await self._turn.keep()

    async def _look(self, place: int, one: Indicator) -> bool:
        """Read the rows of the subjects that touched nodes affect; return whether that was possible."""
        try:
            reach = reach_of(one.question)
        except Unclear:
            return False
        keys = await self._affected.subjects(reach)
        if len(keys) > MOST_TOUCHED:
            return False
        if not keys:
            return True
        values = [None, *one.values(self.occasion.day), keys]
        asked = looked_statement(one.question, reach), self.occasion.parameters(*values)
        rows = cast(list[list[object]], await self._store.read_value(*asked, timeout=SWEEP_SECONDS))
        subjects = {cast(str, row[0]) for row in rows}
        self._rows += [[place, *row[1:]] for row in rows if row[1] is not None]
        self._subjects += [[place, one.name, subject, reach.place] for subject in sorted(subjects)]
        return True

    async def _write(self, statement: str, parameters: dict[str, object], place: int = 0) -> None:
        for offset, kind, number, *keys in await self._turn.write(statement, parameters):
            self._kinds[place + cast(int, offset)][cast(str | None, kind)] += cast(int, number)
            for some in cast(list[list[str]], keys):
                self._turn.touched.add("Finding", some)
