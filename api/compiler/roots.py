"""The root fields: one node, many nodes, any nodes by id, a search, what follows links, and the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from api.compiler.anything import named
from api.compiler.chains import chains_part
from api.compiler.connections import Rows, connection_part
from api.compiler.context import DEFAULT_PAGE, Context
from api.compiler.filters import before_key, condition, sought
from api.compiler.findings import indicators_part, triage_part
from api.compiler.lookup import lookup_part
from api.compiler.neighborhood import neighborhood_part
from api.compiler.objects import TYPENAME, bound_part, node_part
from api.compiler.operation import Selection
from api.compiler.orders import OrderKey, identifying, node_order, with_tie
from api.compiler.oversight import oversight_part
from api.compiler.paging import number_of
from api.compiler.parts import Part, optional, record
from api.compiler.pivots import pivoted
from api.compiler.questions import question_part
from api.compiler.reading import scanned_rows
from api.compiler.rings import rings_part
from api.compiler.search import lucene
from api.compiler.shapes import Bound, Listed, Made, Make, Shape, maker
from api.compiler.slots import Converted, Slot, slot_of
from api.compiler.statistics import statistics_part
from api.ids import label_and_key
from graph.cypher import (
    Clause,
    Item,
    ListOf,
    Literal,
    MapOf,
    Match,
    Order,
    Parameter,
    Printable,
    Procedure,
    PropertyOf,
    Union,
    Unwind,
    Variable,
    With,
    both,
    collect,
    first,
    infix,
    known,
    returning,
)
from graph.errors import BadInput
from graph.model import Node
from graph.schema import FULL_TEXT_INDEX


def root_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for a root field."""
    name = selection.name
    if name == TYPENAME:
        return Part(Literal("Query"))
    if name in _SPECIAL:
        return _SPECIAL[name](ctx, selection)
    if name in ctx.questions:
        return question_part(ctx, ctx.questions[name], selection)
    for node in ctx.model.nodes:
        if name == node.field:
            return _single(ctx, node, selection)
        if name == node.fields:
            return _plural(ctx, node, selection)
    raise ValueError(f"no root field is called {name}")


def _single(ctx: Context, node: Node, selection: Selection) -> Part:
    subject = Variable(node.label[0].lower())

    def key(given: object) -> str | None:
        found = label_and_key(str(given))
        return found[1] if found and found[0] == node.label else None

    wanted = Parameter(Converted(slot_of(selection.given("id")), key))
    part = node_part(ctx, node, subject, ctx.operation.fields(selection, node.label))
    match = Match(subject, node.label, where=infix("=", PropertyOf(subject, "key"), wanted))
    return optional(part, first(match, returning(part.expression)))


def _plural(ctx: Context, node: Node, selection: Selection) -> Part:
    subject = Variable(node.label[0].lower())
    given = selection.given("filter")
    wanted: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    where = condition(ctx, node, subject, wanted, sure=True)
    order = node_order(ctx, node, subject, selection.given("orderBy"))
    since = selection.given("since")
    if since is not None:
        instant = ctx.value(node, subject, node.since)
        where = both([infix(">=", instant, Parameter(slot_of(since))), where])
        order = order or [OrderKey(instant, node.named(node.since).type, stored=True)]
    rows = Rows(
        coordinate=f"Query.{node.fields}",
        stem=node.label,
        keys=with_tie(order, [identifying(PropertyOf(subject, "key"))]),
        read=scanned_rows(
            subject,
            node.label,
            where,
            counted=both([where, known(PropertyOf(subject, "key"))]) if sought(node, wanted) else where,
            indexed=[PropertyOf(subject, name) for name in before_key(node, wanted)],
            found=lambda every: None if since else pivoted(ctx, node, subject, wanted, every=every),
        ),
        node=lambda fields: node_part(ctx, node, subject, fields),
        node_type=node.label,
    )
    return connection_part(ctx, rows, selection)


# --- any node -----------------------------------------------------------------------------------------------------


