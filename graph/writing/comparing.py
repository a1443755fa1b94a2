"""Statements that compare rows with what is there, before they are written."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Node, Relationship
from graph.writing.assertions import contradicted
from graph.writing.statements import GIVEN, GIVES, PROVENANCE, said_of

CREATED, CHANGED, CONTRADICTED, JOINED, UNCHANGED = "created", "changed", "contradicted", "joined", "unchanged"
"""What writing a row does with its node.

A node is joined when only other systems gave it, contradicted when another system gives it and the row says something
else, and changed when only its own system said something else.
"""


def compared_statement(node: Node, names: Sequence[str], points: Sequence[str], *, locking: bool = True) -> str:
    """Return the statement that compares the nodes of `$rows` with what the rows give, and locks them.

    The rows are those of the node's statement; `$source` is the key of their source and `$system` its system, or null.
    The statement returns a list for each node that exists: its key, whether it would lose a value or others than the
    source gave it, and what writing the row does with it.
    """
    plain = [name for name in names if name not in points]
    known = f"name IN {plain} WHERE n[name] IS NOT NULL AND"
    removed = [f"any({known} name IN keys(row[1]) AND row[1][name] IS NULL)"]
    replaced = [f"any({known} row[1][name] IS NOT NULL AND n[name] <> row[1][name])"]
    verbatim = [name for name in plain if name not in contradicted(node)]
    disputed = [f"any({known} row[1][name] IS NOT NULL AND n[name] <> row[1][name] AND NOT name IN {verbatim})"]
    gained = [f"any(name IN {plain} WHERE n[name] IS NULL AND row[1][name] IS NOT NULL)"]
    for place, name in enumerate(points):
        given = f"row[2][{place}]"
        position = f"point({{longitude: {given}[0][0], latitude: {given}[0][1]}})"
        removed.append(f"(n.{name} IS NOT NULL AND '{name}' IN keys(row[1]))")
        other = f"(n.{name} IS NOT NULL AND size({given}) > 0 AND n.{name} <> {position})"
        replaced.append(other)
        disputed.append(other)
        gained.append(f"(n.{name} IS NULL AND size({given}) > 0)")
    shared = [
        f"EXISTS {{ MATCH (n)-[f:{PROVENANCE}]->(s:Source)"
        f" WHERE $source IS NULL OR s.key <> $source OR f.{GIVES} IS NOT NULL }}",
        f"($source IS NOT NULL AND NOT EXISTS {{ (n)-[:{PROVENANCE}]->(:Source) }})",
    ]
    return "\n".join(
        [
            "CYPHER 25 UNWIND $rows AS row",
            f"MATCH (n:{node.label} {{key: row[0]}})",
            *(["SET n.locked = true REMOVE n.locked"] if locking else []),
            f"WITH n, {' OR '.join(removed)} AS removed, {' OR '.join(replaced)} AS replaced,",
            f"  {' OR '.join(gained)} AS gained, {' OR '.join(shared)} AS shared,",
            f"  {' OR '.join(disputed)} AS disputed,",
            f"  EXISTS {{ MATCH (n)-[:{PROVENANCE}]->(s:Source) WHERE s.system <> $system }} AS others,",
            f"  EXISTS {{ MATCH (n)-[:{PROVENANCE}]->(s:Source) WHERE s.system = $system }} AS ours",
            "RETURN collect([n.key, removed OR replaced OR shared, CASE",
            f"  WHEN others AND disputed THEN '{CONTRADICTED}'",
            f"  WHEN NOT ours THEN '{JOINED}'",
            f"  WHEN replaced OR gained OR (removed AND NOT others) THEN '{CHANGED}'",
            f"  ELSE '{UNCHANGED}'",
            "END])",
        ]
    )


def compared_links_statement(relationship: Relationship) -> str:
    """Return the statement that locks keyed relationships of `$rows` and finds those that others gave, or that change.

    `$source` is the key of the source of the rows, or null. The statement returns a row for each: its key, its
    properties, the keys of its ends, and what its sources said.
    """
    changed = (
        "any(name IN keys(row[3]) WHERE r[name] IS NOT NULL AND (row[3][name] IS NULL OR r[name] <> row[3][name]))"
    )
    return "\n".join(
        [
            "CYPHER 25 UNWIND $rows AS row",
            f"MATCH (a)-[r:{relationship.type} {{key: row[2]}}]->(b)",
            "SET r.locked = true REMOVE r.locked",
            "WITH r, row, a.key AS start, b.key AS end",
            f"WHERE start <> row[0] OR end <> row[1] OR coalesce(r.{GIVEN} <> $source, true) OR {changed}",
            f"RETURN r.key, properties(r), start, end, {said_of('r.key', repr(relationship.type))}",
        ]
    )
