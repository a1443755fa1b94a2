"""The change log: one entry for each transaction that wrote records, numbered without gaps in the order of commits.

A transaction takes its number last, under the lock of one node that it holds until the commit. So a reader that sees an
entry also sees everything before it. The newest `KEPT` entries are kept; a reader that asks for older ones is told that
it missed some. An entry names touched records by label and key, up to `MOST_NAMED` records, and beyond that only the
labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, cast

from graph.store import Store
from graph.store.connections import Run
from graph.writing.origin import Origin

LOG = "ChangeLog"
"""The label of the one node that holds the last number."""
CHANGE = "Change"
"""The label of an entry."""
EVERYTHING = "*"
"""Means all labels: anything may have been touched."""
KEPT = 50_000
"""Entries that are kept."""
MOST_NAMED = 50_000
"""How many records one entry may name, and how many one whole import may name."""
PAGE = 200
"""Entries that are read at once."""
LOG_SCHEMA = (
    f"CREATE CONSTRAINT {LOG}_key IF NOT EXISTS FOR (n:{LOG}) REQUIRE n.key IS UNIQUE",
    f"CREATE CONSTRAINT {CHANGE}_sequence IF NOT EXISTS FOR (n:{CHANGE}) REQUIRE n.sequence IS UNIQUE",
    f"CREATE INDEX {CHANGE}_source IF NOT EXISTS FOR (n:{CHANGE}) ON (n.source, n.at)",
)

_LOG = f"(log:{LOG} {{key: 'log'}})"
_LOCK = f"CYPHER 25 MERGE {_LOG} SET log.locked = true"
_APPEND = f"""CYPHER 25
MATCH {_LOG}
REMOVE log.locked
SET log.sequence = coalesce(log.sequence, 0) + 1
CREATE (:{CHANGE} {{sequence: log.sequence, at: datetime.realtime(), actor: $p[0], source: $p[1], kind: $p[2],
  records: $p[3], whole: $p[4]}})
WITH log.sequence AS sequence
CALL (sequence) {{
  MATCH (old:{CHANGE}) WHERE old.sequence <= sequence - $p[5]
  WITH old LIMIT 1000
  DELETE old
}}
RETURN sequence"""
_ANNOUNCE = f"CYPHER 25 MATCH {_LOG} REMOVE log.locked SET log.announced = $labels"
_ANNOUNCED = f"CYPHER 25 MATCH {_LOG} WHERE log.announced IS NOT NULL RETURN log.announced"
_CONCLUDE = f"CYPHER 25 MATCH {_LOG} REMOVE log.locked, log.announced"
_READ = f"""CYPHER 25
MATCH (c:{CHANGE}) WHERE c.sequence > $after
RETURN c.sequence, c.at, c.actor, c.source, c.kind, c.records, c.whole
ORDER BY c.sequence LIMIT $limit"""
_LAST = f"CYPHER 25 MATCH {_LOG} RETURN coalesce(log.sequence, 0)"
_CONTINUE = f"""CYPHER 25
MATCH {_LOG}
REMOVE log.locked
SET log.sequence = CASE WHEN coalesce(log.sequence, 0) < $sequence THEN $sequence ELSE log.sequence END"""
_FORGET = f"""CYPHER 25
MATCH (c:{CHANGE}) WHERE c.sequence < $sequence
CALL (c) {{ DELETE c }} IN TRANSACTIONS OF 1000 ROWS"""


Logged = tuple[int, datetime, str, str | None, str, list[str], list[str]]
"""An entry as it stands: its number, when, who, the source, the kind of work, records as `label/key`, and labels."""


@dataclass(slots=True)
class Touched:
    """What a transaction touched: keys by label, and labels of which any record may have been touched."""

    records: dict[str, set[str]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def add(self, label: str, keys: Iterable[str]) -> None:
        """Add records of a label."""
        if found := set(keys):
            self.records.setdefault(label, set()).update(found)

    @property
    def named(self) -> int:
        """How many records are named."""
        return sum(map(len, self.records.values()))

    def shortened(self, most: int = MOST_NAMED) -> Touched:
        """Return the same with at most `most` records named; whole labels replace too many keys."""
        if self.named <= most:
            return self
        return Touched({}, {*self.whole, *self.records})


@dataclass(frozen=True, slots=True)
class Change:
    """One entry: its number and time, the actor, the source, the kind of work, and what was touched.

    `records` are keys by label. For labels in `whole`, any record may have been touched; `EVERYTHING` means any label.
    """

    sequence: int
    at: datetime
    actor: str
    source: str | None
    kind: str
    records: Mapping[str, frozenset[str]]
    whole: frozenset[str]


class Changes(NamedTuple):
    """Entries in order, and the number to continue from next time (`upto`).

    `missed` says that some entries are no longer kept, so anything may have changed.
    """

    entries: Sequence[Change]
    upto: int
    missed: bool = False


async def lock(run: Run) -> None:
    """Wait for the transaction's turn to take a number; from then on it sees everything that earlier ones wrote."""
    await run(_LOCK, None)


