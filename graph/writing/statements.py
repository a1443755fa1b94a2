"""The statements that write nodes and links from checked rows; each is made from the model."""

from __future__ import annotations

from graph.model import Node, Relationship
from graph.writing.rows import RowCheck

PROVENANCE = "FROM_SOURCE"
GIVES = "gives"
"""The property of a provenance that lists what its source gave, if others gave the record too."""
IMPORTED = "importedAt"
"""The property of a provenance that says when its source last gave something new of the record."""
MISSING = "missingSince"
"""The property of a provenance that says from which day on its source no longer has the record."""
GIVEN = "givenBy"
"""The property of a link that lists the keys of the sources that gave it, one a line; an empty one stands for what was
there before. A link that no source gave has none."""
STATEMENT = "Statement"
"""The label of what a source said of a record that several gave (`graph.writing.said`); it is not part of the model."""

_NEW = (
    "any(name IN keys(row[1]) WHERE coalesce(n[name] <> row[1][name], n[name] IS NOT NULL OR row[1][name] IS NOT NULL))"
)
_NOTE_GIVER = f"""FOREACH (_ IN CASE WHEN $source IN split(coalesce(r.{GIVEN}, ''), '\\n') THEN [] ELSE [1] END |
  SET r.{GIVEN} = coalesce(r.{GIVEN}, '') + '\\n' + $source)"""


def node_statement(node: Node, *, fresh: bool = False, sourced: bool = False, single: bool = False) -> str:
    """Return the statement that writes nodes of a label from `$rows`.

    A row is `[key, properties, points]`. `properties` is a map in which null removes a property. `points` has a list
    for each point property of the label, in order; it is empty or holds one `[longitude, latitude]`. Nodes are merged
    by key; `fresh` creates them, for a store that holds none of them yet. With `sourced` the row continues with
    `[source key, provenance key, its properties]`, and the node's provenance is written too: one for each key, or a
    `single` one for each source. A single one also notes `$at` when the row says something new, and loses the mark of a
    record that its source no longer had. The statement returns the number of rows whose source exists, or of all rows.
    """
    noted = single and not fresh
    lines = [
        "CYPHER 25 UNWIND $rows AS row",
        f"{'CREATE' if fresh else 'MERGE'} (n:{node.label} {{key: row[0]}})",
        *([f"WITH n, row, {_NEW} AS new"] if noted else []),
        "SET n += row[1]",
    ]
    for position, name in enumerate(RowCheck(node.label, node.all_properties).points):
        point = "point({longitude: p[0], latitude: p[1]})"
        lines.append(f"FOREACH (p IN row[2][{position}] | SET n.{name} = {point})")
    if sourced:
        lines.append(f"WITH n, row{', new' if noted else ''} MATCH (s:Source {{key: row[3]}})")
        if noted:
            at = f"CASE WHEN new OR r.{IMPORTED} IS NULL THEN $at ELSE r.{IMPORTED} END"
            lines.append(f"MERGE (n)-[r:{PROVENANCE}]->(s) ON CREATE SET r.key = row[4]")
            lines.append(f"SET r += row[5], r.{IMPORTED} = {at} REMOVE r.{MISSING}")
        else:
            lines.append(f"{'CREATE' if fresh else 'MERGE'} (n)-[r:{PROVENANCE} {{key: row[4]}}]->(s) SET r += row[5]")
    return "\n".join([*lines, "RETURN count(*)"])


def relationship_statement(relationship: Relationship, *, fresh: bool = False, sourced: bool = False) -> str:
    """Return the statement that writes relationships between existing nodes from `$rows`.

    A row is `[start key, end key]`, and for a relationship with properties `[start key, end key, key, properties]`.
    There is one relationship for each pair of ends, or for each key. Provenance has one for each key between its ends.
    With `sourced`, it is noted that the source `$source` gave them. The statement returns the number of rows whose ends
    exist.
    """
    kind = relationship.type
    keyed = bool(relationship.properties)
    arrow = "-" if relationship.symmetric and not fresh else "->"
    lines = [
        "CYPHER 25 UNWIND $rows AS row",
        f"MATCH (a:{relationship.start} {{key: row[0]}})",
        f"MATCH (b:{relationship.end} {{key: row[1]}})",
        f"{'CREATE' if fresh else 'MERGE'} (a)-[r:{kind}{' {key: row[2]}' if keyed else ''}]{arrow}(b)",
        *([f"ON CREATE SET r.{GIVEN} = $source", _NOTE_GIVER] if sourced else []),
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
    returns the key of each start with that of the end that it had, and who gave the relationship.
    """
    return "\n".join(
        [
            "CYPHER 25 UNWIND $rows AS row",
            f"MATCH (a:{relationship.start} {{key: row[0]}})-[old:{relationship.type}]->(b:{relationship.end})",
            "WHERE row[1] IS NULL OR b.key <> row[1]",
            f"WITH old, a, b, old.{GIVEN} AS given DELETE old",
            "RETURN a.key, b.key, given",
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


def said_of(about: str, of: str) -> str:
    """Return the expression for the statements about a record or link, in order; `of` gives its label or type."""
    return f"""COLLECT {{
    MATCH (t:{STATEMENT} {{about: {about}, of: {of}}})
    RETURN [t.source, t.system, t.actor, t.at, t.recordedAt, t.first, t.said] ORDER BY t.place
  }}"""
