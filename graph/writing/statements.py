"""The statements that write nodes and links from checked rows; each is made from the model."""

from __future__ import annotations

from graph.model import Node, Relationship
from graph.writing.rows import RowCheck

PROVENANCE = "FROM_SOURCE"
GIVES = "gives"
"""The property of a provenance that lists what its source gave, if several systems gave the record."""


def node_statement(node: Node, *, fresh: bool = False, sourced: bool = False, single: bool = False) -> str:
    """Return the statement that writes nodes of a label from `$rows`.

    A row is `[key, properties, points]`. `properties` is a map in which null removes a property. `points` has a list
    for each point property of the label, in order; it is empty or holds one `[longitude, latitude]`. Nodes are merged
    by key; `fresh` creates them, for a store that holds none of them yet. With `sourced` the row continues with
    `[source key, provenance key, its properties]`, and the node's provenance is written too: one for each key, or a
    `single` one for each source. The statement returns the number of rows whose source exists, or of all rows.
    """
    lines = [
        "CYPHER 25 UNWIND $rows AS row",
        f"{'CREATE' if fresh else 'MERGE'} (n:{node.label} {{key: row[0]}})",
        "SET n += row[1]",
    ]
    for position, name in enumerate(RowCheck(node.label, node.all_properties).points):
        point = "point({longitude: p[0], latitude: p[1]})"
        lines.append(f"FOREACH (p IN row[2][{position}] | SET n.{name} = {point})")
    if sourced:
        lines.append("WITH n, row MATCH (s:Source {key: row[3]})")
        if single and not fresh:
            lines.append(f"MERGE (n)-[r:{PROVENANCE}]->(s) ON CREATE SET r.key = row[4] SET r += row[5]")
        else:
            lines.append(f"{'CREATE' if fresh else 'MERGE'} (n)-[r:{PROVENANCE} {{key: row[4]}}]->(s) SET r += row[5]")
    return "\n".join([*lines, "RETURN count(*)"])


def relationship_statement(relationship: Relationship, *, fresh: bool = False) -> str:
    """Return the statement that writes relationships between existing nodes from `$rows`.

    A row is `[start key, end key]`, and for a relationship with properties `[start key, end key, key, properties]`.
    There is one relationship for each pair of ends, or for each key. Provenance has one for each key between its ends.
    The statement returns the number of rows whose ends exist.
    """
    kind = relationship.type
    keyed = bool(relationship.properties)
    arrow = "-" if relationship.symmetric and not fresh else "->"
    lines = [
        "CYPHER 25 UNWIND $rows AS row",
        f"MATCH (a:{relationship.start} {{key: row[0]}})",
        f"MATCH (b:{relationship.end} {{key: row[1]}})",
        f"{'CREATE' if fresh else 'MERGE'} (a)-[r:{kind}{' {key: row[2]}' if keyed else ''}]{arrow}(b)",
    ]
    if keyed:
        lines.append("SET r += row[3]")
    return "\n".join([*lines, "RETURN count(*)"])


def leaving_statement(relationship: Relationship) -> str:
    """Return the statement that deletes keyed relationships whose ends are not those that `$rows` name now.

    It returns a row for each: its key, and the label and key of each end that it had.
    """
    return "\n".join(
        [
            "CYPHER 25 UNWIND $rows AS row",
            f"MATCH (a)-[old:{relationship.type} {{key: row[2]}}]->(b) WHERE a.key <> row[0] OR b.key <> row[1]",
            "WITH old, old.key AS key, a, b DELETE old",
            "RETURN key, head(labels(a)), a.key, head(labels(b)), b.key",
        ]
    )


def replacing_statement(relationship: Relationship) -> str:
    """Return the statement that deletes the relationships of starts to ends other than those of `$rows`.

    A row is `[start key, end key]`; if the end is null, all relationships of the start are deleted. The statement
    returns the key of each start with that of the end that it had.
    """
    return "\n".join(
        [
            "CYPHER 25 UNWIND $rows AS row",
            f"MATCH (a:{relationship.start} {{key: row[0]}})-[old:{relationship.type}]->(b:{relationship.end})",
            "WHERE row[1] IS NULL OR b.key <> row[1]",
            "WITH old, a, b DELETE old",
            "RETURN a.key, b.key",
        ]
    )


def removal_statement(node: Node) -> str:
    """Return the statement that deletes the nodes of `$keys` with their links.

    It returns a row for each that existed: its key, and the label and key of what it was linked to, except sources.
    """
    return (
        f"CYPHER 25 UNWIND $keys AS key MATCH (n:{node.label} {{key: key}}) WITH n, key, COLLECT {{ "
        "MATCH (n)--(other) WHERE NOT other:Source RETURN DISTINCT [head(labels(other)), other.key] } AS linked "
        "DETACH DELETE n RETURN key, linked"
    )


def lock_statement(node: Node) -> str:
    """Return the statement that locks the nodes of `$keys` against other transactions, and counts them."""
    return (
        f"CYPHER 25 UNWIND $keys AS key MATCH (n:{node.label} {{key: key}}) "
        "SET n.locked = true REMOVE n.locked RETURN count(*)"
    )
