"""Nodes of any label: found by a global id, and compiled with a branch for each label that they can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.context import Context
from api.compiler.ids import global_id, label_and_key
from api.compiler.operation import Selection
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Code, Made, Make, Through, maker
from graph.cypher import (
    Case,
    Clause,
    HasLabel,
    Item,
    ListOf,
    Literal,
    Printable,
    PropertyOf,
    Subquery,
    Union,
    Unwind,
    Variable,
    all_of,
    call,
    collect,
    infix,
    returning,
)
from graph.model import Node

NodePart = Callable[[Context, Node, Variable, Sequence[Selection]], Projection]
"""What compiles a selection on a node of a known label."""
GENERIC = frozenset({"__typename", "id", "key"})
"""Fields that all nodes answer in the same way, so that they need no branches."""
NOWHERE = ("", "")
"""The label and key for a text that is not a global id: no node has this label."""


def named(text: object) -> list[str]:
    """Return the label and key in a global id, as the statement reads them."""
    return list(label_and_key(str(text)) or NOWHERE)


def found_at(ctx: Context, pairs: Printable) -> Subquery:
    """Return the list of the nodes for pairs of label and key, in their order, without unknown ones."""
    pair, subject = Variable("id"), Variable("n")

    def bind(label: str) -> Clause:
        wanted = [infix("=", PropertyOf(subject, "key"), Item(pair, 1)), infix("=", Item(pair, 0), Literal(label))]
        return ctx.match(subject, label, where=all_of(wanted))

    branches = tuple((bind(label), returning(subject)) for label in ctx.seen)
    return collect(Unwind(pairs, pair), Union(branches, imports=(pair,)), returning(subject))


def identity(ctx: Context, subject: Printable) -> Projection:
    """Return the projection of a node's global id, with the model's label."""
    known = frozenset(ctx.model.labels)

    def as_id(found: tuple[list[str], str]) -> str:
        labels, key = found
        return global_id(next((label for label in labels if label in known), labels[0]), key)

    return Projection(ListOf((call("labels", subject), PropertyOf(subject, "key"))), Through(as_id))


def any_node(
    ctx: Context, selection: Selection, subject: Variable, labels: Sequence[str], node_part: NodePart
) -> Projection:
    """Return the projection of a bound node with one of the labels; those without special selections share a branch."""
    selected = {label: ctx.operation.fields(selection, label) for label in labels}
    special = [label for label in labels if not all(field.name in GENERIC for field in selected[label])]
    plain = {
        label: maker(_Plain(label, {field.key: field.name for field in selected[label]}))
        for label in labels
        if label not in special
    }
    value: Printable = ListOf((Literal(-1), call("labels", subject), PropertyOf(subject, "key")))
    makers: list[Make] = []
    for place, label in enumerate(special):
        part = node_part(ctx, ctx.model.node(label), subject, selected[label])
        makers.append(maker(part.shape))
        value = Case(HasLabel(subject, label), ListOf((Literal(place), part.expression)), value)

    def make(found: Any, bound: Binding) -> Any:
        if found is None:
            return None
        if found[0] >= 0:
            return makers[found[0]](found[1], bound)
        for label in found[1]:
            if label in plain:
                return plain[label](found[2], bound)
        return None

    return Projection(value, Made(make))


@dataclass(frozen=True, slots=True)
class _Plain:
    """Makes the fields that all nodes answer in the same way from the key of a node with a label, by response key."""

    label: str
    fields: Mapping[str, str]

    def code(self, value: str, out: Code) -> str:
        """Return the dict."""
        known = {
            "__typename": repr(self.label),
            "id": f"{out.bind(global_id)}({self.label!r}, {value})",
            "key": value,
        }
        return f"{{{', '.join(f'{response!r}: {known[name]}' for response, name in self.fields.items())}}}"
