"""What follows links of any kind: chains between two nodes, the neighborhood of one, rings; and the lookup."""

from __future__ import annotations

from collections.abc import Iterator

from api.schema.connections import PAGING, add_connection
from api.schema.objects import NODE
from api.schema.registry import Argument, Output, Registry
from graph.model import Model

LINK_KIND = "LinkKind"
_HUBS = (
    "Hubs are agencies, postal areas, sources, and whatever has more than 100 links, such as the address of a shelter "
    "or a switchboard's telephone. A finding can be asked about and reached, and is not followed further."
)
_THROUGH = Argument(
    "through", f"[{LINK_KIND}!]", "Kinds of links that may be followed; all but FROM_SOURCE when not given."
)


def add_links(registry: Registry, model: Model) -> None:
    """Make the kinds of links, and the types of what follows them."""
    registry.add_enum(LINK_KIND, "A kind of link between two nodes.", _kinds(model))
    _add_chains(registry)
    _add_neighborhood(registry)
    _add_rings(registry)
    _add_lookup(registry)


def _add_chains(registry: Registry) -> None:
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


def _add_neighborhood(registry: Registry) -> None:
    registry.add_object(
        "Neighbor",
        "A node in the neighborhood of another.",
        (
            Output("node", f"{NODE}!", "The node."),
            Output("distance", "Int!", "Least number of links from the node asked about, which itself has 0."),
            Output(
                "linkCount",
                "Int!",
                "Number of its links in the graph, but for those of findings about it.",
            ),
            Output("isHub", "Boolean!", "Whether it is a hub, whose links are counted and not followed unless asked."),
        ),
    )
    registry.add_object(
        "Neighborhood",
        "The nodes near a node, and the links between them.",
        (
            Output("nodes", "[Neighbor!]!", "The nodes, nearest first, then by their keys."),
            Output("links", "[NodeLink!]!", "The links between these nodes; between two hubs only what led to one."),
            Output("truncated", "Boolean!", "Whether there are more nodes within the depth than were asked for."),
        ),
    )


def _add_rings(registry: Registry) -> None:
    registry.add_object(
        "Ring",
        "Sponsors who are joined, one to the next, by addresses and phones that they share.",
        (
            Output("key", "String!", "The least key among its sponsors; no other ring has it."),
            *(Output(name, "Int!", f"Number of {doc}.") for name, doc in _COUNTED.items()),
            *(_members(name, label, doc) for (name, label), doc in zip(_MEMBERS, _COUNTED.values(), strict=True)),
        ),
    )
    add_connection(registry, "Ring", "Ring", "rings")


def _add_lookup(registry: Registry) -> None:
    registry.add_object(
        "LookupMatch",
        "A child whose A-number was given.",
        (
            Output("given", "String!", "The A-number as it was given."),
            Output("child", "Child!", "The child; where several have the number, each has a row."),
        ),
    )
    registry.add_object(
        "Lookup",
        "What was found for a list of A-numbers: each is in one of three lists, in the order and as often as given.",
        (
            Output("matched", "[LookupMatch!]!", "Those of children on record."),
            Output("unmatched", "[String!]!", "Those that no child on record has."),
            Output("malformed", "[String!]!", "Those that are no A-numbers: not nine digits."),
        ),
    )


_COUNTED = {
    "sponsorCount": "sponsors in the ring",
    "childCount": "children released to them up to the day asked about",
    "addressCount": "addresses that several of them have",
    "phoneCount": "phones that several of them have",
}
_MEMBERS = (("sponsors", "Sponsor"), ("children", "Child"), ("addresses", "Address"), ("phones", "Phone"))


def _members(name: str, label: str, doc: str) -> Output:
    first = Argument("first", "Int", "How many of them, 1 to 100.", 100)
    return Output(name, f"[{label}!]!", f"The {doc}, by key.", (first,))


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
    yield Output(
        "neighborhood",
        "Neighborhood",
        "The nodes within some links of a node and the links between them, ready to draw, or null when the node is "
        f"unknown. A hub is shown with the number of its links, which are not followed unless asked for. {_HUBS}",
        (
            Argument("id", "ID!", "Global id of the node in the middle."),
            Argument("depth", "Int", "Greatest distance, 1 to 4.", 2),
            Argument("first", "Int", "Number of nodes, nearest first, 1 to 500.", 100),
            _THROUGH,
            Argument("includeHubs", "Boolean", "Whether links of hubs are followed too.", False),
        ),
    )
    yield Output(
        "rings",
        "RingConnection!",
        "Groups of sponsors joined by addresses and phones that they share, directly or through one another; those of "
        "most sponsors first, then of most children. A sponsor has an address by a report that began up to the day "
        "asked about and had not ended before it, or by a release there up to that day. Phones have no days and always "
        "count.",
        (
            Argument("minSponsors", "Int", "Least number of sponsors in a ring, 2 to 1000.", 3),
            Argument(
                "maxDegree",
                "Int",
                "What more sponsors than this share joins nobody, such as a shelter or a switchboard; 2 to 1000.",
                20,
            ),
            Argument("asOf", "Date", "Only what is dated up to this day counts. Today in UTC unless given."),
            *PAGING,
        ),
    )
    yield Output(
        "lookup",
        "Lookup!",
        "Children by their A-numbers, up to 1000 at once, however they are written: 012345678, A012-345-678. "
        "By POST only, so that no A-number gets into an address.",
        (Argument("aNumbers", "[String!]!", "A-numbers; one may be given more than once."),),
    )
