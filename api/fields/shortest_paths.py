"""The shortest paths of links between two nodes.

The database walks from both ends at once, and leaves out what must not be on the way while it walks. The condition of a
step covers both of its nodes, because the step may be walked from either. So hubs cost only the reading of their
degree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from api.compiler.anything import found_at, named
from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.objects import bound_part
from api.compiler.operation import Selection
from api.compiler.parameters import Constant, Converted, Request, ValueSource, slot_of
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Listed, Made, Make, maker
from api.fields.field import Capability, CompiledObject, Field, MadeObject
from api.fields.links import HUBS, NODE_LINK, THROUGH, is_finding, is_hub, kinds, links_of, through
from api.schema.limits import Between
from api.schema.objects import NODE
from api.schema.registry import Argument
from graph.cypher import (
    Each,
    Item,
    ListOf,
    Literal,
    Not,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Unwind,
    Variable,
    With,
    all_of,
    call,
    collect,
    first_value,
    infix,
    returning,
)
from graph.errors import BadInput

MOST_HOPS = 8
LOOKED_AT = 1_000
"""At most this many of the shortest paths are found; the first of these, by their keys, are shown."""


def _arguments(path: str) -> tuple[Argument, ...]:
    """Return the arguments; `path` is the word for what is found: a path or a chain."""
    return (
        Argument("from", "ID!", "Global id of one node."),
        Argument("to", "ID!", "Global id of another node."),
        Argument(
            "maxHops",
            "Int",
            f"Greatest number of links in a {path}, {{limit}}.",
            6,
            limit=Between(1, MOST_HOPS),
        ),
        THROUGH,
        Argument("includeHubs", "Boolean", f"Whether a {path} may pass through hubs.", False),
        Argument("first", "Int", f"Number of {path}s, {{limit}}.", 10, limit=Between(1, 50)),
    )


ARGUMENTS = _arguments("path")
MAX_HOPS, FIRST = (one for one in ARGUMENTS if one.limit is not None and one is not THROUGH)


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """The labels and keys of two nodes, which must not be the same."""

    start: ValueSource
    end: ValueSource

    def value(self, request: Request) -> list[list[str]]:
        """Return the two pairs; raises `BadInput` when they are one."""
        start, end = (named(slot.value(request)) for slot in (self.start, self.end))
        if start == end and start[0]:
            raise BadInput("from and to are the same node; give two different ones.")
        return [start, end]


@dataclass(frozen=True, slots=True)
class _Found:
    """The paths that a statement finds: each is a row with a value for each of `parts`; `size` of them are shown."""

    path: Variable
    size: ValueSource
    parts: list[Projection] = field(default_factory=list)

    def list(self, ctx: Context, selection: Selection, kind: CompiledObject[[Variable]]) -> Make:
        """Return the function that makes the list of the shown paths from all that were found."""
        part = kind.part(ctx, selection, self.path)
        listed = maker(Listed(part.shape, at=len(self.parts)))
        self.parts.append(part)
        return lambda value, bound: listed(value[: bound.local(self.size)], bound)

    def complete(self, value: Sequence[Any], bound: Binding) -> bool:
        """Tell whether all paths that were found are shown."""
        size: int = bound.local(self.size)
        return len(value) <= size


def _path_fields() -> tuple[Field[[Variable], Projection], ...]:
    return (
        Field("length", "Int!", "Number of links.", lambda ctx, _, path: Projection(call("length", path))),
        Field("nodes", f"[{NODE}!]!", "The nodes, from the one asked about to the other.", _nodes),
        Field("links", "[NodeLink!]!", "The links, each between a node and the next one.", _links),
    )


def _nodes(ctx: Context, selection: Selection, path: Variable) -> Projection:
    node = Variable("n")
    with ctx.page(Constant(MOST_HOPS + 1)):
        part = bound_part(ctx, selection, node)
    return Projection(collect(Unwind(call("nodes", path), node), returning(part.expression)), Listed(part.shape))


def _links(ctx: Context, selection: Selection, path: Variable) -> Projection:
    relationship = Variable("r")
    part = NODE_LINK.part(ctx, selection, relationship)
    return Projection(links_of(path, relationship, part), Listed(part.shape))


PATH = CompiledObject("Path", "Nodes that are linked one to the next.", _path_fields())
CHAIN = CompiledObject("Chain", "Nodes that are linked one to the next.", _path_fields())
CHAINS: MadeObject[[_Found]] = MadeObject(
    "Chains",
    "The shortest chains between two nodes.",
    (
        Field(
            "chains",
            "[Chain!]!",
            "The chains, all of one length, ordered by the keys of their nodes.",
            lambda ctx, selection, found: found.list(ctx, selection, CHAIN),
        ),
        Field(
            "complete",
            "Boolean!",
            "Whether these are all the shortest chains; false when there are more.",
            lambda ctx, selection, found: found.complete,
        ),
    ),
)


def shortest_paths_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the shortest paths between two nodes; null when one of the nodes is unknown."""
    return _between(ctx, selection, lambda found: found.list(ctx, selection, PATH))


