"""A part of an answer: the expression that the statement returns for it, and how its value becomes a response."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.cypher import ListOf, Printable

Shape = Callable[[Any, "Bound"], Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """The values of one request: those of the list parameter, and those that only shaping needs."""

    parameters: list[object]
    locals: dict[int, object]

    def local(self, slot: object) -> Any:
        """Return the value of a slot that the statement does not read."""
        return self.locals[id(slot)]


@dataclass(frozen=True, slots=True)
class Part:
    """An expression, and the shape of its value; no shape means the value as it is."""

    expression: Printable
    shape: Shape | None = None


def record_shape(keys: Sequence[str], shapes: Sequence[Shape | None]) -> Shape:
    """Return the shape of a list of values by position: a dict by response key, `None` for null."""
    names = tuple(keys)
    shaped = tuple((name, shape) for name, shape in zip(keys, shapes, strict=True) if shape is not None)
    if not shaped:
        return lambda row, _bound: None if row is None else dict(zip(names, row, strict=True))

    def shape_record(row: Any, bound: Bound) -> Any:
        if row is None:
            return None
        record = dict(zip(names, row, strict=True))
        for name, shape in shaped:
            record[name] = shape(record[name], bound)
        return record

    return shape_record


def record(parts: Mapping[str, Part]) -> Part:
    """Return the parts of a response object as one part."""
    shape = record_shape(tuple(parts), [part.shape for part in parts.values()])
    return Part(ListOf(tuple(part.expression for part in parts.values())), shape)
