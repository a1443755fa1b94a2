"""What the entities of a page of rows are linked to, one relationship away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import ARROWS, Link, Model, Node, Property
from graph.store import Store
from queries.run import named_values
from queries.statement import PREFIX, stored_text

MOST = 100
"""How many nodes of a link are shown of one entity, the first by their keys."""
_PROVENANCE = "FROM_SOURCE"


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship with the node at its far end: the node's label, and the properties of both by name."""

    link: Link
    key: str
    label: str
    node: dict[str, object]
    properties: dict[str, object]

    @property
    def type(self) -> str:
        """The relationship's type."""
        return self.link.hops[0].type


async def neighbors(store: Store, model: Model, label: str, keys: Sequence[str], *, deadline: float) -> list[Edge]:
    """Return the relationships of nodes of a label; `Edge.key` says of which node each is."""
    node = model.node(label)
    links = _links(model, label)
    if not links or not keys:
        return []
    rows = await store.read(_statement(model, node), {"p": [list(keys)]}, timeout=deadline)
    return [edge for row in rows for edge in _edges(model, links, row)]


def _edges(model: Model, links: Sequence[Link], row: Sequence[object]) -> Iterator[Edge]:
    key, *lists = row
    assert isinstance(key, str)
    for link, ends in zip(links, lists, strict=True):
        assert isinstance(ends, list)
        for node, properties in ends:
            yield Edge(
                link,
                key,
                link.target,
                named_values(_properties(model, link), node),
                named_values(link.properties, properties),
            )


def _links(model: Model, label: str) -> list[Link]:
    return [link for link in model.links(label).values() if link.one_hop and link.hops[0].type != _PROVENANCE]


def _properties(model: Model, link: Link) -> tuple[Property, ...]:
    return tuple(model.node(link.target).all_properties.values())


def _statement(model: Model, node: Node) -> str:
    lists = ",\n".join(_list(model, link) for link in _links(model, node.label))
    return f"{PREFIX}UNWIND $p[0] AS key\nMATCH (n:{node.label} {{key: key}})\nRETURN key,\n{lists}"


def _list(model: Model, link: Link) -> str:
    hop = link.hops[0]
    left, right = ARROWS[hop.direction]
    order = "m.key, r.key" if link.properties else "m.key"
    node = ", ".join(stored_text(f"m.{prop.name}", prop.type) for prop in _properties(model, link))
    own = ", ".join(stored_text(f"r.{prop.name}", prop.type) for prop in link.properties)
    return (
        f"COLLECT {{ MATCH (n){left}[r:{hop.type}]{right}(m:{hop.label}) WITH m, r ORDER BY {order} LIMIT {MOST} "
        f"RETURN [[{node}], [{own}]] }}"
    )
