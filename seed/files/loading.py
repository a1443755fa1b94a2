"""Writes records to the graph in batches, or tells what writing them would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from graph.model import MODEL
from graph.store import Store
from graph.writing.origin import Extract, Origin
from graph.writing.transaction import Transaction
from graph.writing.writer import Writer
from seed.files.difference import Difference, Found, compared
from seed.files.records import Record

ACTOR = "importer"


class Loader:
    """Writes records in batches, each in one transaction, and counts what that changes.

    Everything is merged by key, so that a batch can be written again. A node that leads to one other only, such as an
    address to its area, leaves the one that it led to before. With `dry_run`, nothing is written.
    """

    def __init__(self, store: Store, source: Extract, *, batch_size: int, dry_run: bool = False) -> None:
        self._writer = Writer(store, Origin(ACTOR, "import", source), batch_size=batch_size)
        self._store = store
        self._system = source.system
        self._dry_run = dry_run
        self._shared: set[tuple[str, str]] = set()
        self.difference = Difference()

    async def write(self, batch: Sequence[Record]) -> None:
        """Write a batch of records."""
        nodes = self._nodes(batch)
        self.difference += await compared(self._store, self._system, nodes)
        if not self._dry_run:
            await self._writer.transact(partial(self._write, batch, nodes))

    def _nodes(self, batch: Sequence[Record]) -> Found:
        """Return the batch's nodes by label and key, each with its first row, without those written before."""
        found: Found = {}
        for record in batch:
            for node in record.nodes:
                if (node.label, node.key) not in self._shared:
                    found.setdefault(node.label, {}).setdefault(node.key, (record.row, node))
        self._shared |= {(label, key) for label, nodes in found.items() for key in nodes}
        return found

    async def _write(self, batch: Sequence[Record], nodes: Found, transaction: Transaction) -> None:
        present = set()
        for label, rows in nodes.items():
            given = ({"key": node.key, **node.properties} for _, node in rows.values())
            _, there = await transaction.nodes(label, given, ({"row": row} for row, _ in rows.values()))
            if there:
                present.add(label)
        for (kind, start, end), links in _links(batch).items():
            if start in present and _leads_to_one(kind, start, end):
                await transaction.leave_others(kind, start, end, {link["start"]: link["end"] for link in links})
            await transaction.links(kind, start, end, links)


def _links(batch: Iterable[Record]) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Return the rows of the batch's links by type and labels, each link once."""
    found: dict[tuple[str, str, str], dict[tuple[str | None, str, str], dict[str, Any]]] = {}
    for link in (link for record in batch for link in record.links):
        row = {"start": link.start.key, "end": link.end.key}
        keyed = row if link.key is None else {**row, "key": link.key, **link.properties}
        rows = found.setdefault((link.type, link.start.label, link.end.label), {})
        rows.setdefault((link.key, link.start.key, link.end.key), keyed)
    return {kind: list(rows.values()) for kind, rows in found.items()}


def _leads_to_one(kind: str, start: str, end: str) -> bool:
    [link] = [one for one in MODEL.relationships if (one.type, one.start, one.end) == (kind, start, end)]
    return not link.forward.many
