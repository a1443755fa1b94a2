"""How many nodes and relationships of each kind a store holds. The database's own counts say so; no node is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from graph.model import MODEL, Model
from graph.store.store import Store

COUNT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Census:
    """Counts by the model's labels and relationship types; `other` counts are of kinds that the model does not have."""

    nodes: dict[str, int]
    relationships: dict[str, int]
    other_nodes: int
    other_relationships: int

    @property
    def all_nodes(self) -> int:
        """The number of nodes of any kind."""
        return sum(self.nodes.values()) + self.other_nodes

    @property
    def all_relationships(self) -> int:
        """The number of relationships of any kind."""
        return sum(self.relationships.values()) + self.other_relationships


async def take_census(store: Store, model: Model = MODEL) -> Census:
    """Count everything in one statement."""
    labels, types = tuple(model.labels), sorted(model.types)
    by_label = ", ".join(f"COUNT {{ (:{label}) }}" for label in labels)
    by_type = ", ".join(f"COUNT {{ ()-[:{kind}]->() }}" for kind in types)
    counted = await store.read_value(
        f"CYPHER 25 RETURN [COUNT {{ () }}, COUNT {{ ()-->() }}, [{by_label}], [{by_type}]]", timeout=COUNT_SECONDS
    )
    nodes, relationships, of_label, of_type = cast(tuple[int, int, list[int], list[int]], counted)
    return Census(
        nodes=dict(zip(labels, of_label, strict=True)),
        relationships=dict(zip(types, of_type, strict=True)),
        other_nodes=nodes - sum(of_label),
        other_relationships=relationships - sum(of_type),
    )
