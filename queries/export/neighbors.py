"""What the entities of a page of rows are linked to, one relationship away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.model import ARROWS, Link, Model, Node, Property
from graph.store import Store
from queries.asking.run import named_values
from queries.asking.statement import PREFIX, stored_text

MOST = 100
"""How many nodes at the end of a link are shown for one entity: the first ones by key."""
_PROVENANCE = "FROM_SOURCE"
Ruled = Callable[[str], tuple[str, dict[str, object]]]
"""What puts a statement under rules: it returns the statement, and the values of its further parameters."""


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


async def neighbors(
    store: Store, model: Model, label: str, keys: Sequence[str], *, deadline: float, ruled: Ruled | None = None
) -> list[Edge]:
    """Return the relationships of nodes of a label; `Edge.key` is the key of the node that each belongs to.

    With rules, only those to nodes that may be seen.
    """
    node = model.node(label)
    links = _links(model, label)
    if not links or not keys:
        return []
    text = _statement(model, node)
    statement, values = (text, {}) if ruled is None else ruled(text)
    rows = await store.read(statement, {"p": [list(keys)], **values}, timeout=deadline)
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
    bound, order = ("m, r", "m.key, r.key") if link.properties else ("DISTINCT m", "m.key")
    node = ", ".join(stored_text(f"m.{prop.name}", prop.type) for prop in _properties(model, link))
    own = ", ".join(stored_text(f"r.{prop.name}", prop.type) for prop in link.properties)
    return (
        f"COLLECT {{ MATCH (n){left}[r:{hop.type}]{right}(m:{hop.label}) WITH {bound} ORDER BY {order} LIMIT {MOST} "
        f"RETURN [[{node}], [{own}]] }}"
    )
