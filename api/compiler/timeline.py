"""A child's timeline: what all agencies have on record about one child, in the order in which it happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from api.compiler.anything import NodePart, any_node
from api.compiler.context import Context
from api.compiler.facts import FACTS, PLACES, Fact, Place
from api.compiler.operation import Selection
from api.compiler.parts import Part, optional, record
from api.compiler.shapes import Listed, Through
from api.compiler.slots import Constant, Today, slot_of
from api.compiler.values import returned
from graph.cypher import (
    NULL,
    Case,
    Clause,
    Item,
    ListOf,
    Literal,
    MapOf,
    Match,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Union,
    Unwind,
    Variable,
    With,
    call,
    collect,
    first,
    infix,
    known,
    returning,
)
from graph.model import Property

TIMELINE = ("Child", "timeline")
ENTRY = "TimelineEntry"
EXPECTED = 100
"""As many entries are accounted for in an operation's cost."""
LABELS = tuple(dict.fromkeys(place.label for place in PLACES))
RANKS = {fact.kind: rank for rank, fact in enumerate(FACTS)}
DAY, RANK, CODES, AGENCY, RECORDED = range(5)
"""What the statement keeps of a fact."""


def timeline_part(ctx: Context, selection: Selection, child: Variable, node_part: NodePart) -> Part:
    """Return the part for the entries of a child's timeline; raises `Forbidden` when one may not be seen."""
    given = selection.given("asOf")
    day = Parameter(Today() if given is None else slot_of(given))
    node, origin, fact = Variable("n"), Variable("origin"), Variable("fact")

    def field(inner: Selection) -> Part:
        if inner.name == "node":
            return any_node(ctx, inner, node, LABELS, node_part)
        if inner.name == "source":
            return _source(ctx, inner, origin, node_part)
        return _simple(ctx, inner.name, fact, origin)

    with ctx.page(Constant(EXPECTED)):
        part = record({inner.key: field(inner) for inner in ctx.operation.fields(selection, ENTRY)})
    branches = tuple(_branch(ctx, place, child, node, origin, fact) for place in PLACES)
    entries = collect(
        Union(branches, imports=(child,)),
        With((node, origin, fact), where=infix("<=", Item(fact, DAY), day)),
        With(
            (node, origin, fact),
            order=(Order(Item(fact, DAY)), Order(Item(fact, RANK)), Order(PropertyOf(node, "key")), Order(fact)),
        ),
        returning(part.expression),
    )
    return Part(entries, Listed(part.shape))


def _branch(
    ctx: Context, place: Place, child: Variable, node: Variable, origin: Variable, fact: Variable
) -> tuple[Clause, ...]:
    """Return the clauses that bind each fact of a place, its node, and that again where its source is the fact's."""
    link, agency, code = Variable("r"), Variable("a"), Variable("code")
    found: Clause = With(((child, node),))
    if place.hops:
        last = place.hops[-1] if place.owner else None
        named = {place.label: node, "Agency": agency}
        steps = [
            Step(hop.type, hop.direction, named.get(hop.label), None, link if hop is last else None)
            for hop in place.hops
        ]
        found = Match(child, steps=tuple(steps))
    owned = link if place.owner else node
    kept = (node, link) if place.owner else (node,)
    on_way = agency if any(hop.label == "Agency" for hop in place.hops) else None
    return (
        found,
        With((*kept, (_agency(ctx, place, owned, node, on_way), code))),
        Unwind(ListOf(tuple(_fact(ctx, place, one, owned, code) for one in place.facts)), fact),
        returning(node, (NULL if place.owner else node, origin), fact),
    )


def _fact(ctx: Context, place: Place, fact: Fact, owned: Variable, code: Variable) -> Printable:
    properties = _properties(ctx, place)
    seen = {name: ctx.allow(place.owner or place.label, properties[name]) for name in (fact.day, *fact.codes)}
    day: Printable = PropertyOf(owned, fact.day)
    if seen[fact.day].type is datetime:
        day = Case(known(day), _utc_day(day), NULL)
    codes = ListOf(tuple(_code(seen[name], PropertyOf(owned, name)) for name in fact.codes))
    recorded: Printable = PropertyOf(owned, "recordedOn") if "recordedOn" in properties else NULL
    return ListOf((day, Literal(RANKS[fact.kind]), codes, code, recorded))


