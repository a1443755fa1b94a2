"""Taking a source back: the graph becomes as if the source had never been imported.

Records that only this source gave are deleted, with their links. Of the others, what their statements say without this
source's is shown again (`graph.writing.said`), and the links that only this source gave between them are deleted. Each
batch of records is one transaction; when it is interrupted, doing it again does the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from graph.errors import BadInput
from graph.model import RECORDS
from graph.store import Store
from graph.writing.imports import IMPORT
from graph.writing.origin import Origin
from graph.writing.retelling import retell_links, retell_records
from graph.writing.shared_links import take_back_links
from graph.writing.statements import GIVES, PROVENANCE, STATEMENT
from graph.writing.transaction import Transaction
from graph.writing.writer import BATCH_SECONDS, Writer

BATCH_SIZE = 1_000
"""Records that one transaction takes back."""
ACTOR = "importer"
KIND = "undo"

_SHARED = f"(f.{GIVES} IS NOT NULL OR EXISTS {{ (n)-[:{PROVENANCE}]->(other:Source) WHERE other.key <> $source }})"
"""Tells whether others gave something of a record too, or whether it was there before."""
_KNOWN = "CYPHER 25 MATCH (s:Source {key: $source}) RETURN 1"
_COUNTS = f"""CYPHER 25
MATCH (:Source {{key: $source}})<-[f:{PROVENANCE}]-(n)
RETURN head(labels(n)) AS label, count(CASE WHEN NOT {_SHARED} THEN 1 END), count(CASE WHEN {_SHARED} THEN 1 END)
ORDER BY label"""
_SAID_OF_LINKS = f"""CYPHER 25
MATCH (t:{STATEMENT} {{source: $source}}) WHERE t.of = $of
WITH DISTINCT t.about AS about LIMIT $limit RETURN collect(about)"""
_FORGET = (
    f"CYPHER 25 MATCH (t:{STATEMENT} {{source: $source}}) DELETE t",
    f"CYPHER 25 MATCH (i:{IMPORT} {{key: $source}}) DELETE i",
)

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class TakenBack:
    """How many records of each label were deleted, and how many stay because others gave them too."""

    deleted: Counter[str] = field(default_factory=Counter)
    stay: Counter[str] = field(default_factory=Counter)

    def lines(self, *, dry_run: bool = False) -> list[str]:
        """Return what was, or would be, done to the records of each label, as sentences."""
        deleted, kept = ("to delete", "to keep") if dry_run else ("deleted", "kept")
        lines = []
        for label in sorted({*self.deleted, *self.stay}):
            told = [f"{self.deleted[label]:,} {deleted}"] if self.deleted[label] else []
            if self.stay[label]:
                told.append(f"{self.stay[label]:,} {kept}, with what others gave")
            lines.append(f"{label}: {'; '.join(told)}")
        return lines or ["No record came from this source."]


async def what_to_take_back(store: Store, source: str) -> TakenBack:
    """Return what taking a source back would do; raises `BadInput` when there is no source with this key."""
    if not await store.read(_KNOWN, {"source": source}):
        raise BadInput(f"there is no source {source}; `sightline sources` lists those that there are")
    found = TakenBack()
    rows = await store.read(_COUNTS, {"source": source}, timeout=BATCH_SECONDS)
    for label, alone, shared in cast(list[tuple[str, int, int]], rows):
        found.deleted[label], found.stay[label] = alone, shared
    return found


async def take_back(
    store: Store, source: str, *, batch_size: int = BATCH_SIZE, progress: Progress | None = None
) -> TakenBack:
    """Take a source back, and return what was done; raises `BadInput` when there is no source with this key.

    `progress` is called with how many of its records are done, and how many there are.
    """
    found = await what_to_take_back(store, source)
    total, done = found.deleted.total() + found.stay.total(), 0
    writer = Writer(store, Origin(ACTOR, KIND))
    for kind in sorted({one.type for one in RECORDS.relationships if one.properties and one.type != PROVENANCE}):
        values: dict[str, object] = {"source": source, "of": kind, "limit": batch_size}
        while keys := cast(list[str], await store.read_value(_SAID_OF_LINKS, values, timeout=BATCH_SECONDS)):
            await writer.transact(partial(retell_links, kind=kind, keys=keys, source=source))
    for label in sorted({**found.deleted, **found.stay}):
        statement = _batch_statement(label)
        values = {"source": source, "limit": batch_size}
        while batch := cast(list[list[Any]], await store.read_value(statement, values, timeout=BATCH_SECONDS)):
            shared = [key for key, others in batch if others]
            alone = [key for key, others in batch if not others]
            await writer.transact(partial(_take_back, label=label, source=source, shared=shared, alone=alone))
            done += len(batch)
            if progress:
                progress(min(done, total), total)
    await writer.transact(partial(_forget, source=source))
    return found


def _batch_statement(label: str) -> str:
    return (
        f"CYPHER 25 MATCH (:Source {{key: $source}})<-[f:{PROVENANCE}]-(n:{label}) WITH f, n LIMIT $limit "
        f"RETURN collect([n.key, {_SHARED}])"
    )


async def _take_back(
    transaction: Transaction, *, label: str, source: str, shared: Sequence[str], alone: Sequence[str]
) -> None:
    await transaction.lock(label, [*shared, *alone])
    if shared:
        await take_back_links(transaction, label, shared, source)
        await retell_records(transaction, label, shared, source)
    if alone:
        await transaction.remove(label, alone)


async def _forget(transaction: Transaction, *, source: str) -> None:
    """Delete the source itself, when nothing is from it any more, and what is kept beside it."""
    for statement in _FORGET:
        await transaction.run(statement, {"source": source})
    await transaction.remove("Source", [source])
