"""Rings as a root field: found before the statement runs, which then reads their members by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from api.access.questions import check_reads
from api.compiler.arguments import argument_slot, day_asked
from api.compiler.awaited import Prefetch, Surroundings
from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.keyset import OrderKey
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Request, ValueSource
from api.compiler.projection import Projection, record
from api.compiler.row_sources import bound_rows
from api.compiler.ruled_questions import ruled_statements
from api.compiler.shapes import Listed
from api.fields.connection import PAGING, ConnectionType
from api.fields.field import Capability, CompiledObject, Field
from api.schema.limits import Between
from api.schema.registry import Argument
from graph.cypher import (
    FirstOf,
    Item,
    Parameter,
    PropertyOf,
    Unwind,
    Variable,
    With,
    call,
    collect,
    infix,
    returning,
)
from graph.rings import EVERYTHING, PLACED, SHARED, Reading, Ring, Rings

SHOWN = 100
"""How many members of a ring are listed of each kind; all are counted."""
MIN_SPONSORS = Argument(
    "minSponsors", "Int", "Least number of sponsors in a ring, {limit}.", 3, limit=Between(2, 1_000)
)
MAX_DEGREE = Argument(
    "maxDegree",
    "Int",
    "An address with more reports and releases than this, or a phone with more owners, joins nobody; {limit}.",
    40,
    limit=Between(2, 1_000),
)
FIRST = Argument("first", "Int", "How many of them, {limit}.", SHOWN, limit=Between(1, SHOWN))
_COUNTED = {
    "sponsorCount": "sponsors in the ring",
    "childCount": "children released to them up to the day asked about",
    "addressCount": "addresses that several of them have",
    "phoneCount": "phones that several of them have",
}
_MEMBERS = {"sponsors": "Sponsor", "children": "Child", "addresses": "Address", "phones": "Phone"}


@dataclass(frozen=True, slots=True, eq=False)
class RingsFound(Prefetch):
    """The rings of a day, as the statement reads them: the key, the counts, and the members that may be listed."""

    day: ValueSource
    min_sponsors: ValueSource
    max_degree: ValueSource

    reading: Reading

    blank = ()

    async def find(self, request: Request, surroundings: Surroundings) -> object:
        """Return a row for each ring; raises `BadInput`, and as finding rings does."""
        rings = await surroundings.services.of(Rings).of(
            cast(date, self.day.value(request)),
            min_sponsors=cast(int, self.min_sponsors.value(request)),
            max_degree=cast(int, self.max_degree.value(request)),
            bookmarks=surroundings.bookmarks,
            reading=self.reading,
        )
        return as_rows(rings)


def as_rows(rings: Sequence[Ring]) -> list[list[object]]:
    """Return rings in the form that the statement reads."""
    rows: list[list[object]] = []
    for ring in rings:
        members = (ring.sponsors, ring.children, ring.addresses, ring.phones)
        rows.append([ring.key, *map(len, members), *(list(keys[:SHOWN]) for keys in members)])
    return rows


@dataclass(frozen=True, slots=True)
class _Bound:
    """A ring in a statement: its row, and the variables of its key and its counts."""

    row: Variable
    key: Variable
    counts: dict[str, Variable]


def rings_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the connection of rings, those with the most sponsors first.

    Raises `Forbidden` when the actor may not read what joins sponsors.
    """
    found = Parameter(
        ctx.prefetch(
            RingsFound(
                day_asked(selection),
                argument_slot(ctx, selection, MIN_SPONSORS),
                argument_slot(ctx, selection, MAX_DEGREE),
                _reading(ctx),
            )
        )
    )
    ring = _Bound(Variable("row"), Variable("key"), {name: Variable(name) for name in _COUNTED})
    numbered = enumerate(ring.counts.values(), start=1)
    columns = ((Item(ring.row, 0), ring.key), *((Item(ring.row, place), count) for place, count in numbered))
    rows = Rows(
        coordinate="Query.rings",
        stem=CONNECTION.stem,
        keys=[
            OrderKey(ring.counts["sponsorCount"], int, descending=True, nullable=False),
            OrderKey(ring.counts["childCount"], int, descending=True, nullable=False),
            OrderKey(ring.key, str, nullable=False),
        ],
        read=bound_rows(
            (ring.row, ring.key, *ring.counts.values()),
            (Unwind(found, ring.row), With((ring.row, *columns))),
            call("size", found),
        ),
        node=lambda fields: record(RING.plans(ctx, fields, ring)),
        node_type=RING.name,
    )
    return connection_part(ctx, rows, selection)


def _reading(ctx: Context) -> Reading:
    """Return how rings are read: in all of the graph, or in what the actor may see of it."""
    for text in (SHARED, PLACED):
        check_reads(ctx.model, ctx.access, text, "rings")
    if not ctx.rules:
        return EVERYTHING
    (shared, placed), values = ruled_statements(ctx, SHARED, PLACED)
    return Reading(shared, placed, tuple(values.items()))


def _count(name: str, doc: str) -> Field[[_Bound], Projection]:
    return Field(name, "Int!", f"Number of {doc}.", lambda ctx, _, ring: Projection(ring.counts[name]))


def _members(name: str, doc: str) -> Field[[_Bound], Projection]:
    """Return the field of a ring's members of one kind, which are read by their keys."""
    label, place = _MEMBERS[name], 1 + len(_COUNTED) + list(_MEMBERS).index(name)

    def compiled(ctx: Context, selection: Selection, ring: _Bound) -> Projection:
        size = argument_slot(ctx, selection, FIRST)
        member, node = Variable("k"), Variable(label[0].lower())
        with ctx.page(size):
            part = node_part(ctx, ctx.model.node(label), node, ctx.operation.fields(selection, label))
        match = ctx.match(node, label, where=infix("=", PropertyOf(node, "key"), member))
        shown = FirstOf(Item(ring.row, place), Parameter(size))
        return Projection(collect(Unwind(shown, member), match, returning(part.expression)), Listed(part.shape))

    return Field(name, f"[{label}!]!", f"The {doc}, by key.", compiled, (FIRST,))


RING: CompiledObject[[_Bound]] = CompiledObject(
    "Ring",
    "Sponsors who are joined, one to the next, by addresses and phones that they share.",
    (
        Field(
            "key",
            "String!",
            "The least key among its sponsors; no other ring has it.",
            lambda ctx, _, ring: Projection(ring.key),
        ),
        *(_count(name, doc) for name, doc in _COUNTED.items()),
        *(_members(name, doc) for name, doc in zip(_MEMBERS, _COUNTED.values(), strict=True)),
    ),
)
CONNECTION = ConnectionType("Ring", RING, "rings")
CAPABILITY = Capability(
    types=(CONNECTION,),
    queries=(
        Field(
            "rings",
            f"{CONNECTION.name}!",
            "Groups of sponsors joined by addresses and phones that they have at one time, directly or through one "
            "another; those of most sponsors first, then of most children. What joins them is what joins them in the "
            "question `sponsorRings`: addresses that name no home, shelters, hotels, mailboxes, and what people had "
            "one after another join nobody.",
            rings_part,
            (
                MIN_SPONSORS,
                MAX_DEGREE,
                Argument("asOf", "Date", "Only what is dated up to this day counts. Today in UTC unless given."),
                *PAGING,
            ),
        ),
    ),
)
