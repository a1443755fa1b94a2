"""What came from a source: how many records of each type, when it was last imported, and what it gave far fewer of."""

from __future__ import annotations

from typing import Any

from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made
from api.compiler.values import instant
from api.fields.field import Capability, Field, MadeObject, told
from api.fields.history import SOURCE
from graph.cypher import (
    ListOf,
    Literal,
    Order,
    Printable,
    PropertyOf,
    Step,
    Variable,
    With,
    all_of,
    call,
    collect,
    first_value,
    infix,
    returning,
)
from graph.errors import Forbidden
from graph.writing.change_log import CHANGE
from graph.writing.imports import IMPORT, Covered, covered
from graph.writing.statements import MISSING, PROVENANCE

EXPECTED = 20
"""How many types of records are assumed when an operation's cost is counted."""


def _check(ctx: Context) -> None:
    """Raise `Forbidden` for a role that may not see all records."""
    if ctx.rules:
        raise Forbidden("Your role may not read what came from a source, which counts records of every kind.")


def _counts(ctx: Context, source: Variable) -> Printable:
    """Return the counts of the last import of a source and of the one before, and when they changed."""
    noted = Variable("i")
    columns = (PropertyOf(noted, "records"), PropertyOf(noted, "before"), instant(PropertyOf(noted, "at")))
    where = infix("=", PropertyOf(noted, "key"), PropertyOf(source, "key"))
    return first_value(ctx.match(noted, IMPORT, where=where), returning(ListOf(columns)))


def _coverage(ctx: Context, selection: Selection, source: Variable) -> Projection:
    _check(ctx)
    ctx.costly = True
    link, record, label = Variable("f"), Variable("n"), Variable("label")
    columns = (
        (call("head", call("labels", record)), label),
        (call("count", link), Variable("records")),
        (call("count", PropertyOf(link, MISSING)), Variable("missing")),
    )
    with ctx.page(Constant(EXPECTED)):
        rows = collect(
            ctx.match(source, steps=(Step(PROVENANCE, "<", record, None, link),)),
            With(columns),
            returning(ListOf(tuple(name for _, name in columns)), order=(Order(label),)),
        )
        make = COVERED.maker(ctx, selection)

    def made(value: Any, bound: Binding) -> list[object]:
        counted, noted = value
        now, before = (noted or (None, None, None))[:2]
        return [make(one, bound) for one in covered(counted, now, before)]

    return Projection(ListOf((rows, _counts(ctx, source))), Made(made))


def _imported_at(ctx: Context, selection: Selection, source: Variable) -> Projection:
    _check(ctx)
    entry = Variable("entry")
    at = PropertyOf(entry, "at")
    ours = infix("=", PropertyOf(entry, "source"), PropertyOf(source, "key"))
    where = all_of([ours, infix("=", PropertyOf(entry, "kind"), Literal("import"))])
    latest = first_value(
        ctx.match(entry, CHANGE, where=where),
        returning(instant(at), order=(Order(at, descending=True),), limit=Literal(1)),
    )
    return Projection(
        ListOf((latest, _counts(ctx, source))), Made(lambda value, bound: value[0] or (value[1] and value[1][2]))
    )


def _label(one: Covered) -> str:
    return one.label


COVERED: MadeObject[[]] = MadeObject(
    "SourceCoverage",
    "The records of one type that came from a source.",
    (
        told("type", "String!", "The type of the records.", _label),
        told(
            "records", "Int!", "How many records came from the source, in any of its imports.", lambda one: one.records
        ),
        told("missing", "Int!", "How many of them its newest version no longer had.", lambda one: one.missing),
        told("given", "Int", "How many its last import gave; null when that is not known.", lambda one: one.given),
        told(
            "givenBefore",
            "Int",
            "How many the last import before that gave other counts; null when there was none.",
            lambda one: one.before,
        ),
        told(
            "dropped", "Boolean!", "Whether there are fewer than before, by more than a fifth.", lambda one: one.dropped
        ),
    ),
)
CAPABILITY = Capability(
    types=(COVERED,),
    nodes={
        SOURCE: (
            Field("coverage", f"[{COVERED.name}!]!", "What came from the source, by type of record.", _coverage),
            Field("importedAt", "DateTime", "When it was last imported; null when that is not known.", _imported_at),
        )
    },
)
