"""Pointers of the model: compiles the nodes of any label that they lead to, by the label found there."""

from __future__ import annotations

from collections.abc import Sequence

from api.compiler.anything import NodePart, any_node
from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.paths import ONE
from api.compiler.projection import Projection, record
from api.compiler.shapes import Listed
from graph.cypher import (
    Literal,
    Order,
    PropertyOf,
    Step,
    Variable,
    With,
    collect,
    first_value,
    returning,
)
from graph.model import Pointer

USUAL = Constant(5)
"""How many nodes a pointer to many is assumed to lead to, when an operation's cost is counted."""


def pointer_part(
    ctx: Context, pointer: Pointer, subject: Variable, selection: Selection, node_part: NodePart
) -> Projection:
    """Return the projection of a bound node's pointer: the first node that it leads to, or a row for each."""
    target, relationship = Variable("n"), Variable("r")
    match = ctx.match(subject, steps=(Step(pointer.type, ">", target, None, relationship),))
    order = (Order(PropertyOf(relationship, "place")),)
    labels = ctx.model.ends(pointer.type)
    if not pointer.row:
        part = any_node(ctx, selection, target, labels, node_part)
        return Projection(
            first_value(match, With((target,), order=order, limit=ONE), returning(part.expression)), part.shape
        )
    with ctx.page(USUAL):
        fields = {
            field.key: _row_field(ctx, pointer, field, target, relationship, labels, node_part)
            for field in ctx.operation.fields(selection, pointer.row)
        }
    row = record(fields)
    rows = collect(match, With((target, relationship), order=order), returning(row.expression))
    return Projection(rows, Listed(row.shape))


def _row_field(
    ctx: Context,
    pointer: Pointer,
    field: Selection,
    target: Variable,
    relationship: Variable,
    labels: Sequence[str],
    node_part: NodePart,
) -> Projection:
    if field.name == "__typename":
        return Projection(Literal(pointer.row))
    if field.name == "node":
        return any_node(ctx, field, target, labels, node_part)
    return Projection(PropertyOf(relationship, field.name))
