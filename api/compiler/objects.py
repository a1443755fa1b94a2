"""Compiles a selection on one node: its properties, its links to one, and its connections, as one list by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from api.compiler.anything import any_node
from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.filters import condition, link_count
from api.compiler.ids import global_id
from api.compiler.keyset import identifying, node_order, with_tie
from api.compiler.operation import Selection
from api.compiler.paths import chosen, path_to
from api.compiler.polymorphic import pointer_part
from api.compiler.projection import Projection, optional, record
from api.compiler.row_sources import bound_rows
from api.compiler.shapes import Through
from api.compiler.values import returned
from graph.cypher import (
    NULL,
    TRUE,
    Case,
    Literal,
    Printable,
    PropertyOf,
    Variable,
    With,
    first_value,
    is_not_null,
    returning,
)
from graph.model import Link, Node, Point, Property

TYPENAME = "__typename"


def node_part(ctx: Context, node: Node, subject: Variable, selections: Sequence[Selection]) -> Projection:
    """Return the projection of a bound node with a label."""
    return record({selection.key: _field(ctx, node, subject, selection) for selection in selections})


def _field(ctx: Context, node: Node, subject: Variable, selection: Selection) -> Projection:
    name = selection.name
    if name == TYPENAME:
        return Projection(Literal(node.label))
    if name == "id":
        return Projection(PropertyOf(subject, "key"), Through(partial(global_id, node.label)))
    pointer = ctx.model.pointer(node.label, name)
    if pointer is not None:
        return pointer_part(ctx, pointer, subject, selection, node_part)
    declared = ctx.fields.nodes.get((node.label, name))
    if declared is not None:
        return declared(ctx, selection, subject)
    link = ctx.model.links(node.label).get(name)
    if link is None:
        return property_part(ctx, node.label, node.named(name), subject, selection)
    return _connection(ctx, link, subject, selection) if link.many else _one(ctx, link, subject, selection)


def property_part(ctx: Context, owner: str, prop: Property, subject: Variable, selection: Selection) -> Projection:
    """Return the projection of a property of a node or relationship that the actor may see."""
    value = PropertyOf(subject, ctx.allow(owner, prop).name)
    if prop.type is not Point:
        return Projection(returned(prop, value))
    fields = ctx.operation.fields(selection, "GeoPoint")
    place = record({f.key: Projection(_component(value, f.name)) for f in fields})
    return optional(place, Case(is_not_null(value), place.expression, NULL))


def _component(value: PropertyOf, name: str) -> Printable:
    return Literal("GeoPoint") if name == TYPENAME else PropertyOf(value, name)


def _one(ctx: Context, link: Link, subject: Variable, selection: Selection) -> Projection:
    target = Variable(link.target[0].lower())
    fields = ctx.operation.fields(selection, link.target)
    part = node_part(ctx, ctx.model.node(link.target), target, fields)
    return optional(part, first_value(*chosen(ctx, link, subject, target), returning(part.expression)))


def _connection(ctx: Context, link: Link, subject: Variable, selection: Selection) -> Projection:
    node = ctx.model.node(link.target)
    target = Variable(link.target[0].lower())
    relationship = Variable("r") if link.properties else None
    given = selection.given("filter")
    where = condition(ctx, node, target, given, sure=True) if isinstance(given, Mapping) else TRUE
    tie = PropertyOf(relationship or target, "key")
    owner = f"{link.source}.{link.name}"
    match = path_to(ctx, link, subject, target, relationship=relationship, where=where)
    rows = Rows(
        coordinate=owner,
        stem=_stem(link),
        keys=with_tie(node_order(ctx, node, target, selection.given("orderBy")), [identifying(tie)]),
        read=bound_rows(
            (target,) if relationship is None else (target, relationship),
            (match,) if link.properties else (match, With((target,), distinct=True)),
            link_count(ctx, link, subject) if where == TRUE else link_count(ctx, link, subject, target, where),
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


def bound_part(
    ctx: Context, selection: Selection, subject: Variable, labels: Sequence[str] | None = None
) -> Projection:
    """Return the projection of a selection on a bound node with one of the labels, or with any if none are given."""
    return any_node(ctx, selection, subject, ctx.model.labels if labels is None else labels, node_part)
