"""Writes records to the graph in batches, or tells what writing them would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from graph.model import MODEL
from graph.store import Store
from graph.writing.origin import Extract
from graph.writing.transaction import Transaction
from seed.files.buildings import mark_missing_units
from seed.files.difference import Difference, Found, compared
from seed.files.reading import Transact
from seed.files.records import Record

Kind = tuple[str, str, str]
"""A type of links and the labels of its ends."""


class Loader:
    """Writes records in batches, each in one transaction, and counts what that changes.

    Everything is merged by key, so that a batch can be written again. A node that leads to one other only, such as an
    address to its area, leaves the one that it led to before; `left` are the keys of those, by label. Addresses that
    lack their unit are marked as such. `transact` returns what does work in transactions from a record's own source, or
    from that of the import.
    """

    def __init__(self, transact: Callable[[Extract | None], Transact]) -> None:
        self._transact = transact
        self._new = _New()
        self.difference = Difference()
        self.left: dict[str, set[str]] = {}

    @property
    def seen(self) -> Mapping[str, Set[str]]:
        """The keys of the nodes of all batches so far, by label, without those of records with their own source."""
        return self._new.seen.get(None, {})

    async def write(self, batch: Sequence[Record]) -> None:
        """Write a batch of records, those of one source after those of another."""
        for source, records in _by_source(batch):
            nodes = self._new.nodes(source, records)
            written: _Written = await self._transact(source)(partial(_write, records, nodes))
            self.difference += written.difference
            for label, keys in written.left.items():
                self.left.setdefault(label, set()).update(keys)


class Comparer:
    """Tells what writing records would change; nothing is written."""

    def __init__(self, store: Store, system: str) -> None:
        self._store = store
        self._system = system
        self._new = _New()
        self.difference = Difference()

    @property
    def seen(self) -> Mapping[str, Set[str]]:
        """The keys of the nodes of all batches so far, by label, without those of records with their own source."""
        return self._new.seen.get(None, {})

    async def write(self, batch: Sequence[Record]) -> None:
        """Compare a batch of records with the graph."""
        for source, records in _by_source(batch):
            self.difference += await compared(self._store, self._system, self._new.nodes(source, records))


class _New:
    """Knows which nodes earlier batches had: by source, their keys by label."""

    def __init__(self) -> None:
        self.seen: dict[str | None, dict[str, set[str]]] = {}

    def nodes(self, source: Extract | None, batch: Sequence[Record]) -> Found:
        """Return a batch's nodes by label and key, each with its first row, without those of earlier batches."""
        seen = self.seen.setdefault(source.key if source else None, {})
        found: Found = {}
        for record in batch:
            for node in record.nodes:
                if node.key not in seen.get(node.label, ()):
                    found.setdefault(node.label, {}).setdefault(node.key, (record.row, node))
        for label, nodes in found.items():
            seen.setdefault(label, set()).update(nodes)
        return found


def _by_source(batch: Sequence[Record]) -> Iterator[tuple[Extract | None, list[Record]]]:
    """Yield the records of a batch with their own source, if they have one, neighbors together."""
    return ((source, list(records)) for source, records in groupby(batch, key=lambda record: record.source))


class _Written(NamedTuple):
    """What one batch did, and the keys, by label, of what its links have left."""

    difference: Difference
    left: dict[str, set[str]]


async def _write(batch: Sequence[Record], nodes: Found, transaction: Transaction) -> _Written:
    written = _Written(Difference(), {})
    present = set()
    before = {label: Counter(kinds) for label, kinds in transaction.done.items()}
    for label, rows in nodes.items():
        given = ({"key": node.key, **node.properties} for _, node in rows.values())
        _, there = await transaction.nodes(label, given, ({"row": row} for row, _ in rows.values()))
        if there:
            present.add(label)
    done = {label: kinds - before.get(label, Counter()) for label, kinds in transaction.done.items()}
    written.difference.add_done(done)
    addresses = nodes.get("Address", {})
    await mark_missing_units(transaction, addresses, {key: {"row": row} for key, (row, _) in addresses.items()})
    links = _links(batch)
    ends = _ends(batch, {kind for kind in links if _leads_to_one(*kind)})
    for kind, wanted in ends.items():
        if kind[1] in present:
            left = await transaction.leave_others(*kind, wanted)
            written.left.setdefault(kind[2], set()).update(left)
    for kind, given_links in links.items():
        await transaction.links(*kind, given_links)
    return written


def _ends(batch: Iterable[Record], kinds: set[Kind]) -> dict[Kind, dict[str, str | None]]:
    """Return where nodes lead by links that lead to one node only; `None` for those that lead nowhere any more."""
    found: dict[Kind, dict[str, str | None]] = {}
    for record in batch:
        for none in record.without:
            found.setdefault((none.type, none.start.label, none.end), {})[none.start.key] = None
        for link in record.links:
            kind = (link.type, link.start.label, link.end.label)
            if kind in kinds:
                found.setdefault(kind, {})[link.start.key] = link.end.key
    return found


def _links(batch: Iterable[Record]) -> dict[Kind, list[dict[str, Any]]]:
    """Return the rows of the batch's links by type and labels, each link once."""
    found: dict[Kind, dict[tuple[str | None, str, str], dict[str, Any]]] = {}
    for link in (link for record in batch for link in record.links):
        row = {"start": link.start.key, "end": link.end.key}
        keyed = row if link.key is None else {**row, "key": link.key, **link.properties}
        rows = found.setdefault((link.type, link.start.label, link.end.label), {})
        rows.setdefault((link.key, link.start.key, link.end.key), keyed)
    return {kind: list(rows.values()) for kind, rows in found.items()}


def _leads_to_one(kind: str, start: str, end: str) -> bool:
    [link] = [one for one in MODEL.relationships if (one.type, one.start, one.end) == (kind, start, end)]
    return not link.forward.many