async def append(run: Run, origin: Origin, touched: Touched, *, kept: int = KEPT) -> int:
    """Add the entry of a transaction that holds the lock, as its last statement, and return the entry's number."""
    short = touched.shortened()
    records = [f"{label}/{key}" for label, keys in sorted(short.records.items()) for key in sorted(keys)]
    values = [origin.actor, origin.source_key, origin.kind, records, sorted(short.whole), kept]
    ((sequence,),) = await run(_APPEND, {"p": values})
    return cast(int, sequence)


async def append_alone(store: Store, origin: Origin, touched: Touched) -> int:
    """Add an entry in a separate transaction, after work done in many transactions; return the entry's number."""

    async def work(run: Run) -> int:
        await lock(run)
        return await append(run, origin, touched)

    return await store.transaction(work)


async def announce(store: Store, labels: Iterable[str]) -> None:
    """Note that records of these labels are about to be written in many transactions; `conclude` adds their entry."""

    async def work(run: Run) -> None:
        await lock(run)
        await run(_ANNOUNCE, {"labels": sorted(labels)})

    await store.transaction(work)


async def conclude(store: Store, origin: Origin, touched: Touched | None = None) -> int | None:
    """Add the entry of announced work that has ended, or that was interrupted and that nobody continues.

    Without `touched`, any record of the announced labels may have been touched. Nothing is done when no work was
    announced. Returns the number of the entry, if one was added.
    """
    if touched is None and not await store.read(_ANNOUNCED):
        return None

    async def work(run: Run) -> int | None:
        await lock(run)
        labels = {label for (found,) in await run(_ANNOUNCED, None) for label in cast(list[str], found)}
        await run(_CONCLUDE, None)
        found = Touched(whole=labels) if touched is None else touched
        return await append(run, origin, found) if found.whole or found.records else None

    return await store.transaction(work)


async def last_sequence(store: Store) -> int:
    """Return the number of the newest entry, or 0 when nothing has been written yet."""
    rows = await store.read(_LAST)
    return cast(int, rows[0][0]) if rows else 0


async def changes(store: Store, *, after: int, most: int = PAGE) -> Changes:
    """Return up to `most` entries that follow number `after`, in order and without a gap.

    Ask again after `upto` until there are none. Entries are `missed` when they are no longer kept, or when the log has
    not reached `after`, as in a database that was restored to an earlier state.
    """
    last = await last_sequence(store)
    rows = await store.read(_READ, {"after": after, "limit": most})
    return page_of(last, cast(list[Logged], rows), after=after)


def page_of(last: int, rows: Sequence[Logged], *, after: int) -> Changes:
    """Return what `changes` returns, from the log's last number and the entries as they stand, read in this order."""
    if last < after:
        return Changes((), last, missed=True)
    if last > after and (not rows or rows[0][0] != after + 1):
        return Changes((), last, missed=True)
    found = []
    for place, (sequence, at, actor, source, kind, records, whole) in enumerate(rows, after + 1):
        if sequence != place:
            break
        found.append(Change(sequence, at, actor, source, kind, _by_label(records), frozenset(whole)))
    return Changes(tuple(found), after + len(found))


async def continue_after(store: Store, sequence: int) -> None:
    """Give the next entry a number above `sequence`, the last one in the database that this one replaces."""

    async def work(run: Run) -> None:
        await lock(run)
        await run(_CONTINUE, {"sequence": sequence})

    await store.transaction(work)


async def start_anew(store: Store, origin: Origin) -> int:
    """Add the entry of work that touched everything, and delete all older entries with the keys that they name."""
    sequence = cast(int, await conclude(store, origin, Touched(whole={EVERYTHING})))
    await store.write_auto(_FORGET, {"sequence": sequence})
    return sequence


def _by_label(records: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record in records:
        label, _, key = record.partition("/")
        found.setdefault(label, set()).add(key)
    return {label: frozenset(keys) for label, keys in found.items()}
