"""A question's rows from the findings of the last sweep, where these still stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.compiler.connections import RowRequest
from api.compiler.keyset import Start
from api.compiler.parameters import ValueSource
from api.compiler.row_sources import Kept
from api.compiler.values import recalled
from graph.cypher import Clause
from graph.cypher.printer import Printer
from graph.writing.touched import POSITION
from queries.findings.positions import Part, parts_of, position_of
from queries.findings.standing import Standing
from queries.findings.thresholds import Indicator


def standing_rows(indicator: Indicator, slots: Mapping[str, ValueSource]) -> Kept | None:
    """Return how a question's rows are read from its findings; `None` if they have no positions.

    `slots` are the sources of the values of the question's parameters, by name.
    """
    if (parts := parts_of(indicator.question)) is None:
        return None
    source = _Source(indicator, slots)

    def page(reading: RowRequest) -> Clause:
        return _Page(source, parts, reading)

    return Kept(_Stands(source), page, _Total(source))


@dataclass(frozen=True, slots=True)
class _Source:
    indicator: Indicator
    given: Mapping[str, ValueSource]

    def standing(self, out: Printer) -> Standing:
        return Standing(self.indicator, {name: out.parameter(slot) for name, slot in self.given.items()})


@dataclass(frozen=True, slots=True)
class _Stands:
    source: _Source

    def print(self, out: Printer) -> str:
        return self.source.standing(out).condition()


@dataclass(frozen=True, slots=True)
class _Total:
    source: _Source

    def print(self, out: Printer) -> str:
        return self.source.standing(out).total()


@dataclass(frozen=True, slots=True)
class _Page:
    source: _Source
    parts: tuple[Part, ...]
    reading: RowRequest

    def print(self, out: Printer) -> str:
        reading = self.reading
        bounds = [self._bound(start, out, before=before) for start, before in reading.starts]
        limit = reading.limit.print(out)
        columns = self.source.indicator.question.columns
        return self.source.standing(out).rows(columns, limit=limit, bounds=bounds, backward=reading.backward)

    def _bound(self, start: Start, out: Printer, *, before: bool) -> str:
        values = zip(self.parts, self.reading.keys, start.values, start.pattern, strict=True)
        texts = [None if unknown else recalled(key.kind, value).print(out) for _, key, value, unknown in values]
        position = position_of(self.source.indicator.name, self.parts, texts)
        return f"f_.{POSITION} {'<' if before else '>'} {position}"
