"""Links of any kind: which are followed, and hubs, which are read and shown but not walked through.

A hub is what so much is linked to that sharing it says little: an agency, a postal area, a source, or anything with
more than `HUB_LINKS` links, such as the address of a shelter or the telephone of a switchboard. Links of findings do
not count, and a finding is reached but not walked through: what was found in the records is none of them, and a sweep
changes no chain.
"""

from __future__ import annotations

from api.compiler.anything import identity
from api.compiler.context import Context
from api.compiler.objects import TYPENAME
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.slots import Constant, converted, slot_of
from graph.cypher import (
    Degree,
    Each,
    HasLabel,
    Literal,
    Parameter,
    Printable,
    Variable,
    call,
    either,
    infix,
)
from graph.errors import BadInput
from graph.model import Model
from graph.model.findings import FINDING, FINDING_LINKS

HUB_LABELS = ("Agency", "PostalArea", "Source")
HUB_LINKS = 100
UNLESS_ASKED = "FROM_SOURCE"
"""The kind of link that is followed only when it is named: everything comes from a few sources."""


def kinds(model: Model) -> tuple[str, ...]:
    """Return the kinds of links, in the order of their names."""
    return tuple(sorted(model.types))


def is_hub(node: Variable) -> Printable:
    """Return whether a node is a hub; the number of its links is read, not counted."""
    labelled = [HasLabel(node, label) for label in HUB_LABELS]
    return either([*labelled, infix(">", link_count(node), Literal(HUB_LINKS))])


def is_finding(node: Variable) -> Printable:
    """Return whether a node is a finding."""
    return HasLabel(node, FINDING.label)


def link_count(node: Variable) -> Printable:
    """Return the number of a node's links but for those of findings about it."""
    return infix("-", Degree(node), Degree(node, FINDING_LINKS))


def through(ctx: Context, selection: Selection) -> Parameter:
    """Return the kinds of links that may be followed; raises `BadInput` when none may be."""
    given = selection.given("through")
    if given is None:
        return Parameter(Constant([kind for kind in kinds(ctx.model) if kind != UNLESS_ASKED]))

    def check(value: object) -> object:
        if not value:
            raise BadInput("through is empty; name at least one kind of link, or leave it out.")
        return value

    return Parameter(converted(slot_of(given), check))


def link_part(ctx: Context, selection: Selection, type_name: str, relationship: Variable) -> Part:
    """Return the part for a selection on a bound relationship of any type: its kind and its two ends, as stored."""
    ends = {"from": call("startNode", relationship), "to": call("endNode", relationship)}

    def field(name: str) -> Part:
        if name == TYPENAME:
            return Part(Literal(type_name))
        if name == "kind":
            return Part(call("type", relationship))
        return identity(ctx, ends[name])

    return record({inner.key: field(inner.name) for inner in ctx.operation.fields(selection, type_name)})


def links_of(path: Variable, relationship: Variable, part: Part) -> Each:
    """Return the values of a path's relationships, in its order."""
    return Each(relationship, call("relationships", path), part.expression)
