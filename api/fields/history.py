"""The history of a record: the values that each source gave, which are shown, and where systems differ.

A record has the values that are shown; the other values are in separate assertions (`graph.writing.assertions`). One
projection reads both, and `graph.writing.history` works out in memory what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from api.compiler.context import Context
from api.compiler.ids import global_id
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made, Make
from api.compiler.values import instant, instant_text, read_instant, returned
from api.fields.field import Capability, Enumerated, Field, MadeObject, told
from graph.cypher import (
    NULL,
    TRUE,
    Case,
    ListOf,
    Literal,
    Order,
    Printable,
    PropertyOf,
    Step,
    Variable,
    all_of,
    call,
    collect,
    infix,
    returning,
)
from graph.model import RECORDS, Model, Node, Point, Property
from graph.writing.assertions import ASSERTION, Known, Provenance, Word, contradicted, judged
from graph.writing.history import Reason, Said, all_said, contradictions
from graph.writing.statements import GIVES, IMPORTED, PROVENANCE

SOURCE = "Source"
EXPECTED = 20
"""How many assertions are assumed when an operation's cost is counted."""


def _listed(
    ctx: Context,
    selection: Selection,
    subject: Variable,
    *,
    node: Node,
    kind: MadeObject[[]],
    find: Callable[[Known, Sequence[str], Sequence[Said]], Sequence[object]],
) -> Projection:
    """Return the projection of a list that `find` makes from a record, its properties, and its assertions."""
    make = kind.maker(ctx, selection)

    def made(value: Any, bound: Binding) -> list[object]:
        known, words = known_of(value)
        return [make(one, bound) for one in find(known, list(known.values), words)]

    return Projection(read_record(ctx, subject, node), Made(made))


def read_record(ctx: Context, subject: Variable, node: Node) -> Printable:
    """Return the values of the properties that the actor may see, their provenance, and the assertions about them."""
    names = judged(node.all_properties)
    seen = [prop for name in names if ctx.access.may_read(node.label, prop := node.named(name))]
    with ctx.page(Constant(EXPECTED)):
        values = ListOf(tuple(ListOf((Literal(p.name), _text(p, PropertyOf(subject, p.name)))) for p in seen))
        return ListOf((values, _provenance(ctx, subject), _assertions(ctx, subject, node.label, seen)))


def _provenance(ctx: Context, subject: Variable) -> Printable:
    source, link = Variable("s"), Variable("f")
    recorded = call("coalesce", PropertyOf(link, "recordedAt"), PropertyOf(source, "extractedAt"))
    system = call("coalesce", PropertyOf(source, "system"), PropertyOf(source, "key"))
    gives, imported = PropertyOf(link, GIVES), instant(PropertyOf(link, IMPORTED))
    return collect(
        ctx.match(subject, steps=(Step(PROVENANCE, ">", source, SOURCE, link),)),
        returning(ListOf((PropertyOf(source, "key"), system, instant(recorded), gives, imported))),
    )


def _assertions(ctx: Context, subject: Variable, label: str, seen: Sequence[Property]) -> Printable:
    word = Variable("word")
    name, value = PropertyOf(word, "property"), PropertyOf(word, "value")
    plain = call("toString", value)
    text: Printable = plain
    for prop in seen:
        if (own := _text(prop, value)) != plain:
            text = Case(infix("=", name, Literal(prop.name)), own, text)
    where = all_of(
        [
            infix("=", PropertyOf(word, "about"), PropertyOf(subject, "key")),
            infix("=", PropertyOf(word, "of"), Literal(label)),
            infix("IN", name, ListOf(tuple(Literal(prop.name) for prop in seen))),
        ]
    )
    instants = [instant(PropertyOf(word, one)) for one in ("recordedAt", "supersededAt")]
    stands = call("coalesce", infix("=", PropertyOf(word, "stands"), TRUE), Literal(False))
    by = PropertyOf(word, "supersededBy")
    source, system = (NULL if SOURCE in ctx.rules else PropertyOf(word, one) for one in ("source", "system"))
    order = (name, PropertyOf(word, "supersededAt"), system, PropertyOf(word, "key"))
    columns = (name, text, source, system, *instants, by, Literal(False), stands)
    return collect(
        ctx.match(word, ASSERTION, where=where), returning(ListOf(columns), order=tuple(Order(one) for one in order))
    )


