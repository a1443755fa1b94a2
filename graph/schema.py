"""Constraints and indexes, made from the model."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import Model, Node
from graph.touched import SWEEPING_SCHEMA

FULL_TEXT_INDEX = "search"


def schema_statements(model: Model) -> list[str]:
    """Return the statements that create every constraint and index; each can be run again without effect.

    A label has a unique `key`; an indexed property a range index together with `key`, so that it serves an order
    with its ties broken; all searched ones share one full-text index.
    """
    return [
        *(statement for node in model.nodes for statement in _node_statements(node)),
        *_relationship_statements(model),
        *SWEEPING_SCHEMA,
        _full_text_statement(model),
    ]


def range_indexes(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the range indexes of a label's nodes: what tells each from the others, and its properties in order."""
    yield from ((prop.name, (prop.name, "key")) for prop in node.properties if prop.index)
    yield from (("_".join(names), names) for names in node.indexes)


def _node_statements(node: Node) -> Iterator[str]:
    label = node.label
    yield f"CREATE CONSTRAINT {_name(label, 'key')} IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE"
    for name, names in range_indexes(node):
        properties = ", ".join(f"n.{one}" for one in names)
        yield f"CREATE INDEX {_name(label, name)} IF NOT EXISTS FOR (n:{label}) ON ({properties})"


def _relationship_statements(model: Model) -> Iterator[str]:
    for kind in sorted({r.type for r in model.relationships if r.properties and r.type != "FROM_SOURCE"}):
        yield f"CREATE CONSTRAINT {kind}_key IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.key IS UNIQUE"


def _full_text_statement(model: Model) -> str:
    searched = {node.label: [p.name for p in node.properties if p.search] for node in model.nodes}
    labels = "|".join(label for label, names in searched.items() if names)
    names = sorted({name for names in searched.values() for name in names})
    properties = ", ".join(f"n.{name}" for name in names)
    return (
        f"CREATE FULLTEXT INDEX {FULL_TEXT_INDEX} IF NOT EXISTS FOR (n:{labels}) ON EACH [{properties}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
    )


def _name(label: str, property_name: str) -> str:
    return f"{label}_{property_name}"
