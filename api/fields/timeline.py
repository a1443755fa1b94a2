"""A child's timeline: what all agencies have on record about one child, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.compiler.arguments import day_asked
from api.compiler.context import Context
from api.compiler.objects import bound_part, node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.projection import Projection, optional
from api.compiler.shapes import Listed, Through
from api.compiler.values import returned
from api.fields.field import Capability, CompiledObject, Enumerated, Field
from api.fields.timeline_facts import FACTS, PLACES, Fact, Place
from api.schema.objects import NODE
from api.schema.registry import Argument
from graph.cypher import (
    NULL,
    Case,
    Clause,
    Item,
    ListOf,
    Literal,
    MapOf,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Union,
    Unwind,
    Variable,
    With,
    all_of,
    call,
    collect,
    first_value,
    infix,
    is_not_null,
    returning,
)
from graph.model import Hop, Property

KIND = "TimelineKind"
EXPECTED = 100
"""How many entries are assumed when an operation's cost is counted."""
LABELS = tuple(dict.fromkeys(place.label for place in PLACES))
RANKS = {fact.kind: rank for rank, fact in enumerate(FACTS)}
OUTCOME = "outcome"
DAY, RANK, CODES, AGENCY, RECORDED = range(5)
"""What the statement keeps for a fact."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry in a statement: the record, the record again if its source is the fact's, and what is kept of it."""

    node: Variable
    origin: Variable
    fact: Variable


def timeline_part(ctx: Context, selection: Selection, child: Variable) -> Projection:
    """Return the projection of the entries of a child's timeline; raises `Forbidden` when one may not be seen."""
    day = Parameter(day_asked(selection))
    node, origin, fact = Variable("n"), Variable("origin"), Variable("fact")
    with ctx.page(Constant(EXPECTED)):
        part = ENTRY.part(ctx, selection, _Entry(node, origin, fact))
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
    return Projection(entries, Listed(part.shape))


def _branch(
    ctx: Context, place: Place, child: Variable, node: Variable, origin: Variable, fact: Variable
) -> tuple[Clause, ...]:
    """Return the clauses that bind each fact of a place, its node, and the node again if its source is the fact's."""
    link, agency, code = Variable("r"), Variable("a"), Variable("code")
    found: Clause = With(((child, node),))
    if place.hops:
        last = place.hops[-1] if place.owner else None
        named = {place.label: node, "Agency": agency}
        steps = [
            Step(hop.type, hop.direction, named.get(hop.label), None, link if hop is last else None)
            for hop in place.hops
        ]
        found = ctx.match(child, steps=steps)
    owned = link if place.owner else node
    kept = (node, link) if place.owner else (node,)
    on_way = agency if any(hop.label == "Agency" for hop in place.hops) else None
    return (
        found,
        With((*kept, (_agency(ctx, place, owned, node, on_way), code)), distinct=True),
        Unwind(ListOf(tuple(_fact(ctx, place, one, owned, code, child) for one in place.facts)), fact),
        returning(node, (NULL if place.owner else node, origin), fact),
    )


def _fact(ctx: Context, place: Place, fact: Fact, owned: Variable, code: Variable, child: Variable) -> Printable:
    properties = _properties(ctx, place)
    seen = {name: ctx.allow(place.owner or place.label, properties[name]) for name in (fact.day, *fact.codes)}
    day: Printable = PropertyOf(owned, fact.day)
    if seen[fact.day].type is datetime:
        day = Case(is_not_null(day), _utc_day(day), NULL)
    said = {name: _code(seen[name], PropertyOf(owned, name)) for name in fact.codes}
    if place.own and OUTCOME in said:
        said[OUTCOME] = call("coalesce", _own_outcome(ctx, place.own, child, owned), said[OUTCOME])
    codes = ListOf(tuple(said.values()))
    own = [name for name in ("recordedOn", "reportedOn") if place.owner and name in properties]
    recorded: Printable = PropertyOf(owned, own[0]) if own else NULL
    return ListOf((day, Literal(RANKS[fact.kind]), codes, code, recorded))


def _own_outcome(ctx: Context, own: Hop, child: Variable, node: Variable) -> Printable:
    """Return the child's own outcome; if there are several, a missed hearing comes first."""
    link = Variable("own")
    outcome = PropertyOf(link, OUTCOME)
    return first_value(
        ctx.match(child, steps=(Step(own.type, own.direction, node, None, link),), where=is_not_null(outcome)),
        returning(outcome, order=(Order(infix("<>", outcome, Literal("MISSED"))), Order(outcome)), limit=Literal(1)),
    )


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
    ways = [_office(ctx, node, way, code) for way in (place.agency, place.otherwise) if way]
    return NULL if not ways else ways[0] if len(ways) == 1 else call("coalesce", *ways)


