"""The first sweep of an indicator: nothing is there to compare with, so that its findings are created outright."""

from __future__ import annotations

from graph.touched import WEIGHT
from queries.findings.columns import node_columns
from queries.findings.statements import (
    ABOUT,
    ACTOR,
    BATCH_SIZE,
    DAY,
    FENCE,
    NAME,
    NOW,
    RUN,
    SEVERITY,
    SOURCE,
    THRESHOLDS,
    WEIGHS,
    asked,
    batches,
    kept,
)
from queries.findings.thresholds import node_keys
from queries.question import Question

_CHILD = "Child"

HAS_FINDINGS = "CYPHER 25 RETURN EXISTS { MATCH (f:Finding) WHERE f.indicator = $name AND f.key IS NOT NULL }"
"""Reads whether an indicator has any finding."""


def first_statement(question: Question, *, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that writes a question's rows as new findings; its indicator must have none.

    It takes the parameters of `found_statement`, returns what that returns, and leaves what that leaves.
    """
    columns = ", ".join(column.name for column in question.columns)
    subjects = node_keys(question)
    children = [name for name in subjects if question.column(name).kind == _CHILD]
    return "\n".join(
        [
            "CYPHER 25",
            *asked(question),
            f"CALL ({columns}) {{",
            f"  {FENCE}",
            f"  WITH *, {ABOUT} AS about_, {kept(question)}",
            f"  CREATE (f_:Finding {{key: key_, indicator: {NAME}, severity: {SEVERITY}, weight: {WEIGHS},",
            f"    source: {SOURCE}, thresholds: {THRESHOLDS}, status: 'OPEN', version: 1, firstSeenAt: {NOW},",
            f"    lastSeenAt: {NOW}, since: {DAY}, seenBy: {RUN}, values: values_, facts: facts_}})",
            "  CREATE (f_)-[:HAS_CHANGE]->(:FindingChange {key: key_ + '/1', kind: 'OPENED',",
            f"    at: {NOW}, actor: '{ACTOR}', to: 'OPEN', values: values_, thresholds: {THRESHOLDS}}})",
            *(f"  CREATE (f_)-[:HAS_SUBJECT {{place: {place}}}]->({name})" for place, name in enumerate(subjects)),
            *(f"  {_evidence(place, column.name)}" for place, column in enumerate(node_columns(question))),
            *(f"  {line}" for name in children for line in _weigh(name)),
            "  RETURN 'OPENED' AS kind_",
            batches(batch_size),
            "RETURN 0, kind_, count(*)",
        ]
    )


def _evidence(place: int, name: str) -> str:
    return (
        f"FOREACH (one_ IN [x_ IN [{name}] WHERE x_ IS NOT NULL] |"
        f" CREATE (f_)-[:HAS_EVIDENCE {{column: '{name}', place: {place}}}]->(one_))"
    )


def _weigh(name: str) -> list[str]:
    """Return the lines that add to a child's weight; the child is locked before it is read."""
    return [
        f"SET {name}.weighed = true",
        f"SET {name}.{WEIGHT} = nullIf(coalesce({name}.{WEIGHT}, 0) + {WEIGHS}, 0)",
        f"REMOVE {name}.weighed",
    ]
