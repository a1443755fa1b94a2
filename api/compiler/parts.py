"""A part of an answer: the expression that the statement returns for it, and how its value becomes a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.compiler.shapes import SAME, Record, Shape
from graph.cypher import ListOf, Printable


@dataclass(frozen=True, slots=True)
class Part:
    """An expression, and the shape of its value."""

    expression: Printable
    shape: Shape = SAME


def record(parts: Mapping[str, Part], *, nullable: bool = False) -> Part:
    """Return the parts of a response object, by response key, as one part."""
    shape = Record({key: part.shape for key, part in parts.items()}, nullable)
    return Part(ListOf(tuple(part.expression for part in parts.values())), shape)


def optional(part: Part, expression: Printable) -> Part:
    """Return the part of a record that may be null, given by another expression."""
    assert isinstance(part.shape, Record)
    return Part(expression, Record(part.shape.fields, nullable=True))
