"""The store's own record: one node, outside the model, that says which version wrote it and who is changing it now.

It survives `db reset` and every seed, and does not count as data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from graph.processes import Process
from graph.store import Store

STORE = "SightlineStore"
"""The label of the record."""
RECORD = f"(record:{STORE} {{key: 'store'}})"
RECORD_SCHEMA = f"CREATE CONSTRAINT {STORE}_key IF NOT EXISTS FOR (n:{STORE}) REQUIRE n.key IS UNIQUE"

WORK: Mapping[str, str] = {
    "seed": "a seed is being written",
    "import": "a file is being imported",
    "undo": "an import is being undone",
    "reset": "the store is being emptied",
    "sweep": "a sweep is running",
    "upgrade": "the store is being brought up to date",
    "refresh": "derived properties are being brought up to date",
}
"""The kinds of work that change a whole store, with the words that say that one is running."""
UNFINISHED: Mapping[str, str] = {
    "seed": "a seed was interrupted, so records are missing; run `sightline seed` again",
    "import": "an import was interrupted, so rows of its file are missing; import the file again",
    "undo": "undoing an import was interrupted, so some of its records are gone and others are not; undo it again",
    "reset": "`sightline db reset` was interrupted, so some records are gone and others are not; run it again",
}
"""The kinds of work that leave a store incomplete when interrupted, with the words that say so."""
REPLACING = ("seed", "reset", "undo")
"""The kinds of work after which it no longer matters that earlier work was interrupted, because they delete it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the record says; everything is unknown in a store that no version with a record has opened."""

    schema_version: int | None = None
    written_by: str | None = None
    fold: str | None = None
    derived: str | None = None
    made: Sequence[str] = ()
    unfinished: str | None = None
    work: str | None = None
    since: datetime | None = None
    process: int | None = None
    live: bool = False
    """Whether somebody holds the lease now."""

    @property
    def working(self) -> str | None:
        """What is running, in words; None when nothing is."""
        return WORK.get(self.work or "") if self.live else None

    @property
    def interrupted(self) -> str | None:
        """What was interrupted and what to do about it, in words; None when nothing was, or it is still running."""
        goes_on = self.live and self.work == self.unfinished
        return None if goes_on else UNFINISHED.get(self.unfinished or "")


_READ = f"""CYPHER 25
MATCH {RECORD}
RETURN record.schemaVersion, record.writtenBy, record.fold, record.derived, coalesce(record.made, []),
  record.unfinished, record.work, record.since, record.process,
  record.holder IS NOT NULL AND record.expiresAt > datetime.realtime(),
  record.machine, record.processBegan"""


async def read_record(store: Store) -> Record:
    """Return what the store's record says."""
    rows = await store.read(_READ)
    if not rows:
        return Record()
    *values, live, machine, began = cast(list[Any], rows[0])
    names = ("schema_version", "written_by", "fold", "derived", "made", "unfinished", "work", "since", "process")
    found = dict(zip(names, values, strict=True))
    ended = live and Process(machine, found["process"], began).has_ended()
    return Record(**found, live=live and not ended)
