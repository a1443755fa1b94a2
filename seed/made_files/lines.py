"""Writes a file line by line, plants its faults, and counts both."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from seed.made_files.faults import Effect, Fault, Values, cut_off
from seed.made_files.forms import Form

LISTED = 10_000
"""How many lines with faults of a kind are listed; the others are only counted."""
_BUFFER = 1 << 20


@dataclass(slots=True)
class Planted:
    """A kind of fault in a file: what is lost by it and in which column, how many there are, and their lines."""

    effect: Effect
    column: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, rows: Sequence[int]) -> None:
        """Count a fault that stands in these lines."""
        self.count += 1
        if len(self.rows) < LISTED:
            self.rows += rows

    def plain(self) -> dict[str, object]:
        """Return it as plain values."""
        return {"effect": self.effect.value, "column": self.column, "count": self.count, "rows": self.rows}


class LineFile:
    """A file that is being written; `rate` is the share of rows that get a fault, and 0 makes a file without any.

    Of the first rows one in `each` has a fault, until each kind was planted once.
    """

    def __init__(
        self, path: Path, form: Form, kinds: Sequence[Fault], *, rate: float, rng: Random, each: int = 4
    ) -> None:
        self.path = path
        self.form = form
        self.rows = 0
        self.planted: dict[str, Planted] = {}
        self._turn = deque(kinds)
        self._rate = rate
        self._rng = rng
        self._new = {fault.name for fault in kinds}
        self._each = each
        self._seen = 0

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self.path.open("wb", buffering=_BUFFER)
        self._stream.write(self.form.header())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    @property
    def faulty(self) -> bool:
        """Whether the file has faults."""
        return self._rate > 0

    def add(self, values: Values, *, sound: bool = False) -> Values | None:
        """Write a row, perhaps with a fault, and return what is left of its values; a `sound` one has no fault."""
        fault = None if sound else self._pick(values)
        if fault is None:
            self.put(self.form.line(values), 1)
            return values
        return self.plant(fault, values)

    def plant(self, fault: Fault, values: Values) -> Values | None:
        """Write a row with a fault, and return what is left of its values."""
        data = fault.spoil(self.form, values)
        lines = data.count(b"\n")
        wrong = range(1, 2) if fault.name == "blank_line" else range(lines)
        if fault.effect in (Effect.REPEATED, Effect.CONTRADICTED):
            wrong = range(1, lines)
        elif fault.effect is not Effect.ROW:
            wrong = range(1)
        self.note(fault.name, fault.effect, [self.next + line for line in wrong], column=fault.column)
        self.put(data, lines)
        return fault.left(values)

    @property
    def next(self) -> int:
        """The number of the next line."""
        return self.rows + 2

    def note(self, name: str, effect: Effect, rows: Sequence[int], *, column: str = "") -> None:
        """Count a fault that stands in these lines."""
        self.planted.setdefault(name, Planted(effect, column)).add(rows)

    def put(self, data: bytes, lines: int) -> None:
        """Write whole lines as they are."""
        self._stream.write(data)
        self.rows += lines

    def end(self) -> None:
        """End the file in the middle of a row, if it has faults."""
        if self.faulty:
            self.note("truncated_last_line", Effect.ROW, [self.next])
            self.put(cut_off(self.form), 1)

    def _pick(self, values: Values) -> Fault | None:
        """Draw the fault of a row, if it gets any; some of the first rows get a kind that is new."""
        if not self._rate:
            return None
        self._seen += 1
        early = bool(self._new) and self._seen % self._each == 0
        if not early and self._rng.random() >= self._rate:
            return None
        for _ in range(len(self._turn)):
            fault = self._turn[0]
            self._turn.rotate(-1)
            if fault.applies(values) and (not early or fault.name in self._new):
                self._new.discard(fault.name)
                return fault
        return None

    def plain(self) -> Mapping[str, object]:
        """Return what was written as plain values."""
        return {"rows": self.rows, "faults": {name: one.plain() for name, one in sorted(self.planted.items())}}