def _office(ctx: Context, node: Variable, way: Sequence[Hop], code: str) -> Printable:
    """Return the code of the agency that a way leads to, or of the first of several."""
    agency = Variable("a")
    *before, last = way
    steps = [*(Step(hop.type, hop.direction) for hop in before), Step(last.type, last.direction, agency)]
    value = PropertyOf(agency, code)
    return first_value(ctx.match(node, steps=steps), returning(value, order=(Order(value),), limit=Literal(1)))


def _summary(found: list[Any]) -> str:
    """Return the title of a fact with its codes: `Hearing: MASTER, MISSED`."""
    codes = [code for code in found[1] if code is not None]
    title = FACTS[found[0]].title
    return f"{title}: {', '.join(codes)}" if codes else title


def _recorded(ctx: Context, origin: Variable, fact: Variable) -> Printable:
    """Return the first day, on or after the day of the fact, on which a source recorded the node.

    What a source recorded before cannot have said anything about the fact.
    """
    link = Variable("r")
    for label in LABELS:
        properties = ctx.model.links(label)["sources"].properties
        ctx.allow(f"{label}.sources", next(prop for prop in properties if prop.name == "recordedAt"))
    instant = PropertyOf(link, "recordedAt")
    happened = infix(">=", _utc_day(instant), Item(fact, DAY))
    match = ctx.match(
        origin, steps=(Step("FROM_SOURCE", ">", None, None, link),), where=all_of([is_not_null(instant), happened])
    )
    return first_value(match, returning(_utc_day(instant), order=(Order(instant),), limit=Literal(1)))


def _source(ctx: Context, selection: Selection, entry: _Entry) -> Projection:
    """Return the projection of the source that recorded the node first."""
    source, link = Variable("s"), Variable("r")
    part = node_part(ctx, ctx.model.node("Source"), source, ctx.operation.fields(selection, "Source"))
    order = (Order(PropertyOf(link, "recordedAt")), Order(PropertyOf(source, "key")))
    found = first_value(
        ctx.match(entry.origin, steps=(Step("FROM_SOURCE", ">", source, None, link),)),
        With((source, link), order=order, limit=Literal(1)),
        returning(part.expression),
    )
    return optional(part, found)


def _recorded_on(ctx: Context, selection: Selection, entry: _Entry) -> Projection:
    own = Item(entry.fact, RECORDED)
    return Projection(call("toString", call("coalesce", own, _recorded(ctx, entry.origin, entry.fact))))


ENTRY: CompiledObject[[_Entry]] = CompiledObject(
    "TimelineEntry",
    "Something on record about a child, with its day.",
    (
        Field(
            "on",
            "Date!",
            "Day on which it happened, or is to.",
            lambda ctx, _, entry: Projection(call("toString", Item(entry.fact, DAY))),
        ),
        Field(
            "kind",
            f"{KIND}!",
            "What it is.",
            lambda ctx, _, entry: Projection(Item(entry.fact, RANK), Through(lambda rank: FACTS[rank].kind)),
        ),
        Field(
            "summary",
            "String!",
            "What it is in words, with the record's own codes; no names or numbers.",
            lambda ctx, _, entry: Projection(
                ListOf((Item(entry.fact, RANK), Item(entry.fact, CODES))), Through(_summary)
            ),
        ),
        Field(
            "agency",
            "String",
            "Code of the agency that did, reported or was told it. Null when unknown.",
            lambda ctx, _, entry: Projection(Item(entry.fact, AGENCY)),
        ),
        Field(
            "node",
            f"{NODE}!",
            "The record that says so.",
            lambda ctx, selection, entry: bound_part(ctx, selection, entry.node, LABELS),
        ),
        Field("source", "Source", "The source that recorded it first. Null when unknown.", _source),
        Field(
            "recordedOn",
            "Date",
            "Day on which a source first recorded it after it happened, in UTC. Null when unknown.",
            _recorded_on,
        ),
    ),
)
KINDS = Enumerated(KIND, "What a fact of a timeline is.", {fact.kind: (fact.kind, f"{fact.title}.") for fact in FACTS})
TIMELINE = Field(
    "timeline",
    "[TimelineEntry!]!",
    "What all agencies have on record about the child, in the order in which it happened: each fact with its source "
    "and when that recorded it. Facts without a day are left out.",
    timeline_part,
    (Argument("asOf", "Date", "Only facts dated up to this day. Today in UTC unless given."),),
)
CAPABILITY = Capability(types=(KINDS, ENTRY), nodes={"Child": (TIMELINE,)})
