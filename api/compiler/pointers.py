"""Nodes of any label: what a pointer of the model leads to, by the label that is found there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.paths import ONE
from api.compiler.shapes import Bound, Listed, Made, Make, maker
from api.compiler.slots import Constant
from api.ids import global_id
from graph.cypher import (
    Case,
    HasLabel,
    ListOf,
    Literal,
    Match,
    Order,
    Printable,
    PropertyOf,
    Step,
    Variable,
    With,
    call,
    collect,
    first,
    returning,
)
from graph.model import Node, Pointer

NodePart = Callable[[Context, Node, Variable, Sequence[Selection]], Part]
_GENERIC = frozenset({"__typename", "id", "key"})
"""What every node answers alike, so that no branch of its own is needed for it."""
USUAL = Constant(5)
"""How many nodes a pointer to many is taken to lead to, in the account of what an operation costs."""


def pointer_part(ctx: Context, pointer: Pointer, subject: Variable, selection: Selection, node_part: NodePart) -> Part:
    """Return the part for a pointer of a bound node: the first node that it leads to, or the row of each."""
    target, relationship = Variable("n"), Variable("r")
    match = Match(subject, steps=(Step(pointer.type, ">", target, None, relationship),))
    order = (Order(PropertyOf(relationship, "place")),)
    labels = ctx.model.ends(pointer.type)
    if not pointer.row:
        part = _any_node(ctx, selection, target, labels, node_part)
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
        return _any_node(ctx, field, target, labels, node_part)
    return Part(PropertyOf(relationship, field.name))


def _any_node(
    ctx: Context, selection: Selection, subject: Variable, labels: Sequence[str], node_part: NodePart
) -> Part:
    """Return the part for a bound node of one of the labels; those of which nothing special is asked share a branch."""
    selected = {label: ctx.operation.fields(selection, label) for label in labels}
    special = [label for label in labels if not all(field.name in _GENERIC for field in selected[label])]
    generic = {label: {field.key: field.name for field in selected[label]} for label in labels if label not in special}
    value: Printable = ListOf((Literal(-1), call("head", call("labels", subject)), PropertyOf(subject, "key")))
    makers: list[Make] = []
    for place, label in enumerate(special):
        part = node_part(ctx, ctx.model.node(label), subject, selected[label])
        makers.append(maker(part.shape))
        value = Case(HasLabel(subject, label), ListOf((Literal(place), part.expression)), value)

    def make(found: Any, bound: Bound) -> Any:
        if found is None:
            return None
        return _plain(generic, *found[1:]) if found[0] < 0 else makers[found[0]](found[1], bound)

    return Part(value, Made(make))


def _plain(generic: Mapping[str, Mapping[str, str]], label: str, key: str) -> dict[str, object]:
    values = {"__typename": label, "id": global_id(label, key), "key": key}
    return {response: values[name] for response, name in generic[label].items()}
