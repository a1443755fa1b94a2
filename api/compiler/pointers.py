"""Nodes of any label: what a pointer of the model leads to, by the label that is found there."""

from __future__ import annotations

from collections.abc import Sequence

from api.compiler.anything import NodePart, any_node
from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.paths import ONE
from api.compiler.shapes import Listed
from api.compiler.slots import Constant
from graph.cypher import (
    Literal,
    Match,
    Order,
    PropertyOf,
    Step,
    Variable,
    With,
    collect,
    first,
    returning,
)
from graph.model import Pointer

USUAL = Constant(5)
"""How many nodes a pointer to many is taken to lead to, in the account of what an operation costs."""


def pointer_part(ctx: Context, pointer: Pointer, subject: Variable, selection: Selection, node_part: NodePart) -> Part:
    """Return the part for a pointer of a bound node: the first node that it leads to, or the row of each."""
    target, relationship = Variable("n"), Variable("r")
    match = Match(subject, steps=(Step(pointer.type, ">", target, None, relationship),))
    order = (Order(PropertyOf(relationship, "place")),)
    labels = ctx.model.ends(pointer.type)
    if not pointer.row:
        part = any_node(ctx, selection, target, labels, node_part)
        return Part(first(match, With((target,), order=order, limit=ONE), returning(part.expression)), part.shape)
    with ctx.page(USUAL):
        fields = {
            field.key: _row_field(ctx, pointer, field, target, relationship, labels, node_part)
            for field in ctx.operation.fields(selection, pointer.row)
        }
    row = record(fields)
    rows = collect(match, With((target, relationship), order=order), returning(row.expression))
    return Part(rows, Listed(row.shape))


def _row_field(
    ctx: Context,
    pointer: Pointer,
    field: Selection,
    target: Variable,
    relationship: Variable,
    labels: Sequence[str],
    node_part: NodePart,
) -> Part:
    if field.name == "__typename":
        return Part(Literal(pointer.row))
    if field.name == "node":
        return any_node(ctx, field, target, labels, node_part)
    return Part(PropertyOf(relationship, field.name))
