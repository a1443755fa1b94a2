"""Rings as a root field: found before the statement runs, and read in it by their keys, with any selection below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from api.compiler.connections import Rows, connection_part
from api.compiler.context import Context
from api.compiler.objects import TYPENAME, node_part
from api.compiler.operation import Selection
from api.compiler.orders import OrderKey
from api.compiler.paging import number_of
from api.compiler.parts import Part, record
from api.compiler.reading import bound_rows
from api.compiler.shapes import Listed
from api.compiler.slots import Reference, Slot, Today, Variables, slot_of
from graph.cypher import (
    FirstOf,
    Item,
    Literal,
    Match,
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
from graph.rings import Ring

MOST_DEGREE = 1_000
MOST_SPONSORS = 1_000
SHOWN = 100
"""Of each kind, the members of a ring that are listed; all are counted."""
COUNTS = ("sponsorCount", "childCount", "addressCount", "phoneCount")
MEMBERS = {"sponsors": "Sponsor", "children": "Child", "addresses": "Address", "phones": "Phone"}


@dataclass(frozen=True, slots=True)
class RingsWanted:
    """Rings that an operation asks for: under which name its program takes them, and the arguments they depend on."""

    name: str
    day: Slot
    min_sponsors: Slot
    max_degree: Slot

    def asked(self, variables: Variables) -> tuple[date, int, int]:
        """Return the day, the least number of sponsors, and the greatest degree; raises `BadInput`."""
        day = cast(date, self.day.value(variables))
        return day, cast(int, self.min_sponsors.value(variables)), cast(int, self.max_degree.value(variables))


def as_rows(rings: Sequence[Ring]) -> list[list[object]]:
    """Return rings as the statement reads them: the key, the counts, then the members that may be listed."""
    rows: list[list[object]] = []
    for ring in rings:
        members = (ring.sponsors, ring.children, ring.addresses, ring.phones)
        rows.append([ring.key, *map(len, members), *(list(keys[:SHOWN]) for keys in members)])
    return rows


def rings_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for the connection of rings, those of most sponsors first."""
    given = selection.given("asOf")
    wanted = RingsWanted(
        name=f"$rings{len(ctx.rings)}",
        day=Today() if given is None else slot_of(given),
        min_sponsors=number_of(selection, "minSponsors", MOST_SPONSORS, least=2),
        max_degree=number_of(selection, "maxDegree", MOST_DEGREE, least=2),
    )
    ctx.rings.append(wanted)
    found = Parameter(Reference((wanted.name,)))
    row, key = Variable("row"), Variable("key")
    counts = {name: Variable(name) for name in COUNTS}
    columns = ((Item(row, 0), key), *((Item(row, i), count) for i, count in enumerate(counts.values(), start=1)))

    def row_part(fields: Sequence[Selection]) -> Part:
        return record({field.key: _field(ctx, field, row, key, counts) for field in fields})

    rows = Rows(
        coordinate="Query.rings",
        stem="Ring",
        keys=[
            OrderKey(counts["sponsorCount"], int, descending=True, nullable=False),
            OrderKey(counts["childCount"], int, descending=True, nullable=False),
            OrderKey(key, str, nullable=False),
        ],
        read=bound_rows((row, key, *counts.values()), (Unwind(found, row), With((row, *columns))), call("size", found)),
        node=row_part,
        node_type="Ring",
    )
    return connection_part(ctx, rows, selection)


def _field(ctx: Context, field: Selection, row: Variable, key: Variable, counts: Mapping[str, Variable]) -> Part:
    if field.name == TYPENAME:
        return Part(Literal("Ring"))
    if field.name == "key":
        return Part(key)
    if field.name in counts:
        return Part(counts[field.name])
    label = MEMBERS[field.name]
    place = 1 + len(counts) + list(MEMBERS).index(field.name)
    size = number_of(field, "first", SHOWN)
    member, node = Variable("k"), Variable(label[0].lower())
    with ctx.page(size):
        part = node_part(ctx, ctx.model.node(label), node, ctx.operation.fields(field, label))
    match = Match(node, label, where=infix("=", PropertyOf(node, "key"), member))
    shown = FirstOf(Item(row, place), Parameter(size))
    return Part(collect(Unwind(shown, member), match, returning(part.expression)), Listed(part.shape))
