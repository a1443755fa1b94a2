"""Constraints and indexes, made from the model."""

from __future__ import annotations

from collections.abc import Iterator

from graph.maintenance.record import RECORD_SCHEMA
from graph.model import Model, Node
from graph.writing.assertions import ASSERTION_SCHEMA
from graph.writing.change_log import LOG_SCHEMA
from graph.writing.idempotency import KEY_SCHEMA
from graph.writing.imports import IMPORT_SCHEMA
from graph.writing.said import STATEMENT_SCHEMA
from graph.writing.touched import SWEEPING_SCHEMA

FULL_TEXT_INDEX = "search"


def schema_statements(model: Model) -> list[str]:
    """Return the statements that create every constraint and index; each can be run again without effect.

    A label has a unique `key`. An indexed property has a range index together with `key`, so that the index serves an
    order with ties broken. A folded property has another range index over its twin, by which it is ordered, and a text
    index, by which parts of it are found. A hidden value has an index of its own, from which it is read alone. All
    searched properties and their twins share one full-text index.
    """
    return [
        *(statement for node in model.nodes for statement in _node_statements(node)),
        *_relationship_statements(model),
        RECORD_SCHEMA,
        *SWEEPING_SCHEMA,
        *LOG_SCHEMA,
        *ASSERTION_SCHEMA,
        *STATEMENT_SCHEMA,
        *IMPORT_SCHEMA,
        *KEY_SCHEMA,
        _full_text_statement(model),
    ]


def range_indexes(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the range indexes of a label's nodes: the part of the name that differs, and the properties in order."""
    yield from ((prop.name, (prop.name, "key")) for prop in node.properties if prop.index)
    yield from ((prop.twin, (prop.twin, "key")) for prop in node.properties if prop.index and prop.folded)
    yield from (("_".join(names), names) for names in node.indexes)
    yield from ((one.name, (one.name,)) for one in node.hidden)


def _node_statements(node: Node) -> Iterator[str]:
    label = node.label
    yield f"CREATE CONSTRAINT {_name(label, 'key')} IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE"
    for name, names in range_indexes(node):
        properties = ", ".join(f"n.{one}" for one in names)
        yield f"CREATE INDEX {_name(label, name)} IF NOT EXISTS FOR (n:{label}) ON ({properties})"
    for prop in node.properties:
        if prop.folded:
            name = _name(label, f"{prop.twin}_parts")
            yield f"CREATE TEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{prop.twin})"


def _relationship_statements(model: Model) -> Iterator[str]:
    for kind in sorted({r.type for r in model.relationships if r.properties and r.type != "FROM_SOURCE"}):
        yield f"CREATE CONSTRAINT {kind}_key IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.key IS UNIQUE"


def _full_text_statement(model: Model) -> str:
    searched = {
        node.label: [name for p in node.properties if p.search for name in (p.name, p.twin)[: 1 + p.folded]]
        for node in model.nodes
    }
    labels = "|".join(label for label, names in searched.items() if names)
    names = sorted({name for names in searched.values() for name in names})
    properties = ", ".join(f"n.{name}" for name in names)
    return (
        f"CREATE FULLTEXT INDEX {FULL_TEXT_INDEX} IF NOT EXISTS FOR (n:{labels}) ON EACH [{properties}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
    )


def _name(label: str, property_name: str) -> str:
    return f"{label}_{property_name}"
