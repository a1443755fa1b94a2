"""The fields that a connection can be ordered by, and the direction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.schema.registry import Argument, Registry, words
from graph.model import Link, Model, Node, Point

DIRECTION = "OrderDirection"
ASCENDING = "ASC"
DESCENDING = "DESC"


@dataclass(frozen=True, slots=True)
class OrderField:
    """The internal value of an order's field: the name of a property, or of a link whose nodes are counted."""

    property: str | None = None
    link: str | None = None


def upper_snake(name: str) -> str:
    """Return a camelCase name as GraphQL writes enum values: `aNumber` is `A_NUMBER`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()


def counted_links(model: Model, label: str) -> list[Link]:
    """Return the links by whose number a connection of that label can be ordered: links to many, one hop away."""
    return [link for link in model.links(label).values() if link.many and link.one_hop]


def add_orders(registry: Registry, model: Model) -> None:
    """Make the direction and, for each label, `<Label>OrderField` and `<Label>Order`."""
    registry.add_enum(
        DIRECTION,
        "The direction of an order; unknown values come last in both.",
        {
            ASCENDING: (ASCENDING, "From the least to the greatest."),
            DESCENDING: (DESCENDING, "From the greatest to the least."),
        },
    )
    for node in model.nodes:
        registry.add_enum(
            f"{node.label}OrderField",
            f"What {words(node.fields)} can be ordered by.",
            _order_fields(model, node),
        )
        registry.add_input(
            f"{node.label}Order",
            f"One part of an order of {words(node.fields)}; ties that remain are broken by the key.",
            (
                Argument("field", f"{node.label}OrderField!", "What to order by."),
                Argument("direction", f"{DIRECTION}!", "In which direction.", ASCENDING),
            ),
        )


def _order_fields(model: Model, node: Node) -> dict[str, tuple[object, str]]:
    properties: dict[str, tuple[object, str]] = {
        upper_snake(prop.name): (OrderField(property=prop.name), prop.doc)
        for prop in node.all_properties.values()
        if prop.type is not Point
    }
    counts: dict[str, tuple[object, str]] = {
        f"{upper_snake(link.name)}_COUNT": (OrderField(link=link.name), f"Number of {words(link.name)}. {link.doc}")
        for link in counted_links(model, node.label)
    }
    return properties | counts