def chains_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the same under the old name, with whether these are all."""
    return _between(ctx, selection, lambda found: CHAINS.maker(ctx, selection, found))


def _between(ctx: Context, selection: Selection, compiled: Callable[[_Found], Make]) -> Projection:
    ends = Parameter(Ends(slot_of(selection.given("from")), slot_of(selection.given("to"))))
    start, end, both_ends, path = (Variable(hint) for hint in ("start", "end", "ends", "path"))
    found = _Found(path, ctx.local(argument_slot(ctx, selection, FIRST)))
    with ctx.page(found.size):
        make = compiled(found)
    row = ListOf(tuple(part.expression for part in found.parts))
    rows = collect(*_paths(ctx, selection, start, end, path, found.size), returning(row))
    expression = first_value(
        With(((found_at(ctx, ends), both_ends),), where=infix("=", call("size", both_ends), Literal(2))),
        With(((Item(both_ends, 0), start), (Item(both_ends, 1), end))),
        returning(rows),
    )
    return Projection(expression, Made(lambda value, bound: None if value is None else make(value, bound)))


def _paths(
    ctx: Context, selection: Selection, start: Variable, end: Variable, path: Variable, size: ValueSource
) -> Sequence[Any]:
    """Return the clauses that bind the paths to show, and one more if there are more.

    Paths through the same nodes by links of the same kinds count as one, such as two reports of one home.
    """
    before, relationship, node, key, kind = (Variable(hint) for hint in "mrnkt")
    allowed = through(ctx, selection)
    keys = Each(key, call("nodes", path), PropertyOf(key, "key"))
    nodes, types, links = Variable("ns"), Variable("ts"), Variable("ls")
    types_of = Each(kind, call("relationships", path), call("type", kind))
    links_of = Each(kind, call("relationships", path), PropertyOf(kind, "key"))
    more = Parameter(Converted(size, lambda value: int(str(value)) + 1))
    hops = Parameter(argument_slot(ctx, selection, MAX_HOPS))
    return (
        *ctx.shortest_paths(
            path,
            (start, end),
            (before, relationship, node),
            kinds(ctx.model),
            hops=(MOST_HOPS, hops),
            follow=lambda one: infix("IN", call("type", one), allowed),
            passed=partial(_is_passed, ctx, hubs=bool(selection.given("includeHubs"))),
        ),
        With((path,), limit=Literal(LOOKED_AT)),
        With((path,), where=infix("<=", call("length", path), hops)),
        With((path, (call("nodes", path), nodes), (types_of, types), (links_of, links)), order=(Order(links),)),
        With((nodes, types, (call("head", call("collect", path)), path))),
        With((path,), order=(Order(keys), Order(types)), limit=more),
    )


def _is_passed(ctx: Context, node: Variable, *, hubs: bool) -> Printable:
    """Return the condition that paths may go through a node."""
    return Not(is_finding(node)) if hubs else all_of([Not(is_finding(node)), Not(is_hub(ctx, node))])


SHORTEST_PATHS = Field(
    "shortestPaths",
    "[Path!]",
    "The shortest paths of links between two nodes, all of one length, ordered by the keys of their nodes; null when "
    "one of the two is unknown. There may be more than are shown when there are as many as first asks for. A path "
    f"passes through no hub unless asked to, but may begin and end at one. {HUBS}",
    shortest_paths_part,
    ARGUMENTS,
)
CONNECTION = Field(
    "connection",
    "Chains",
    "The shortest chains of links between two nodes, or null when one of them is unknown. A chain passes through "
    f"no hub unless asked to, but may begin and end at one. {HUBS}",
    chains_part,
    _arguments("chain"),
    deprecated="Use shortestPaths, the same under a name that is not Relay's. Deprecated on 2026-11-29.",
)
CAPABILITY = Capability(types=(PATH, CHAIN, CHAINS), queries=(SHORTEST_PATHS, CONNECTION))
