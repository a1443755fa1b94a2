"""What each import gave: how many records of each label, so that one that gave much less is noticed.

An `Import` node beside each source holds the counts of its last import that ended, and those of the import before it
that gave other counts. Importing the same again changes nothing there; when that was is in the change log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from graph.store import Store
from graph.writing.change_log import CHANGE
from graph.writing.statements import MISSING, PROVENANCE
from graph.writing.transaction import Transaction
from graph.writing.writer import BATCH_SECONDS

IMPORT = "Import"
"""The label of the counts of a source's last import; it is not part of the model."""
IMPORT_SCHEMA = (f"CREATE CONSTRAINT {IMPORT}_key IF NOT EXISTS FOR (n:{IMPORT}) REQUIRE n.key IS UNIQUE",)
DROP = 0.2
"""A label is flagged when an import gives fewer of its records than the one before, by more than this part of them."""

_NOTE = f"""CYPHER 25
MERGE (i:{IMPORT} {{key: $source}})
WITH i WHERE i.records IS NULL OR i.records <> $records
SET i.before = i.records, i.records = $records, i.at = datetime.realtime()
RETURN count(*)"""
_LAST = f"CYPHER 25 MATCH (i:{IMPORT} {{key: $source}}) RETURN i.records"
_SOURCES = f"""CYPHER 25
MATCH (s:Source)
OPTIONAL MATCH (i:{IMPORT} {{key: s.key}})
RETURN s.key, s.system, s.file, s.extractedAt,
  coalesce(COLLECT {{
    MATCH (c:{CHANGE}) WHERE c.source = s.key AND c.kind = 'import' RETURN c.at ORDER BY c.at DESC LIMIT 1
  }}[0], i.at),
  COLLECT {{
    MATCH (s)<-[f:{PROVENANCE}]-(n)
    WITH head(labels(n)) AS label, count(f) AS records, count(f.{MISSING}) AS missing
    RETURN [label, records, missing] ORDER BY label
  }},
  i.records, i.before
ORDER BY s.key"""


class Covered(NamedTuple):
    """The records of a label that came from a source.

    `missing` are those that its newest version no longer had. `given` is how many its last import gave, and `before`
    how many the import before it gave; both are unknown if no import ended.
    """

    label: str
    records: int
    missing: int
    given: int | None = None
    before: int | None = None

    @property
    def dropped(self) -> bool:
        """Whether the last import gave fewer than the one before, by more than a fifth."""
        return self.given is not None and self.before is not None and self.given < self.before * (1 - DROP)


@dataclass(frozen=True, slots=True)
class Freshness:
    """A source: its system, file and day of extraction, when it was last imported, and what came from it."""

    key: str
    system: str | None
    file: str | None
    extracted_at: datetime | None
    imported_at: datetime | None
    covered: Sequence[Covered]


async def read_sources(store: Store) -> list[Freshness]:
    """Return all sources, in the order of their keys."""
    rows = cast(list[list[Any]], await store.read(_SOURCES, timeout=BATCH_SECONDS))
    return [
        Freshness(key, system, file, extracted, imported, covered(counted, now, before))
        for key, system, file, extracted, imported, counted, now, before in rows
    ]


def covered(counted: Iterable[Sequence[Any]], now: str | None, before: str | None) -> list[Covered]:
    """Return what came from a source, from its counts by label and what its `Import` node holds."""
    given, earlier = _counts(now), _counts(before)
    known = {label: (records, missing) for label, records, missing in counted}
    return [
        Covered(
            label,
            *known.get(label, (0, 0)),
            None if now is None else given.get(label, 0),
            None if before is None else earlier.get(label, 0),
        )
        for label in sorted({*known, *earlier})
    ]


async def note_counts(transaction: Transaction, source: str, counts: Mapping[str, int]) -> None:
    """Note how many records of each label an import gave that has ended."""
    records = json.dumps({label: count for label, count in counts.items() if count}, sort_keys=True)
    await transaction.run(_NOTE, {"source": source, "records": records})


async def drops(store: Store, source: str, now: Mapping[str, int]) -> list[Covered]:
    """Return the labels of which an import gives fewer records than the last one, by more than a fifth."""
    rows = await store.read(_LAST, {"source": source})
    last = _counts(cast(str, rows[0][0])) if rows else {}
    found = (Covered(label, 0, 0, now.get(label, 0), before) for label, before in sorted(last.items()))
    return [one for one in found if one.dropped]


def _counts(text: str | None) -> dict[str, int]:
    return cast(dict[str, int], json.loads(text or "{}"))