def _by_id(ctx: Context, selection: Selection) -> Part:
    slot = Converted(slot_of(selection.given("id")), lambda text: [named(text)])
    found, shape = _any_of(ctx, selection, slot)
    return Part(Item(found, 0), shape)


def _by_many_ids(ctx: Context, selection: Selection) -> Part:
    def pairs(texts: object) -> list[list[str]]:
        assert isinstance(texts, list)
        if len(texts) > ctx.bounds.page:
            raise BadInput(f"ids has {len(texts)} entries; give at most {ctx.bounds.page} at once.")
        return [named(text) for text in texts]

    slot = Converted(slot_of(selection.given("ids")), pairs)
    with ctx.page(Converted(slot, _length)):
        found, shape = _any_of(ctx, selection, slot)
    return Part(found, Listed(shape))


def _length(items: object) -> int:
    assert isinstance(items, list)
    return len(items)


def _any_of(ctx: Context, selection: Selection, slot: Slot) -> tuple[Printable, Shape]:
    """Return the list of the nodes that pairs of label and key name, and the shape of an item."""
    pair, subject = Variable("id"), Variable("n")

    def bind(label: str) -> Clause:
        return Match(
            subject,
            label,
            where=both(
                [
                    infix("=", PropertyOf(subject, "key"), Item(pair, 1)),
                    infix("=", Item(pair, 0), Literal(label)),
                ]
            ),
        )

    union, value, shape = _any_label(ctx, selection, subject, pair, bind)
    found = first(union, returning(value))
    return collect(Unwind(Parameter(slot), pair), returning(found)), shape


def _any_label(
    ctx: Context,
    selection: Selection,
    subject: Variable,
    given: Variable,
    bind: Callable[[str], Clause],
) -> tuple[Union, Variable, Shape]:
    """Return a branch for each label that the node may have; its value says which, and holds the selection on it."""
    value = Variable("found")
    branches: list[tuple[Clause, ...]] = []
    makers: list[Make] = []
    for i, label in enumerate(ctx.model.labels):
        part = node_part(ctx, ctx.model.node(label), subject, ctx.operation.fields(selection, label))
        branches.append((bind(label), returning((ListOf((Literal(i), part.expression)), value))))
        makers.append(maker(part.shape))

    def make(found: Any, bound: Bound) -> Any:
        return None if found is None else makers[found[0]](found[1], bound)

    return Union(tuple(branches), imports=(given,)), value, Made(make)


# --- search -------------------------------------------------------------------------------------------------------


def _search(ctx: Context, selection: Selection) -> Part:
    number = number_of(selection, "first", ctx.bounds.page, default=DEFAULT_PAGE)
    node, score = Variable("n"), Variable("score")
    with ctx.page(number):
        fields = {f.key: _search_field(ctx, f, node, score) for f in ctx.operation.fields(selection, "SearchRow")}
    part = record(fields)
    limit = Parameter(number)
    rows = collect(
        Procedure(
            "db.index.fulltext.queryNodes",
            (
                Literal(FULL_TEXT_INDEX),
                Parameter(Converted(slot_of(selection.given("text")), lucene)),
                MapOf((("limit", limit),)),
            ),
            (("node", node), ("score", score)),
        ),
        With((node, score), order=(Order(score, descending=True), Order(PropertyOf(node, "key"))), limit=limit),
        returning(part.expression),
    )
    return Part(rows, Listed(part.shape))


def _search_field(ctx: Context, field: Selection, node: Variable, score: Variable) -> Part:
    if field.name == TYPENAME:
        return Part(Literal("SearchRow"))
    if field.name == "score":
        return Part(score)
    labels = [n.label for n in ctx.model.nodes if any(p.search for p in n.properties)]
    return bound_part(ctx, field, node, labels)


_SPECIAL: Mapping[str, Callable[[Context, Selection], Part]] = {
    "node": _by_id,
    "nodes": _by_many_ids,
    "search": _search,
    "indicators": indicators_part,
    "triage": triage_part,
    "connection": chains_part,
    "neighborhood": neighborhood_part,
    "rings": rings_part,
    "lookup": lookup_part,
    "statistics": statistics_part,
    "oversightSummary": oversight_part,
}
