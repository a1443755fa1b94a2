"""The change log as a root field: which records each writing transaction touched, in the order of the commits."""

from __future__ import annotations

from typing import Any

from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.ids import global_id
from api.compiler.operation import Selection
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made
from api.compiler.values import instant, instant_text, read_instant
from api.fields.field import Capability, Field, MadeObject, told
from api.fields.history import source_id
from api.schema.limits import DEFAULT_PAGE, Between, PageSize
from api.schema.registry import Argument
from graph.cypher import (
    ListOf,
    Literal,
    Order,
    Parameter,
    PropertyOf,
    Variable,
    With,
    call,
    collect,
    first_value,
    infix,
    returning,
)
from graph.errors import Forbidden
from graph.writing.change_log import CHANGE, LOG, page_of

AFTER = Argument(
    "after",
    "Int",
    "The number of the entry after which to begin, {limit}: `upto` of the page before.",
    0,
    limit=Between(0, 2_000_000_000),
)
FIRST = Argument("first", "Int", "Number of entries, {limit}.", DEFAULT_PAGE, limit=PageSize())


def changes_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of a page of the change log: the log's last number is read first, then the entries.

    Raises `Forbidden` for a role that may not see all records.
    """
    if ctx.rules:
        raise Forbidden("Your role may not read the change log, which names records of every kind.")
    after, number = argument_slot(ctx, selection, AFTER), argument_slot(ctx, selection, FIRST)
    ctx.local(after)
    log, last, entry = Variable("log"), Variable("last"), Variable("entry")
    sequence = PropertyOf(entry, "sequence")
    columns = (
        sequence,
        instant(PropertyOf(entry, "at")),
        *(PropertyOf(entry, name) for name in ("actor", "source", "kind", "records", "whole")),
    )
    with ctx.page(number):
        entries = collect(
            ctx.match(entry, CHANGE, where=infix(">", sequence, Parameter(after))),
            returning(ListOf(columns), order=(Order(sequence),), limit=Parameter(number)),
        )
    page = first_value(
        ctx.match(log, LOG),
        With(((call("coalesce", PropertyOf(log, "sequence"), Literal(0)), last),)),
        returning(ListOf((last, entries))),
    )
    make = PAGE.maker(ctx, selection)

    def made(value: Any, bound: Binding) -> object:
        last, rows = value or (0, [])
        entries = [(sequence, read_instant(at), *others) for sequence, at, *others in rows]
        return make(page_of(last, entries, after=bound.local(after)), bound)

    return Projection(page, Made(made))


def _entries(ctx: Context, selection: Selection) -> Any:
    make = ENTRY.maker(ctx, selection)
    return lambda page, bound: [make(one, bound) for one in page.entries]


def _ids(entry: Any) -> list[str]:
    return [global_id(label, key) for label, keys in sorted(entry.records.items()) for key in sorted(keys)]


ENTRY: MadeObject[[]] = MadeObject(
    "Change",
    "What one transaction wrote.",
    (
        told(
            "sequence",
            "Int!",
            "Its number: numbers have no gaps, and their order is that of the commits.",
            lambda one: one.sequence,
        ),
        told("at", "DateTime!", "When it was written.", lambda one: instant_text(one.at)),
        told("actor", "String!", "Who wrote.", lambda one: one.actor),
        told("kind", "String!", "The kind of work, such as `import`, `sweep` or `review`.", lambda one: one.kind),
        source_id("The global id of the source; null when there was none."),
        told("ids", "[ID!]!", "The global ids of the records that were touched.", _ids),
        told(
            "labels",
            "[String!]!",
            "The types of which any record may have been touched; `*` when that may be any record at all.",
            lambda one: sorted(one.whole),
        ),
    ),
)
PAGE: MadeObject[[]] = MadeObject(
    "ChangePage",
    "Entries of the change log.",
    (
        Field("entries", f"[{ENTRY.name}!]!", "The entries, in order.", _entries),
        told("upto", "Int!", "The number to give as `after` next time.", lambda page: page.upto),
        told(
            "missed",
            "Boolean!",
            "Whether entries after the given number are no longer kept; then anything may have changed.",
            lambda page: page.missed,
        ),
    ),
)
CAPABILITY = Capability(
    types=(ENTRY, PAGE),
    queries=(
        Field(
            "changes",
            f"{PAGE.name}!",
            "What was written after an entry of the change log; ask again with `upto` until there are no entries.",
            changes_part,
            (AFTER, FIRST),
        ),
    ),
)
