"""Links of any kind: the chains between two nodes, the neighborhood of one, and their types."""

from __future__ import annotations

from collections.abc import Iterator

from api.schema.objects import NODE
from api.schema.registry import Argument, Output, Registry
from graph.model import Model

LINK_KIND = "LinkKind"
_HUBS = (
    "Hubs are agencies, postal areas, sources, and whatever has more than 100 links, such as the address of a shelter "
    "or a switchboard's telephone."
)
_THROUGH = Argument(
    "through", f"[{LINK_KIND}!]", "Kinds of links that may be followed; all but FROM_SOURCE when not given."
)


def add_links(registry: Registry, model: Model) -> None:
    """Make the kinds of links, and the types of chains and neighborhoods."""
    registry.add_enum(LINK_KIND, "A kind of link between two nodes.", _kinds(model))
    registry.add_object(
        "NodeLink",
        "A link between two nodes, from and to as it is stored.",
        (
            Output("kind", f"{LINK_KIND}!", "The kind of link."),
            Output("from", "ID!", "Global id of the node where it starts."),
            Output("to", "ID!", "Global id of the node where it ends."),
        ),
    )
    registry.add_object(
        "Chain",
        "Nodes that are linked one to the next.",
        (
            Output("length", "Int!", "Number of links."),
            Output("nodes", f"[{NODE}!]!", "The nodes, from the one asked about to the other."),
            Output("links", "[NodeLink!]!", "The links, each between a node and the next one."),
        ),
    )
    registry.add_object(
        "Chains",
        "The shortest chains between two nodes.",
        (
            Output("chains", "[Chain!]!", "The chains, all of one length, ordered by the keys of their nodes."),
            Output("complete", "Boolean!", "Whether these are all the shortest chains; false when there are more."),
        ),
    )


def _kinds(model: Model) -> dict[str, tuple[object, str]]:
    found: dict[str, tuple[object, str]] = {}
    for kind in sorted(model.types):
        pairs = [(r.start, r.end) for r in model.relationships if r.type == kind]
        starts = sorted({start for start, _ in pairs})
        names = "anything" if len(starts) > 2 else " or ".join(starts)
        found[kind] = (kind, f"From {names} to {' or '.join(sorted({end for _, end in pairs}))}.")
    return found


def link_outputs() -> Iterator[Output]:
    """Yield the root fields that follow links of any kind."""
    yield Output(
        "connection",
        "Chains",
        "The shortest chains of links between two nodes, or null when one of them is unknown. A chain passes through "
        f"no hub unless asked to, but may begin and end at one. {_HUBS}",
        (
            Argument("from", "ID!", "Global id of one node."),
            Argument("to", "ID!", "Global id of another node."),
            Argument("maxHops", "Int", "Greatest number of links in a chain, 1 to 8.", 6),
            _THROUGH,
            Argument("includeHubs", "Boolean", "Whether a chain may pass through hubs.", False),
            Argument("first", "Int", "Number of chains, 1 to 50.", 10),
        ),
    )
