"""The peer's type definitions, made from the model: the same labels, properties and relationships."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from graph.model import MODEL, Model, Node, Point, Property, Relationship

_SCALARS: dict[object, str] = {
    str: "String",
    int: "Int",
    float: "Float",
    bool: "Boolean",
    date: "Date",
    datetime: "DateTime",
    Point: "Point",
}
PROVENANCE = "FROM_SOURCE"


def type_definitions(model: Model = MODEL) -> str:
    """Return the document from which `@neo4j/graphql` makes its schema, which is read-only."""
    types = ["extend schema @mutation(operations: []) @subscription(events: [])"]
    types += [_node(model, node) for node in model.nodes]
    carrying = {r.type: r for r in model.relationships if r.properties and r.type != PROVENANCE}
    types += [_properties(relationship) for relationship in carrying.values()]
    return "\n\n".join(types) + "\n"


def _node(model: Model, node: Node) -> str:
    twins = (f"{prop.twin}: String" for prop in node.properties if prop.folded)
    lines = ["key: String!", *(_field(prop) for prop in node.properties), *twins, *_links(model, node)]
    return _block(f'type {node.label} @node @plural(value: "{node.fields}")', lines)


def _properties(relationship: Relationship) -> str:
    lines = ["key: String!", *(_field(prop) for prop in relationship.properties)]
    return _block(f"type {_carrier(relationship)} @relationshipProperties", lines)


def _links(model: Model, node: Node) -> Iterator[str]:
    for relationship in model.relationships:
        if relationship.type == PROVENANCE:
            continue
        carried = f', properties: "{_carrier(relationship)}"' if relationship.properties else ""
        for end, source, target, direction in (
            (relationship.forward, relationship.start, relationship.end, "OUT"),
            (relationship.backward, relationship.end, relationship.start, "IN"),
        ):
            if source == node.label and end.name:
                way = f'type: "{relationship.type}", direction: {direction}{carried}'
                yield f"{end.name}: [{target}!]! @relationship({way})"


def _field(prop: Property) -> str:
    return f"{prop.name}: {_SCALARS.get(prop.type, 'String')}"


def _carrier(relationship: Relationship) -> str:
    return "".join(word.capitalize() for word in relationship.type.split("_"))


def _block(head: str, lines: list[str]) -> str:
    inner = "\n".join(f"  {line}" for line in lines)
    return f"{head} {{\n{inner}\n}}"
