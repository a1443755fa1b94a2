"""Findings of questions that are no longer swept, for example because the question's file was removed."""

from __future__ import annotations

from queries.findings.statements import ABOUT, BATCH_SIZE, resolved

GONE = "the question that found it was removed"
"""The reason that a change of the finding gives."""

READ_GONE = """CYPHER 25
MATCH (f:Finding)
WHERE f.indicator IS NOT NULL AND NOT f.indicator IN $known AND f.status IN $alive
RETURN collect(DISTINCT f.indicator)"""
"""Reads the names of the indicators whose findings no sweep would look at again."""


def gone_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that resolves all findings of an indicator; its additional parameter is the name."""
    found = ["MATCH (f_:Finding)", f"WHERE f_.key IS NOT NULL AND f_.indicator = {ABOUT}"]
    return resolved(found, batch_size, reason=f"'{GONE}'")
