"""A projection: an expression that the statement returns, and how its value becomes part of the response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.compiler.shapes import SAME, Record, Shape
from graph.cypher import ListOf, Printable


@dataclass(frozen=True, slots=True)
class Projection:
    """An expression, and the shape of its value."""

    expression: Printable
    shape: Shape = SAME


def record(parts: Mapping[str, Projection], *, nullable: bool = False) -> Projection:
    """Return the projections of a response object's fields, by response key, as one projection."""
    shape = Record({key: part.shape for key, part in parts.items()}, nullable)
    return Projection(ListOf(tuple(part.expression for part in parts.values())), shape)


def optional(part: Projection, expression: Printable) -> Projection:
    """Return the projection of a record that may be null, which another expression returns."""
    assert isinstance(part.shape, Record)
    return Projection(expression, Record(part.shape.fields, nullable=True))