def _utc_day(instant: Printable) -> Printable:
    return call("date", call("datetime", MapOf((("datetime", instant), ("timezone", Literal("Z"))))))


def _code(prop: Property, value: Printable) -> Printable:
    if prop.type is bool:
        return Case(value, Literal(_upper(prop.name)), NULL)
    return returned(prop, value)


def _upper(name: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in name)


def _properties(ctx: Context, place: Place) -> dict[str, Property]:
    if not place.owner:
        return ctx.model.node(place.label).all_properties
    label, name = place.owner.split(".")
    return {prop.name: prop for prop in ctx.model.links(label)[name].properties}


def _agency(ctx: Context, place: Place, owned: Variable, node: Variable, on_way: Variable | None) -> Printable:
    """Return the code of the agency that a fact is about or comes from."""
    if place.reporter:
        ctx.allow(place.owner, _properties(ctx, place)[place.reporter])
        return PropertyOf(owned, place.reporter)
    code = ctx.allow("Agency", ctx.model.node("Agency").named("code")).name
    if on_way is not None:
        return PropertyOf(on_way, code)
    if not place.agency:
        return NULL
    agency = Variable("a")
    *before, last = place.agency
    steps = [*(Step(hop.type, hop.direction) for hop in before), Step(last.type, last.direction, agency)]
    value = PropertyOf(agency, code)
    return first(Match(node, steps=tuple(steps)), returning(value, order=(Order(value),), limit=Literal(1)))


def _simple(ctx: Context, name: str, fact: Variable, origin: Variable) -> Part:
    if name == "on":
        return Part(call("toString", Item(fact, DAY)))
    if name == "kind":
        return Part(Item(fact, RANK), Through(lambda rank: FACTS[rank].kind))
    if name == "summary":
        return Part(ListOf((Item(fact, RANK), Item(fact, CODES))), Through(_summary))
    if name == "agency":
        return Part(Item(fact, AGENCY))
    if name == "recordedOn":
        return Part(call("toString", call("coalesce", Item(fact, RECORDED), _recorded(ctx, origin))))
    return Part(Literal(ENTRY))


def _summary(found: list[Any]) -> str:
    """Return the title of a fact with its codes: `Hearing: MASTER, MISSED`."""
    codes = [code for code in found[1] if code is not None]
    title = FACTS[found[0]].title
    return f"{title}: {', '.join(codes)}" if codes else title


def _recorded(ctx: Context, origin: Variable) -> Printable:
    """Return the first day on which a source recorded the node."""
    link = Variable("r")
    for label in LABELS:
        properties = ctx.model.links(label)["sources"].properties
        ctx.allow(f"{label}.sources", next(prop for prop in properties if prop.name == "recordedAt"))
    instant = PropertyOf(link, "recordedAt")
    match = Match(origin, steps=(Step("FROM_SOURCE", ">", None, None, link),), where=known(instant))
    return first(match, returning(_utc_day(instant), order=(Order(instant),), limit=Literal(1)))


def _source(ctx: Context, selection: Selection, origin: Variable, node_part: NodePart) -> Part:
    """Return the part for the source that recorded the node first."""
    source, link = Variable("s"), Variable("r")
    part = node_part(ctx, ctx.model.node("Source"), source, ctx.operation.fields(selection, "Source"))
    order = (Order(PropertyOf(link, "recordedAt")), Order(PropertyOf(source, "key")))
    found = first(
        Match(origin, steps=(Step("FROM_SOURCE", ">", source, None, link),)),
        With((source, link), order=order, limit=Literal(1)),
        returning(part.expression),
    )
    return optional(part, found)
