"""Nodes of any label: found by a global id, and compiled with a branch for each label that they may have."""

from __future__ import annotations

from api.compiler.context import Context
from api.ids import global_id, label_and_key
from graph.cypher import (
    Clause,
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
    both,
    call,
    collect,
    infix,
    returning,
)

NOWHERE = ("", "")
"""What a text that is no global id names: no node has this label."""


def named(text: object) -> list[str]:
    """Return the label and key that a global id names, as the statement reads them."""
    return list(label_and_key(str(text)) or NOWHERE)


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
