"""The shortest chains of links between two nodes.

The database walks from both ends at once and leaves out, while it walks, what must not be on the way: a step says so
of both its nodes, since it may be walked from either. So hubs cost nothing beyond the reading of their degree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.anything import found_at, named
from api.compiler.context import Context
from api.compiler.links import is_finding, is_hub, kinds, link_part, links_of, through
from api.compiler.objects import TYPENAME, bound_part
from api.compiler.operation import Selection
from api.compiler.paging import number_of
from api.compiler.parts import Part, record
from api.compiler.shapes import Listed, Made, maker
from api.compiler.slots import Constant, Converted, Slot, Variables, slot_of
from graph.cypher import (
    Each,
    Item,
    ListOf,
    Literal,
    Not,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    ShortestPaths,
    Unwind,
    Variable,
    With,
    both,
    call,
    collect,
    either,
    first,
    infix,
    returning,
)
from graph.errors import BadInput

MOST_HOPS = 8
MOST_CHAINS = 50
LOOKED_AT = 1_000
"""Of the shortest chains, at most this many are found; those that are shown are the first of them by their keys."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """The labels and keys of two nodes, which must not be the same."""

    start: Slot
    end: Slot

    def value(self, variables: Variables) -> list[list[str]]:
        """Return the two pairs; raises `BadInput` when they are one."""
        start, end = (named(slot.value(variables)) for slot in (self.start, self.end))
        if start == end and start[0]:
            raise BadInput("from and to are the same node; give two different ones.")
        return [start, end]


def chains_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for the chains between two nodes; null when one of them is unknown."""
    ends = Parameter(Ends(slot_of(selection.given("from")), slot_of(selection.given("to"))))
    start, end, both_ends, path = (Variable(hint) for hint in ("start", "end", "ends", "path"))
    size = number_of(selection, "first", MOST_CHAINS)
    with ctx.page(size):
        fields = ctx.operation.fields(selection, "Chains")
        parts = {field.key: _field(ctx, field, path) for field in fields if field.name == "chains"}
    one = [part.expression for part in parts.values()]
    found = collect(*_paths(ctx, selection, start, end, path, size), returning(ListOf(tuple(one))))
    limit = ctx.local(size)
    places = {key: place for place, key in enumerate(parts)}
    listed = {key: maker(Listed(part.shape, at=places[key])) for key, part in parts.items()}

    def make(value: Any, bound: Any) -> dict[str, object]:
        shown, whole = value[: bound.local(limit)], len(value) <= bound.local(limit)
        simple: dict[str, object] = {TYPENAME: "Chains", "complete": whole}
        return {f.key: listed[f.key](shown, bound) if f.key in listed else simple[f.name] for f in fields}

    expression = first(
        With(((found_at(ctx, ends), both_ends),), where=infix("=", call("size", both_ends), Literal(2))),
        With(((Item(both_ends, 0), start), (Item(both_ends, 1), end))),
        returning(found),
    )
    return Part(expression, Made(lambda value, bound: None if value is None else make(value, bound)))


def _paths(
    ctx: Context, selection: Selection, start: Variable, end: Variable, path: Variable, size: Slot
) -> Sequence[Any]:
    """Return the clauses that bind the chains to show, and one more when there are more."""
    before, relationship, node, key, kind = (Variable(hint) for hint in "mrnkt")
    allowed = infix("IN", call("type", relationship), through(ctx, selection))
    hubs = bool(selection.given("includeHubs"))
    ends = ((before, start), (node, end))
    passable = both([either([infix("=", one, at), _is_passed(one, hubs=hubs)]) for one, at in ends])
    keys = Each(key, call("nodes", path), PropertyOf(key, "key"))
    types = Each(kind, call("relationships", path), ListOf((call("type", kind), PropertyOf(kind, "key"))))
    more = Parameter(Converted(size, lambda value: int(str(value)) + 1))
    hops = Parameter(number_of(selection, "maxHops", MOST_HOPS))
    return (
        ShortestPaths(
            path, start, end, before, relationship, node, kinds(ctx.model), MOST_HOPS, where=both([allowed, passable])
        ),
        With((path,), limit=Literal(LOOKED_AT)),
        With((path,), where=infix("<=", call("length", path), hops)),
        With((path,), order=(Order(keys), Order(types)), limit=more),
    )


def _is_passed(node: Variable, *, hubs: bool) -> Printable:
    """Return whether chains go through a node."""
    return Not(is_finding(node)) if hubs else both([Not(is_finding(node)), Not(is_hub(node))])


def _field(ctx: Context, selection: Selection, path: Variable) -> Part:
    """Return the part for a selection on a chain."""
    parts = {field.key: _chain_field(ctx, field, path) for field in ctx.operation.fields(selection, "Chain")}
    return record(parts)


def _chain_field(ctx: Context, field: Selection, path: Variable) -> Part:
    if field.name == TYPENAME:
        return Part(Literal("Chain"))
    if field.name == "length":
        return Part(call("length", path))
    if field.name == "links":
        relationship = Variable("r")
        part = link_part(ctx, field, "NodeLink", relationship)
        return Part(links_of(path, relationship, part), Listed(part.shape))
    node = Variable("n")
    with ctx.page(Constant(MOST_HOPS + 1)):
        part = bound_part(ctx, field, node)
    return Part(collect(Unwind(call("nodes", path), node), returning(part.expression)), Listed(part.shape))
