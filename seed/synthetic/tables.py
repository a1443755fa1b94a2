"""Tables: the rows of one block, by label and by relationship, in the order of the model's properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.contents import SYNTHETIC
from graph.load import PROVENANCE
from graph.model import RECORDS, Node, Relationship
from seed.synthetic.days import MORNINGS

BLOCK_RECORDS = 100_000
"""More than a block has of any kind: record numbers are the block's number times this, and on."""

Values = tuple[Any, ...]


def _slug(label: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in label).strip("-")


SLUGS = {node.label: _slug(node.label) for node in RECORDS.nodes}
"""The kind that a key names: `court-case` in `syn-court-case-000100007`."""


def key_of(label: str, number: int) -> str:
    """Return the key of a record: `syn-child-000100023`."""
    return f"{SYNTHETIC}{SLUGS[label]}-{number:09d}"


@dataclass(frozen=True, slots=True)
class NodeTable:
    """Rows of a label: the key, then the values of its properties in the model's order."""

    node: Node
    rows: list[Values]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the values."""
        return tuple(self.node.all_properties)


@dataclass(frozen=True, slots=True)
class LinkTable:
    """Rows of a relationship: both keys; with properties also its own key and their values in the model's order."""

    relationship: Relationship
    rows: list[Values]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the values."""
        properties = self.relationship.properties
        return ("start", "end", "key", *(p.name for p in properties)) if properties else ("start", "end")


class Tables:
    """Collects the rows of a block; every record gets its key and a link to its source here."""

    def __init__(self, block: int) -> None:
        self._first = block * BLOCK_RECORDS
        self._records: dict[str, list[Values]] = {node.label: [] for node in RECORDS.nodes}
        self._recorded: dict[str, list[int]] = {node.label: [] for node in RECORDS.nodes}
        self._links: dict[tuple[str, str], list[Values]] = {(r.type, r.start): [] for r in RECORDS.relationships}

    def add(self, label: str, recorded: int, *values: Any) -> str:
        """Add a record of these property values, recorded by its source on that day, and return its key."""
        rows = self._records[label]
        key = f"{SYNTHETIC}{SLUGS[label]}-{self._first + len(rows) + 1:09d}"
        rows.append((key, *values))
        self._recorded[label].append(recorded)
        return key

    def link(self, kind: str, start_label: str, start: str, end: str) -> None:
        """Add a relationship without properties."""
        self._links[kind, start_label].append((start, end))

    def reside(self, label: str, who: str, address: str, since: date, until: date | None, agency: str) -> None:
        """Add a report of where a child or a sponsor resides."""
        rows = self._links["RESIDES_AT", label]
        key = f"{SYNTHETIC}residence-{label[0].lower()}{self._first + len(rows) + 1:09d}"
        rows.append((who, address, key, since, until, agency))

    def record(self, agency: str, hearing: str, outcome: str, recorded: date) -> None:
        """Add what an agency's own system says about a hearing."""
        rows = self._links["RECORDED", "Agency"]
        rows.append((agency, hearing, f"{SYNTHETIC}recording-{self._first + len(rows) + 1:09d}", outcome, recorded))

    def keep_counts(self, label: str, counts: Iterable[tuple[int, int]]) -> None:
        """Set the two kept counts, the last properties, of every record of the label, in the order of adding."""
        rows = self._records[label]
        rows[:] = [(*row[:-2], *pair) for row, pair in zip(rows, counts, strict=True)]

    def nodes(self) -> Iterator[NodeTable]:
        """Yield the rows of every label that has some."""
        for label, rows in self._records.items():
            if rows:
                yield NodeTable(RECORDS.node(label), rows)

    def links(self, *, provenance: bool = True) -> Iterator[LinkTable]:
        """Yield the rows of every relationship that has some, provenance last or left out."""
        for relationship in RECORDS.relationships:
            if relationship.type != PROVENANCE:
                rows = self._links[relationship.type, relationship.start]
            elif provenance:
                rows = self.provenance(relationship.start)
            else:
                continue
            if rows:
                yield LinkTable(relationship, rows)

    def provenance(self, label: str) -> list[Values]:
        """Return the rows that link the label's records, in their order, to their source."""
        source = source_key(label)
        first = self._first + 1
        code = _CODES[label]
        return [
            (row[0], source, f"{SYNTHETIC}{code}{number}", number, MORNINGS[day])
            for number, (row, day) in enumerate(zip(self._records[label], self._recorded[label], strict=True), first)
        ]


_CODES = {node.label: f"{position:x}-" for position, node in enumerate(RECORDS.nodes)}


def source_key(label: str) -> str:
    """Return the key of the source that records of the label come from."""
    return key_of("Source", RECORDS.labels.index(label) + 1)
