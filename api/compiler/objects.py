"""A selection on one node: its properties, its links to one, and its connections, as one list by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from api.compiler.anything import any_node
from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.filters import condition, link_count
from api.compiler.operation import Selection
from api.compiler.orders import identifying, node_order, with_tie
from api.compiler.parts import Part, optional, record
from api.compiler.paths import chosen, path_to
from api.compiler.pointers import pointer_part
from api.compiler.reading import bound_rows
from api.compiler.shapes import Through
from api.compiler.timeline import TIMELINE, timeline_part
from api.compiler.values import returned
from api.ids import global_id
from graph.cypher import (
    NULL,
    TRUE,
    Case,
    Literal,
    Printable,
    PropertyOf,
    Variable,
    With,
    first,
    known,
    returning,
)
from graph.model import Link, Node, Point, Property

TYPENAME = "__typename"


def node_part(ctx: Context, node: Node, subject: Variable, selections: Sequence[Selection]) -> Part:
    """Return the part for a bound node of a label."""
    return record({selection.key: _field(ctx, node, subject, selection) for selection in selections})


def _field(ctx: Context, node: Node, subject: Variable, selection: Selection) -> Part:
    name = selection.name
    if name == TYPENAME:
        return Part(Literal(node.label))
    if name == "id":
        return Part(PropertyOf(subject, "key"), Through(partial(global_id, node.label)))
    pointer = ctx.model.pointer(node.label, name)
    if pointer is not None:
        return pointer_part(ctx, pointer, subject, selection, node_part)
    if (node.label, name) == TIMELINE:
        return timeline_part(ctx, selection, subject, node_part)
    link = ctx.model.links(node.label).get(name)
    if link is None:
        return property_part(ctx, node.label, node.named(name), subject, selection)
    return _connection(ctx, link, subject, selection) if link.many else _one(ctx, link, subject, selection)


def property_part(ctx: Context, owner: str, prop: Property, subject: Variable, selection: Selection) -> Part:
    """Return the part for a property of a node or a relationship that the actor may see."""
    value = PropertyOf(subject, ctx.allow(owner, prop).name)
    if prop.type is not Point:
        return Part(returned(prop, value))
    fields = ctx.operation.fields(selection, "GeoPoint")
    place = record({f.key: Part(_component(value, f.name)) for f in fields})
    return optional(place, Case(known(value), place.expression, NULL))


def _component(value: PropertyOf, name: str) -> Printable:
    return Literal("GeoPoint") if name == TYPENAME else PropertyOf(value, name)


def _one(ctx: Context, link: Link, subject: Variable, selection: Selection) -> Part:
    target = Variable(link.target[0].lower())
    fields = ctx.operation.fields(selection, link.target)
    part = node_part(ctx, ctx.model.node(link.target), target, fields)
    return optional(part, first(*chosen(link, subject, target), returning(part.expression)))


def _connection(ctx: Context, link: Link, subject: Variable, selection: Selection) -> Part:
    node = ctx.model.node(link.target)
    target = Variable(link.target[0].lower())
    relationship = Variable("r") if link.properties else None
    given = selection.given("filter")
    where = condition(ctx, node, target, given, sure=True) if isinstance(given, Mapping) else TRUE
    tie = PropertyOf(relationship or target, "key")
    owner = f"{link.source}.{link.name}"
    match = path_to(link, subject, target, relationship=relationship, where=where)
    distinct = not link.properties and (not link.one_hop or link.hops[0].direction == "-")
    rows = Rows(
        coordinate=owner,
        stem=_stem(link),
        keys=with_tie(node_order(ctx, node, target, selection.given("orderBy")), [identifying(tie)]),
        read=bound_rows(
            (target,) if relationship is None else (target, relationship),
            (match, With((target,), distinct=True)) if distinct else (match,),
            link_count(link, subject) if where == TRUE else link_count(link, subject, target, where),
        ),
        node=lambda fields: node_part(ctx, node, target, fields),
        node_type=link.target,
        edge=lambda f: property_part(ctx, owner, _edge_property(link, f.name), relationship or target, f),
    )
    return connection_part(ctx, rows, selection)


def _stem(link: Link) -> str:
    return f"{link.source}{link.name[0].upper()}{link.name[1:]}" if link.properties else link.target


def _edge_property(link: Link, name: str) -> Property:
    return next(prop for prop in link.properties if prop.name == name)


def bound_part(ctx: Context, selection: Selection, subject: Variable, labels: Sequence[str] | None = None) -> Part:
    """Return the part for a selection on a bound node that has one of the labels, any when none are given."""
    return any_node(ctx, selection, subject, ctx.model.labels if labels is None else labels, node_part)
