"""The neighborhood of a node, ready to draw: nodes by their distance, the links between them, hubs by their counts.

It grows a ring at a time, within one expression, and each ring is cut to what is left of the limit; so what lies beyond
the limit is not read, and a hub costs the reading of its degree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.compiler.anything import found_at, named
from api.compiler.context import Context
from api.compiler.links import is_finding, is_hub, kinds, link_count, link_part, through
from api.compiler.objects import TYPENAME, bound_part
from api.compiler.operation import Selection
from api.compiler.paging import number_of
from api.compiler.parts import Part, record
from api.compiler.shapes import Bound, Listed, Made, maker
from api.compiler.slots import Converted, slot_of
from graph.cypher import (
    TRUE,
    Clause,
    Each,
    FirstOf,
    Item,
    ListOf,
    Literal,
    Not,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Reduce,
    Related,
    Subquery,
    Union,
    Unwind,
    Variable,
    With,
    both,
    call,
    collect,
    either,
    first,
    infix,
    known,
    returning,
)

MOST_DEPTH = 4
MOST_NODES = 500
HUB_READ = 1_000
"""Links that are read of a hub that is walked through: more than can be shown."""
NODE, DISTANCE, LINK = 0, 1, 2
"""What the statement keeps of a found node: itself, its distance, and a link that led to it."""


def neighborhood_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for the neighborhood of a node; null when it is unknown."""
    wanted = Parameter(Converted(slot_of(selection.given("id")), lambda text: [named(text)]))
    size = number_of(selection, "first", MOST_NODES)
    allowed = through(ctx, selection)
    roots, found, shown = Variable("roots"), Variable("found"), Variable("shown")
    more = Parameter(Converted(size, lambda value: int(str(value)) + 1))
    fields = ctx.operation.fields(selection, "Neighborhood")
    with ctx.page(size):
        parts = {field.key: _field(ctx, field, found, shown, size, allowed) for field in fields}
    part = record(parts)
    expression = first(
        With(((found_at(ctx, wanted), roots),), where=infix("=", call("size", roots), Literal(1))),
        With(((_grown(ctx, selection, Item(roots, 0), more, allowed), found),)),
        With((found, (FirstOf(found, Parameter(size)), shown))),
        returning(part.expression),
    )
    make = maker(part.shape)

    def shape(value: Any, bound: Bound) -> Any:
        return None if value is None else make(value, bound)

    return Part(expression, Made(shape))


def _grown(ctx: Context, selection: Selection, root: Printable, more: Parameter, allowed: Parameter) -> Printable:
    """Return the found nodes, nearest first, at most one more than may be shown."""
    found, distance, entry = Variable("s"), Variable("i"), Variable("e")
    node, relationship, other = Variable("n"), Variable("r"), Variable("m")
    hubs = bool(selection.given("includeHubs"))
    depth = Parameter(number_of(selection, "depth", MOST_DEPTH))
    before = infix("-", distance, Literal(1))
    outermost = Each(entry, found, Item(entry, NODE), where=infix("=", Item(entry, DISTANCE), before))
    step = Related(node, relationship, other, kinds(ctx.model), where=_of_kind(relationship, allowed))
    bounded = Union(((step, returning(relationship, other, limit=Literal(HUB_READ))),), imports=(node,))
    new = Not(infix("IN", other, Each(entry, found, Item(entry, NODE))))
    passable = either([infix("=", node, root), Not(is_finding(node))])
    ring = collect(
        Unwind(outermost, node),
        With((node,), where=both([passable, TRUE if hubs else Not(is_hub(node))])),
        bounded if hubs else step,
        With((other, (call("head", call("collect", relationship)), relationship)), where=new),
        With((other, relationship), order=_by_key(other), limit=more),
        returning(ListOf((other, distance, relationship))),
    )
    room = infix("-", more, call("size", found))
    return Reduce(
        found,
        ListOf((ListOf((root, Literal(0), Literal(None))),)),
        distance,
        call("range", Literal(1), depth),
        infix("+", found, FirstOf(ring, room)),
    )


def _of_kind(relationship: Variable, allowed: Parameter) -> Printable:
    return infix("IN", call("type", relationship), allowed)


def _by_key(node: Printable) -> tuple[Order, ...]:
    return Order(PropertyOf(node, "key")), Order(Item(call("labels", node), 0))


def _field(ctx: Context, field: Selection, found: Variable, shown: Variable, size: Any, allowed: Parameter) -> Part:
    if field.name == TYPENAME:
        return Part(Literal("Neighborhood"))
    if field.name == "truncated":
        return Part(infix(">", call("size", found), Parameter(size)))
    if field.name == "links":
        relationship = Variable("r")
        part = link_part(ctx, field, "NodeLink", relationship)
        links = collect(*_links(ctx, shown, relationship, allowed), returning(part.expression))
        return Part(links, Listed(part.shape))
    entry, node, distance = Variable("e"), Variable("n"), Variable("d")
    parts = {inner.key: _node_field(ctx, inner, node, distance) for inner in ctx.operation.fields(field, "Neighbor")}
    part = record(parts)
    nodes = collect(
        Unwind(shown, entry),
        With(((Item(entry, NODE), node), (Item(entry, DISTANCE), distance))),
        returning(part.expression),
    )
    return Part(nodes, Listed(part.shape))


def _node_field(ctx: Context, field: Selection, node: Variable, distance: Variable) -> Part:
    simple: dict[str, Printable] = {
        TYPENAME: Literal("Neighbor"),
        "distance": distance,
        "linkCount": link_count(node),
        "isHub": is_hub(node),
    }
    return Part(simple[field.name]) if field.name in simple else bound_part(ctx, field, node)


def _links(ctx: Context, shown: Variable, relationship: Variable, allowed: Parameter) -> Sequence[Clause]:
    """Return the clauses that bind the links between nodes that are shown: those of each that is no hub, and those by
    which nodes were found."""
    entry, node, other = Variable("e"), Variable("n"), Variable("m")
    nodes = Each(entry, shown, Item(entry, NODE))
    inside = both([_of_kind(relationship, allowed), infix("IN", other, nodes)])
    between: Subquery = collect(
        Unwind(nodes, node),
        With((node,), where=Not(is_hub(node))),
        Related(node, relationship, other, kinds(ctx.model), where=inside),
        With((relationship,), distinct=True),
        returning(relationship),
    )
    led = Each(entry, shown, Item(entry, LINK), where=known(Item(entry, LINK)))
    start, end = call("startNode", relationship), call("endNode", relationship)
    order = (Order(call("type", relationship)), *_by_key(start), *_by_key(end), Order(PropertyOf(relationship, "key")))
    return (
        Unwind(infix("+", led, between), relationship),
        With((relationship,), distinct=True),
        With((relationship,), order=order),
    )
