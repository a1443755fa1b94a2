"""The provenance of a record: for each value that it shows, the source that gave it, with its file, row and times.

It is read like the history of a record (`api.fields.history`), of which it is the part that is shown now.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made
from api.compiler.values import instant, instant_text
from api.fields.field import Capability, Field, MadeObject, told
from api.fields.history import SOURCE, known_of, read_record, source_id
from graph.cypher import ListOf, Printable, PropertyOf, Step, Variable, call, collect, returning
from graph.model import RECORDS, Model, Node
from graph.writing.statements import IMPORTED, MISSING, PROVENANCE


class _Origin(NamedTuple):
    """A property of a record, and where its value is from; the latter is unknown where no source gave it."""

    property: str
    source: str | None = None
    system: str | None = None
    recorded_at: Any = None
    file: str | None = None
    row: int | None = None
    imported_at: str | None = None
    missing_since: str | None = None


def _listed(ctx: Context, selection: Selection, subject: Variable, *, node: Node) -> Projection:
    """Return the projection of the values that the actor may see, each with the sources that give it."""
    make = ORIGIN.maker(ctx, selection)

    def made(value: Any, bound: Binding) -> list[object]:
        record, links = value
        known, _ = known_of(record)
        files = {key: tuple(rest) for key, *rest in links}
        found = []
        for name, shown in known.values.items():
            givers = known.givers(name).items() if shown is not None else ()
            found += [
                _Origin(name, one.source, system, one.at, *files.get(one.source, ())) for system, one in sorted(givers)
            ]
            if shown is not None and not givers:
                found.append(_Origin(name))
        return [make(one, bound) for one in found]

    return Projection(ListOf((read_record(ctx, subject, node), _links(ctx, subject))), Made(made))


def _links(ctx: Context, subject: Variable) -> Printable:
    """Return, for each source of a record, its key and file, the row, when it came in, and since when it is missing."""
    source, link = Variable("s"), Variable("f")
    columns = (
        PropertyOf(source, "key"),
        PropertyOf(source, "file"),
        PropertyOf(link, "row"),
        instant(PropertyOf(link, IMPORTED)),
        call("toString", PropertyOf(link, MISSING)),
    )
    return collect(ctx.match(subject, steps=(Step(PROVENANCE, ">", source, SOURCE, link),)), returning(ListOf(columns)))


ORIGIN: MadeObject[[]] = MadeObject(
    "Provenance",
    "Where a value that a record shows is from.",
    (
        told("property", "String!", "The property that has the value.", lambda one: one.property),
        source_id("The global id of the source that gave it; null when no source is on record."),
        told("system", "String", "The system that the source is of.", lambda one: one.system),
        told("file", "String", "The file, or extract, of the source.", lambda one: one.file),
        told("row", "Int", "The row of the file, counted from 1 with its header.", lambda one: one.row),
        told(
            "recordedAt",
            "DateTime",
            "When the source recorded it, or else when it was extracted; null when neither is known.",
            lambda one: instant_text(one.recorded_at),
        ),
        told(
            "importedAt",
            "DateTime",
            "When an import of the source last brought something new of the record.",
            lambda one: one.imported_at,
        ),
        told(
            "missingSince",
            "Date",
            "The day of the import from which on the source no longer had the record; null while it has it.",
            lambda one: one.missing_since,
        ),
    ),
)


def capability(model: Model) -> Capability:
    """Return the field that every type of record has."""
    doc = "Where each value that you may see is from: one entry for each system that gives the value."
    return Capability(
        types=(ORIGIN,),
        nodes={
            node.label: (Field("provenance", f"[{ORIGIN.name}!]!", doc, partial(_listed, node=node)),)
            for node in model.nodes
            if node.label in RECORDS.labels
        },
    )
