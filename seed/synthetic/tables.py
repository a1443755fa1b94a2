"""Tables: the rows of one block, by label and by relationship, in the order of the model's properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graph.maintenance.contents import SYNTHETIC
from graph.model import RECORDS, Node, Relationship
from graph.writing.statements import PROVENANCE
from seed.synthetic.days import MORNINGS, number

BLOCK_RECORDS = 100_000
"""More records than a block has of any kind: its record numbers begin at the block's number times this."""

Values = tuple[Any, ...]
_KINDS = {"RESIDES_AT": "residence", "RECORDED": "recording", "HAS_PHONE": "phone-use"}
"""What a relationship is called in its key, if it is not the type in lower case."""


def _slug(label: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in label).strip("-")


SLUGS = {node.label: _slug(node.label) for node in RECORDS.nodes}
"""The kind that a key names: `court-case` in `syn-court-case-000100007`."""


def key_of(label: str, number: int) -> str:
    """Return the key of a record: `syn-child-000100023`."""
    return f"{SYNTHETIC}{SLUGS[label]}-{number:09d}"


@dataclass(frozen=True, slots=True)
class NodeTable:
    """Rows of a label: the key, then the values of the properties that records give, in the model's order."""

    node: Node
    rows: list[Values]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the values."""
        return ("key", *(prop.name for prop in self.node.given))


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
        """Add a record with these property values, first recorded by its source on that day, and return its key."""
        rows = self._records[label]
        key = f"{SYNTHETIC}{SLUGS[label]}-{self._first + len(rows) + 1:09d}"
        rows.append((key, *values))
        self._recorded[label].append(recorded)
        return key

    def link(self, kind: str, start_label: str, start: str, end: str) -> None:
        """Add a relationship without properties."""
        self._links[kind, start_label].append((start, end))

    def reside(
        self,
        label: str,
        who: str,
        address: str,
        since: date | None,
        until: date | None,
        agency: str,
        reported: date | None,
    ) -> None:
        """Add a report of where a child or a sponsor resides."""
        self.relate("RESIDES_AT", label, who, address, since, until, agency, reported)

    def record(self, agency: str, hearing: str, outcome: str, recorded: date) -> None:
        """Add what an agency's own system says about a hearing."""
        self.relate("RECORDED", "Agency", agency, hearing, outcome, recorded)

    def call(self, label: str, who: str, phone: str, since: date | None = None, until: date | None = None) -> None:
        """Add the fact that a child or a sponsor has a telephone number."""
        self.relate("HAS_PHONE", label, who, phone, since, until)

    def relate(self, kind: str, start_label: str, start: str, end: str, *values: Any) -> None:
        """Add a relationship with properties, in the model's order, and a key of its own."""
        rows = self._links[kind, start_label]
        name = f"{_KINDS.get(kind, kind.lower().replace('_', '-'))}-{start_label[0].lower()}"
        rows.append((start, end, f"{SYNTHETIC}{name}{self._first + len(rows) + 1:09d}", *values))

    def ends(self, kind: str, start_label: str) -> set[str]:
        """Return the keys of the nodes that such relationships lead to."""
        return {row[1] for row in self._links[kind, start_label]}

    def nodes(self) -> Iterator[NodeTable]:
        """Yield the rows of every label that has any."""
        for label, rows in self._records.items():
            if rows:
                yield NodeTable(RECORDS.node(label), rows)

    def links(self, *, provenance: bool = True) -> Iterator[LinkTable]:
        """Yield the rows of every relationship that has any, with provenance last or left out."""
        for relationship in RECORDS.relationships:
            if relationship.type != PROVENANCE:
                rows = self._links[relationship.type, relationship.start]
                if (relationship.type, relationship.start) in _SEVERAL_ENDS:
                    kind = f"{SYNTHETIC}{SLUGS[relationship.end]}-"
                    rows = [row for row in rows if row[1].startswith(kind)]
            elif provenance:
                rows = self.provenance(relationship.start)
            else:
                continue
            if rows:
                yield LinkTable(relationship, rows)

    def provenance(self, label: str) -> list[Values]:
        """Return the rows that link the label's records, in their order, to their source.

        A source recorded a record in its present form on the day of its last fact.
        """
        source = source_key(label)
        first = self._first + 1
        code, days = _CODES[label], _DAYS[label]
        return [
            (row[0], source, f"{SYNTHETIC}{code}{place}", place, MORNINGS[max(day, *_days(row, days))])
            for place, (row, day) in enumerate(zip(self._records[label], self._recorded[label], strict=True), first)
        ]


_DAYS = {
    node.label: [at for at, prop in enumerate(node.given, 1) if prop.type in (date, datetime)] for node in RECORDS.nodes
}
"""The positions of days and instants in the rows of a label."""


def _days(row: Values, places: Iterable[int]) -> Iterator[int]:
    """Yield the day numbers of a row's days and instants; 0 where there is none."""
    yield 0
    for place in places:
        value = row[place]
        if value is not None:
            yield number(value.date() if isinstance(value, datetime) else value)


_ENDS = Counter((one.type, one.start) for one in RECORDS.relationships)
_SEVERAL_ENDS = {kind for kind, number in _ENDS.items() if number > 1}
"""Relationships that lead from a label to nodes of several labels; the keys at the end tell their rows apart."""


_CODES = {node.label: f"{position:x}-" for position, node in enumerate(RECORDS.nodes)}


def source_key(label: str) -> str:
    """Return the key of the source that records of the label come from."""
    return key_of("Source", RECORDS.labels.index(label) + 1)
