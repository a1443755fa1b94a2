"""A small graph put into Neo4j, as the loaders would write it."""

from __future__ import annotations

from graph.model import MODEL
from graph.store import Store
from tests.reference.small import SmallGraph
from tests.writers import writer as new_writer


async def write_graph(store: Store, graph: SmallGraph) -> None:
    """Write every node and relationship into a store that holds none of them; folded twins are made on the way."""
    writer = new_writer(store, fresh=True)
    for label in MODEL.labels:
        await writer.nodes(label, [{"key": thing.key, **thing.values} for thing in graph.labelled(label)])
    for relationship in MODEL.relationships:
        kind, start, end = relationship.type, relationship.start, relationship.end
        ties = [tie for tie in graph.ties if (tie.type, tie.start.label, tie.end.label) == (kind, start, end)]
        keyed = bool(relationship.properties)
        rows = [
            {"start": tie.start.key, "end": tie.end.key, **({"key": tie.key, **tie.values} if keyed else {})}
            for tie in ties
        ]
        await writer.relationships(kind, start, end, rows)
