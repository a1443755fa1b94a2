"""The neighborhood of a node, ready to draw: nodes by distance, the links between them, and hubs by their counts.

It grows one distance at a time, within one expression, and each step is cut to what is left of the limit. So nothing
beyond the limit is read, and a hub costs only the reading of its degree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.anything import found_at, named
from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.objects import bound_part
from api.compiler.operation import Selection
from api.compiler.parameters import Converted, ValueSource, slot_of
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Listed, Made, maker
from api.fields.field import Capability, CompiledObject, Field
from api.fields.links import (
    HUBS,
    LINK_KIND,
    NODE_LINK,
    THROUGH,
    is_finding,
    is_hub,
    kinds,
    link_count,
    through,
)
from api.schema.limits import Between
from api.schema.objects import NODE as ANY_NODE
from api.schema.registry import Argument
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
    Subquery,
    Union,
    Unwind,
    Variable,
    With,
    all_of,
    any_of,
    call,
    collect,
    first_value,
    infix,
    is_not_null,
    returning,
)
from graph.model.findings import FINDING_LINKS

MOST_NODES = 500
HUB_READ = 4 * MOST_NODES
"""How many links of a hub are kept while it is walked through: enough for all nodes that can be shown and as many that
were already found, each with two links."""
NODE, DISTANCE, LINK = 0, 1, 2
"""What the statement keeps for a found node: the node, its distance, and a link that led to it."""
DEPTH = Argument("depth", "Int", "Greatest distance, {limit}.", 2, limit=Between(1, 4))
FIRST = Argument("first", "Int", "Number of nodes, nearest first, {limit}.", 100, limit=Between(1, MOST_NODES))


@dataclass(frozen=True, slots=True)
class _Near:
    """What was found near a node: all of it, what is shown of it, how many nodes that is, and the kinds of links."""

    found: Variable
    shown: Variable
    size: ValueSource
    allowed: Parameter


def neighborhood_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the neighborhood of a node; null when the node is unknown."""
    wanted = Parameter(Converted(slot_of(selection.given("id")), lambda text: [named(text)]))
    size = argument_slot(ctx, selection, FIRST)
    allowed = through(ctx, selection)
    roots, found, shown = Variable("roots"), Variable("found"), Variable("shown")
    more = Parameter(Converted(size, lambda value: int(str(value)) + 1))
    with ctx.page(size):
        part = NEIGHBORHOOD.part(ctx, selection, _Near(found, shown, size, allowed))
    expression = first_value(
        With(((found_at(ctx, wanted), roots),), where=infix("=", call("size", roots), Literal(1))),
        With(((_grown(ctx, selection, Item(roots, 0), more, allowed), found),)),
        With((found, (FirstOf(found, Parameter(size)), shown))),
        returning(part.expression),
    )
    make = maker(part.shape)

    def shape(value: Any, bound: Binding) -> Any:
        return None if value is None else make(value, bound)

    return Projection(expression, Made(shape))


