"""Nodes of any label: found by a global id, and compiled with a branch for each label that they may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from api.compiler.context import Context
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parts import Part
from api.compiler.shapes import Bound, Made, Make, Shape, maker
from api.ids import global_id, label_and_key
from graph.cypher import (
    Clause,
    HasLabel,
    Item,
    ListOf,
    Literal,
    Match,
    Printable,
    PropertyOf,
    Subquery,
    Union,
    Unwind,
    Variable,
    With,
    both,
    call,
    collect,
    first,
    infix,
    returning,
)

NOWHERE = ("", "")
"""What a text that is no global id names: no node has this label."""


def named(text: object) -> list[str]:
    """Return the label and key that a global id names, as the statement reads them."""
    return list(label_and_key(str(text)) or NOWHERE)


def any_label(
    ctx: Context,
    selection: Selection,
    labels: Sequence[str],
    subject: Variable,
    given: Variable,
    bind: Callable[[str], Clause],
) -> tuple[Union, Variable, Shape]:
    """Return a branch for each label that the node may have; its value says which, and holds the selection on it."""
    value = Variable("found")
    branches: list[tuple[Clause, ...]] = []
    makers: list[Make] = []
    for i, label in enumerate(labels):
        part = node_part(ctx, ctx.model.node(label), subject, ctx.operation.fields(selection, label))
        branches.append((bind(label), returning((ListOf((Literal(i), part.expression)), value))))
        makers.append(maker(part.shape))

    def make(found: Any, bound: Bound) -> Any:
        return None if found is None else makers[found[0]](found[1], bound)

    return Union(tuple(branches), imports=(given,)), value, Made(make)


def bound_part(ctx: Context, selection: Selection, subject: Variable) -> Part:
    """Return the part for a selection on a bound node whose label is not known."""
    union, value, shape = any_label(
        ctx,
        selection,
        ctx.model.labels,
        subject,
        subject,
        lambda label: With((subject,), where=HasLabel(subject, label)),
    )
    return Part(first(union, returning(value)), shape)


def found_at(ctx: Context, pairs: Printable) -> Subquery:
    """Return the list of the nodes that pairs of label and key name, in their order, less those that are unknown."""
    pair, subject = Variable("id"), Variable("n")

    def bind(label: str) -> Clause:
        wanted = [infix("=", PropertyOf(subject, "key"), Item(pair, 1)), infix("=", Item(pair, 0), Literal(label))]
        return Match(subject, label, where=both(wanted))

    branches = tuple((bind(label), returning(subject)) for label in ctx.model.labels)
    return collect(Unwind(pairs, pair), Union(branches, imports=(pair,)), returning(subject))


def identity(subject: Printable) -> ListOf:
    """Return a node's label and key; `as_id` makes them a global id."""
    return ListOf((Item(call("labels", subject), 0), PropertyOf(subject, "key")))


def as_id(pair: list[str]) -> str:
    """Return the global id of what `identity` gave."""
    return global_id(pair[0], pair[1])
