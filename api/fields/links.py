"""Links of any kind: which are followed, and hubs, which are read and shown but not walked through.

A hub is something with so many links that sharing it says little: an agency, a postal area, a source, or anything with
more than `HUB_LINKS` links, such as the address of a shelter or the telephone of a switchboard. Links of findings do
not count, and a finding is reached but not walked through: findings are not records, so a sweep must not change any
path between records.
"""

from __future__ import annotations

from api.compiler.anything import identity
from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parameters import Constant
from api.compiler.projection import Projection
from api.fields.field import Capability, CompiledObject, Enumerated, Field
from api.schema.limits import NotEmpty
from api.schema.registry import Argument
from graph.cypher import (
    Each,
    HasLabel,
    Literal,
    Parameter,
    Printable,
    Variable,
    any_of,
    call,
    infix,
)
from graph.model import Model
from graph.model.findings import FINDING, FINDING_LINKS

LINK_KIND = "LinkKind"
HUB_LABELS = ("Agency", "PostalArea", "Source")
HUB_LINKS = 100
UNLESS_ASKED = "FROM_SOURCE"
"""The kind of link that is followed only when it is named: everything comes from a few sources."""
HUBS = (
    f"Hubs are agencies, postal areas, sources, and whatever has more than {HUB_LINKS} links, such as the address of a "
    "shelter or a switchboard's telephone. A finding can be asked about and reached, and is not followed further."
)
THROUGH = Argument(
    "through",
    f"[{LINK_KIND}!]",
    f"Kinds of links that may be followed; all but {UNLESS_ASKED} when not given.",
    limit=NotEmpty("kind of link"),
)


def kinds(model: Model) -> tuple[str, ...]:
    """Return the kinds of links, in the order of their names."""
    return tuple(sorted(model.types))


def is_hub(ctx: Context, node: Variable) -> Printable:
    """Return the condition that a node is a hub; the number of its links is read, not counted."""
    labelled = [HasLabel(node, label) for label in HUB_LABELS]
    return any_of([*labelled, infix(">", link_count(ctx, node), Literal(HUB_LINKS))])


def is_finding(node: Variable) -> Printable:
    """Return the condition that a node is a finding."""
    return HasLabel(node, FINDING.label)


def link_count(ctx: Context, node: Variable) -> Printable:
    """Return the number of a node's links, except those of findings about it."""
    return infix("-", ctx.degree(node), ctx.degree(node, FINDING_LINKS, "<"))


def through(ctx: Context, selection: Selection) -> Parameter:
    """Return the kinds of links that may be followed; raises `BadInput` when none may be."""
    if selection.given(THROUGH.name) is None:
        return Parameter(Constant([kind for kind in kinds(ctx.model) if kind != UNLESS_ASKED]))
    return Parameter(argument_slot(ctx, selection, THROUGH))


def link_kinds(model: Model) -> Enumerated:
    """Return the enum of the kinds of links, each with the labels at its ends."""
    found: dict[str, tuple[object, str]] = {}
    for kind in kinds(model):
        pairs = [(r.start, r.end) for r in model.relationships if r.type == kind]
        starts = sorted({start for start, _ in pairs})
        names = "anything" if len(starts) > 2 else " or ".join(starts)
        found[kind] = (kind, f"From {names} to {' or '.join(sorted({end for _, end in pairs}))}.")
    return Enumerated(LINK_KIND, "A kind of link between two nodes.", found)


NODE_LINK: CompiledObject[[Variable]] = CompiledObject(
    "NodeLink",
    "The links of one kind between two nodes, from and to as they are stored; several reports of one home are one.",
    (
        Field(
            "kind",
            f"{LINK_KIND}!",
            "The kind of link.",
            lambda ctx, _, relationship: Projection(call("type", relationship)),
        ),
        Field(
            "from",
            "ID!",
            "Global id of the node where it starts.",
            lambda ctx, _, relationship: identity(ctx, call("startNode", relationship)),
        ),
        Field(
            "to",
            "ID!",
            "Global id of the node where it ends.",
            lambda ctx, _, relationship: identity(ctx, call("endNode", relationship)),
        ),
    ),
)


def capability(model: Model) -> Capability:
    """Return the types that all fields that follow links use."""
    return Capability(types=(link_kinds(model), NODE_LINK))


def links_of(path: Variable, relationship: Variable, part: Projection) -> Each:
    """Return the values of a path's relationships, in order."""
    return Each(relationship, call("relationships", path), part.expression)