def _grown(ctx: Context, selection: Selection, root: Printable, more: Parameter, allowed: Parameter) -> Printable:
    """Return the found nodes, nearest first, and at most one more than may be shown."""
    found, distance, entry = Variable("s"), Variable("i"), Variable("e")
    node, relationship, other = Variable("n"), Variable("r"), Variable("m")
    hubs = bool(selection.given("includeHubs"))
    depth = Parameter(argument_slot(ctx, selection, DEPTH))
    before = infix("-", distance, Literal(1))
    outermost = Each(entry, found, Item(entry, NODE), where=infix("=", Item(entry, DISTANCE), before))
    step = ctx.related(node, relationship, other, kinds(ctx.model), where=_of_kind(relationship, allowed))
    least = returning(relationship, other, order=_by_key(other), limit=Literal(HUB_READ))
    bounded = Union(((step, least),), imports=(node,))
    new = Not(infix("IN", other, Each(entry, found, Item(entry, NODE))))
    passable = any_of([infix("=", node, root), Not(is_finding(node))])
    ring = collect(
        Unwind(outermost, node),
        With((node,), where=all_of([passable, TRUE if hubs else Not(is_hub(ctx, node))])),
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


def _nodes(ctx: Context, selection: Selection, near: _Near) -> Projection:
    entry, node, distance = Variable("e"), Variable("n"), Variable("d")
    part = NEIGHBOR.part(ctx, selection, node, distance)
    nodes = collect(
        Unwind(near.shown, entry),
        With(((Item(entry, NODE), node), (Item(entry, DISTANCE), distance))),
        returning(part.expression),
    )
    return Projection(nodes, Listed(part.shape))


def _links_shown(ctx: Context, selection: Selection, near: _Near) -> Projection:
    relationship = Variable("r")
    part = NODE_LINK.part(ctx, selection, relationship)
    links = collect(*_links(ctx, near.shown, relationship, near.allowed), returning(part.expression))
    return Projection(links, Listed(part.shape))


def _truncated(ctx: Context, selection: Selection, near: _Near) -> Projection:
    return Projection(infix(">", call("size", near.found), Parameter(near.size)))


def _by_kind(ctx: Context, selection: Selection, node: Variable, distance: Variable) -> Projection:
    """Return the projection of a node's numbers of links by kind, if it has any; no link is followed."""
    pair = Variable("k")
    counted = ListOf(tuple(ListOf((Literal(kind), _number(ctx, node, kind))) for kind in kinds(ctx.model)))
    part = KIND_COUNT.part(ctx, selection, pair)
    found = Each(pair, counted, part.expression, where=infix(">", Item(pair, 1), Literal(0)))
    return Projection(found, Listed(part.shape))


def _number(ctx: Context, node: Variable, kind: str) -> Printable:
    return ctx.degree(node, (kind,), ">" if kind in FINDING_LINKS else "-")


def _links(ctx: Context, shown: Variable, relationship: Variable, allowed: Parameter) -> Sequence[Clause]:
    """Return the clauses that bind the links between shown nodes: those of nodes that are not hubs, and those by which
    nodes were found."""
    entry, node, other = Variable("e"), Variable("n"), Variable("m")
    nodes = Each(entry, shown, Item(entry, NODE))
    inside = all_of([_of_kind(relationship, allowed), infix("IN", other, nodes)])
    between: Subquery = collect(
        Unwind(nodes, node),
        With((node,), where=Not(is_hub(ctx, node))),
        ctx.related(node, relationship, other, kinds(ctx.model), where=inside),
        With((relationship,), distinct=True),
        returning(relationship),
    )
    led = Each(entry, shown, Item(entry, LINK), where=is_not_null(Item(entry, LINK)))
    start, end = call("startNode", relationship), call("endNode", relationship)
    kind, one, two = Variable("t"), Variable("a"), Variable("b")
    alike = ((call("type", relationship), kind), (start, one), (end, two))
    return (
        Unwind(infix("+", led, between), relationship),
        With((*alike, (call("head", call("collect", relationship)), relationship))),
        With((relationship,), order=(Order(kind), *_by_key(one), *_by_key(two))),
    )


KIND_COUNT: CompiledObject[[Variable]] = CompiledObject(
    "LinkKindCount",
    "How many links of a kind a node has.",
    (
        Field("kind", f"{LINK_KIND}!", "The kind of link.", lambda ctx, _, pair: Projection(Item(pair, 0))),
        Field("count", "Int!", "Number of these links.", lambda ctx, _, pair: Projection(Item(pair, 1))),
    ),
)
NEIGHBOR: CompiledObject[[Variable, Variable]] = CompiledObject(
    "Neighbor",
    "A node in the neighborhood of another.",
    (
        Field(
            "node", f"{ANY_NODE}!", "The node.", lambda ctx, selection, node, distance: bound_part(ctx, selection, node)
        ),
        Field(
            "distance",
            "Int!",
            "Least number of links from the node asked about, which itself has 0.",
            lambda ctx, _, node, distance: Projection(distance),
        ),
        Field(
            "linkCount",
            "Int!",
            "Number of its links in the graph, but for those of findings about it.",
            lambda ctx, _, node, distance: Projection(link_count(ctx, node)),
        ),
        Field(
            "isHub",
            "Boolean!",
            "Whether it is a hub, whose links are counted and not followed unless asked.",
            lambda ctx, _, node, distance: Projection(is_hub(ctx, node)),
        ),
        Field("linksByKind", "[LinkKindCount!]!", "Its links counted by kind, as `linkCount` counts them.", _by_kind),
    ),
)
NEIGHBORHOOD: CompiledObject[[_Near]] = CompiledObject(
    "Neighborhood",
    "The nodes near a node, and the links between them.",
    (
        Field("nodes", "[Neighbor!]!", "The nodes, nearest first, then by their keys.", _nodes),
        Field(
            "links",
            "[NodeLink!]!",
            "The links between these nodes; between two hubs only what led to one.",
            _links_shown,
        ),
        Field(
            "truncated",
            "Boolean!",
            "Whether there are more nodes within the depth than were asked for.",
            _truncated,
        ),
    ),
)
CAPABILITY = Capability(
    types=(KIND_COUNT, NEIGHBOR, NEIGHBORHOOD),
    queries=(
        Field(
            "neighborhood",
            "Neighborhood",
            "The nodes within some links of a node and the links between them, ready to draw, or null when the node is "
            f"unknown. A hub is shown with the numbers of its links, which are not followed unless asked for. {HUBS}",
            neighborhood_part,
            (
                Argument("id", "ID!", "Global id of the node in the middle."),
                DEPTH,
                FIRST,
                THROUGH,
                Argument("includeHubs", "Boolean", "Whether links of hubs are followed too.", False),
            ),
        ),
    ),
)