def _text(prop: Property, value: Printable) -> Printable:
    """Return a value as text, in the form of the property's own field."""
    if prop.type is Point:
        ends = (PropertyOf(value, name) for name in ("latitude", "longitude"))
        latitude, longitude = (call("toString", end) for end in ends)
        return infix("+", infix("+", latitude, Literal(", ")), longitude)
    text = returned(prop, value)
    return call("toString", value) if text == value else text


def known_of(value: Any) -> tuple[Known, list[Said]]:
    """Return what the statement found about a record, and the record's assertions."""
    values, provenance, rows = value
    words = [
        Said(name, text, source, system, read_instant(recorded), read_instant(ended), *others)
        for name, text, source, system, recorded, ended, *others in rows
    ]
    stand = [Word("", one.property, one.system, one.value) for one in words if one.stands]
    sources = [
        Provenance(key, system, read_instant(at), gives, read_instant(imported))
        for key, system, at, gives, imported in provenance
    ]
    return Known("", dict(values), sources, stand), words


def source_id(doc: str) -> Field[..., Make]:
    """Return the field of what has a source: its global id."""
    return told("sourceId", "ID", doc, lambda one: one.source and global_id(SOURCE, one.source))


REASON = Enumerated(
    "ConflictReason",
    "Why a value is shown where systems differ.",
    {
        Reason.LATEST.name: (Reason.LATEST.name, "It was given last."),
        Reason.RANK.name: (Reason.RANK.name, "Its system ranks higher, by the list of precedence."),
    },
)
ASSERTED: MadeObject[[]] = MadeObject(
    "Assertion",
    "What a source says, or said, of a property of a record.",
    (
        told("property", "String!", "The property.", lambda one: one.property),
        told("value", "String!", "The value, as text.", lambda one: one.value),
        source_id("The global id of the source; null when it is not known."),
        told(
            "system", "String", "The system that the source is of; null when it is not known.", lambda one: one.system
        ),
        told(
            "recordedAt",
            "DateTime",
            "When the source recorded it; null when it does not say.",
            lambda one: instant_text(one.recorded_at),
        ),
        told(
            "supersededAt",
            "DateTime",
            "When another value took its place; null for what is shown, and for what never was.",
            lambda one: instant_text(one.superseded_at),
        ),
        told("supersededBy", "String", "Who wrote the value that took its place.", lambda one: one.superseded_by),
        told("shown", "Boolean!", "Whether it is the value that the record shows.", lambda one: one.shown),
        told("stands", "Boolean!", "Whether its system has said nothing else since.", lambda one: one.stands),
    ),
)


def _contradictions(node: Node, known: Known, names: Sequence[str], words: Sequence[Said]) -> Sequence[object]:
    can = contradicted(node)
    return contradictions(node.label, known, [name for name in names if name in can], words)


def _conflict_words(ctx: Context, selection: Selection) -> Any:
    make = ASSERTED.maker(ctx, selection)
    return lambda conflict, bound: [make(one, bound) for one in conflict.words]


CONFLICT: MadeObject[[]] = MadeObject(
    "Conflict",
    "A property of which systems say different things now.",
    (
        told("property", "String!", "The property.", lambda one: one.property),
        told("shown", "String!", "The value that the record shows, as text.", lambda one: one.shown),
        told("reason", f"{REASON.name}!", "Why that one is shown.", lambda one: one.why.name),
        Field("assertions", f"[{ASSERTED.name}!]!", "The word of each system: first what is shown.", _conflict_words),
    ),
)


def capability(model: Model) -> Capability:
    """Return the fields that every type of record has."""
    records = [node for node in model.nodes if node.label in RECORDS.labels]
    return Capability(
        types=(REASON, ASSERTED, CONFLICT),
        nodes={
            node.label: (
                Field(
                    "history",
                    f"[{ASSERTED.name}!]!",
                    "What each source said of the properties that you may see, earlier words before what is shown.",
                    partial(_listed, node=node, kind=ASSERTED, find=all_said),
                ),
                Field(
                    "conflicts",
                    f"[{CONFLICT.name}!]!",
                    "The properties of which systems say different things now.",
                    partial(_listed, node=node, kind=CONFLICT, find=partial(_contradictions, node)),
                ),
            )
            for node in records
        },
    )
