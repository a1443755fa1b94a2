"""Records that a source gave and that its newer version no longer has: they stay, and are marked with the day.

The mark is on the provenance, because other sources may still have the record. Writing the record from the source again
removes it (`graph.writing.statements`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date
from typing import cast

from graph.store import Store
from graph.writing.statements import MISSING, PROVENANCE
from graph.writing.transaction import Transaction
from graph.writing.writer import BATCH_SECONDS

PAGE = 5_000
"""Records that are read at once."""
_MARKED = f"""CYPHER 25
MATCH (:Source {{key: $source}})<-[f:{PROVENANCE}]-(n) WHERE f.{MISSING} IS NOT NULL
RETURN head(labels(n)), collect(n.key)"""
_LABELS = f"CYPHER 25 MATCH (:Source {{key: $source}})<-[:{PROVENANCE}]-(n) RETURN DISTINCT head(labels(n))"


async def marked_missing(store: Store, source: str) -> dict[str, frozenset[str]]:
    """Return the keys of the records that a source no longer has, by label."""
    rows = cast(list[tuple[str, list[str]]], await store.read(_MARKED, {"source": source}, timeout=BATCH_SECONDS))
    return {label: frozenset(keys) for label, keys in rows}


async def newly_missing(
    store: Store, source: str, seen: Mapping[str, Collection[str]]
) -> AsyncIterator[tuple[str, list[str]]]:
    """Yield the keys of records that a source gave, that are not marked, and that are not `seen`, by label."""
    labels = await store.read(_LABELS, {"source": source}, timeout=BATCH_SECONDS)
    for label in sorted(cast(str, name) for (name,) in labels):
        statement = (
            f"CYPHER 25 MATCH (n:{label}) WHERE n.key > $after "
            f"AND EXISTS {{ (n)-[f:{PROVENANCE} WHERE f.{MISSING} IS NULL]->(:Source {{key: $source}}) }} "
            "WITH n.key AS key ORDER BY key LIMIT $limit RETURN collect(key)"
        )
        values: dict[str, object] = {"source": source, "after": "", "limit": PAGE}
        while keys := cast(list[str], await store.read_value(statement, values, timeout=BATCH_SECONDS)):
            if gone := [key for key in keys if key not in seen.get(label, ())]:
                yield label, gone
            values["after"] = keys[-1]


async def mark_missing(transaction: Transaction, source: str, label: str, keys: Sequence[str], day: date) -> None:
    """Mark records as no longer in a source since a day."""
    statement = (
        f"CYPHER 25 UNWIND $keys AS key MATCH (:{label} {{key: key}})-[f:{PROVENANCE}]->(s:Source) "
        f"WHERE s.key = $source AND f.{MISSING} IS NULL SET f.{MISSING} = $day RETURN count(*)"
    )
    await transaction.run(statement, {"keys": list(keys), "source": source, "day": day})
    transaction.touched.add(label, keys)
