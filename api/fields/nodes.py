"""The root fields that find nodes: any nodes by their global ids, and two fields for each label of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from api.compiler.access_paths import pivoted
from api.compiler.anything import named
from api.compiler.arguments import argument_slot
from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.filters import before_key, condition, sought
from api.compiler.ids import label_and_key
from api.compiler.keyset import OrderKey, identifying, node_order, with_tie
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Converted, ValueSource, slot_of
from api.compiler.projection import Projection, optional
from api.compiler.row_sources import scanned_rows
from api.compiler.shapes import Binding, Listed, Made, Make, Shape, maker
from api.compiler.text_paths import by_text
from api.fields.field import Capability, Field
from api.schema.connections import node_arguments
from api.schema.limits import AtMost
from api.schema.objects import NODE
from api.schema.registry import Argument, words
from graph.cypher import (
    Clause,
    Item,
    ListOf,
    Literal,
    Parameter,
    Printable,
    PropertyOf,
    Union,
    Unwind,
    Variable,
    all_of,
    collect,
    first_value,
    infix,
    is_not_null,
    returning,
)
from graph.model import Model, Node

IDS = Argument("ids", "[ID!]!", "Global ids; one may be given more than once.", limit=AtMost())


def capability(model: Model) -> Capability:
    """Return the root fields that find the nodes of a model."""
    return Capability(queries=(NODE_BY_ID, NODES_BY_IDS, *_of_labels(model)))


def _of_labels(model: Model) -> Iterator[Field[[], Projection]]:
    for node in model.nodes:
        yield Field(
            node.field,
            node.label,
            f"The {words(node.field)} of that global id, or null. {node.doc}",
            partial(_single, node=node),
            (Argument("id", "ID!", f"The global id of the {words(node.field)}."),),
        )
        arguments = node_arguments(node.label)
        if node.since:
            doc = (
                f"Only those whose {node.since} is this instant or later; the order is then by it, unless one is given."
            )
            arguments = (Argument("since", "DateTime", doc), *arguments)
        yield Field(
            node.fields,
            f"{node.label}Connection!",
            f"All {words(node.fields)}. {node.doc}",
            partial(_plural, node=node),
            arguments,
        )


def _single(ctx: Context, selection: Selection, *, node: Node) -> Projection:
    subject = Variable(node.label[0].lower())

    def key(given: object) -> str | None:
        found = label_and_key(str(given))
        return found[1] if found and found[0] == node.label else None

    wanted = Parameter(Converted(slot_of(selection.given("id")), key))
    part = node_part(ctx, node, subject, ctx.operation.fields(selection, node.label))
    match = ctx.match(subject, node.label, where=infix("=", PropertyOf(subject, "key"), wanted))
    return optional(part, first_value(match, returning(part.expression)))


def _plural(ctx: Context, selection: Selection, *, node: Node) -> Projection:
    subject = Variable(node.label[0].lower())
    given = selection.given("filter")
    wanted: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    where = condition(ctx, node, subject, wanted, sure=True)
    order = node_order(ctx, node, subject, selection.given("orderBy"))
    since = selection.given("since")
    if since is not None:
        instant = ctx.value(node, subject, node.since)
        where = all_of([infix(">=", instant, Parameter(slot_of(since))), where])
        order = order or [OrderKey(instant, node.named(node.since).type, stored=True)]
    rows = Rows(
        coordinate=f"Query.{node.fields}",
        stem=node.label,
        keys=with_tie(order, [identifying(PropertyOf(subject, "key"))]),
        read=scanned_rows(
            ctx,
            subject,
            node.label,
            where,
            counted=all_of([where, is_not_null(PropertyOf(subject, "key"))]) if sought(node, wanted) else where,
            indexed=[PropertyOf(subject, name) for name in before_key(node, wanted)],
            found=lambda every: None if since else _found(ctx, node, subject, wanted, where, every=every),
        ),
        node=lambda fields: node_part(ctx, node, subject, fields),
        node_type=node.label,
    )
    return connection_part(ctx, rows, selection)


def _found(
    ctx: Context, node: Node, subject: Variable, wanted: Mapping[str, object], where: Printable, *, every: bool
) -> Sequence[Clause] | None:
    """Return clauses that find the nodes in a better way than one by one, if there are any.

    A page alone is read in order, because a part of a text that many have soon fills it.
    """
    found = pivoted(ctx, node, subject, wanted, every=every)
    return found or (by_text(ctx, node, subject, wanted, where) if every else None)


def _by_id(ctx: Context, selection: Selection) -> Projection:
    slot = Converted(slot_of(selection.given("id")), lambda text: [named(text)])
    found, shape = _any_of(ctx, selection, slot)
    return Projection(Item(found, 0), shape)


def _by_many_ids(ctx: Context, selection: Selection) -> Projection:
    def pairs(texts: object) -> list[list[str]]:
        assert isinstance(texts, list)
        return [named(text) for text in texts]

    slot = Converted(argument_slot(ctx, selection, IDS), pairs)
    with ctx.page(Converted(slot, _length)):
        found, shape = _any_of(ctx, selection, slot)
    return Projection(found, Listed(shape))


def _length(items: object) -> int:
    assert isinstance(items, list)
    return len(items)


def _any_of(ctx: Context, selection: Selection, slot: ValueSource) -> tuple[Printable, Shape]:
    """Return the list of the nodes for pairs of label and key, and the shape of an item."""
    pair, subject = Variable("id"), Variable("n")

    def bind(label: str) -> Clause:
        return ctx.match(
            subject,
            label,
            where=all_of(
                [
                    infix("=", PropertyOf(subject, "key"), Item(pair, 1)),
                    infix("=", Item(pair, 0), Literal(label)),
                ]
            ),
        )

    union, value, shape = _any_label(ctx, selection, subject, pair, bind)
    found = first_value(union, returning(value))
    return collect(Unwind(Parameter(slot), pair), returning(found)), shape


def _any_label(
    ctx: Context,
    selection: Selection,
    subject: Variable,
    given: Variable,
    bind: Callable[[str], Clause],
) -> tuple[Union, Variable, Shape]:
    """Return a branch for each label that the node can have; its value says which, and holds the selection on it."""
    value = Variable("found")
    branches: list[tuple[Clause, ...]] = []
    makers: list[Make] = []
    for i, label in enumerate(ctx.seen):
        part = node_part(ctx, ctx.model.node(label), subject, ctx.operation.fields(selection, label))
        branches.append((bind(label), returning((ListOf((Literal(i), part.expression)), value))))
        makers.append(maker(part.shape))

    def make(found: Any, bound: Binding) -> Any:
        return None if found is None else makers[found[0]](found[1], bound)

    return Union(tuple(branches), imports=(given,)), value, Made(make)


NODE_BY_ID = Field(
    "node", NODE, "The node of that global id, or null.", _by_id, (Argument("id", "ID!", "A global id."),)
)
NODES_BY_IDS = Field(
    "nodes",
    f"[{NODE}]!",
    "The nodes of those global ids, in their order; null where there is none.",
    _by_many_ids,
    (IDS,),
)
