"""The rows of a block of the generator, by label and key, and where their links lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seed.synthetic.tables import Tables

Node = Mapping[str, Any]


class BlockRows:
    """The records of one block; links may lead to those of the world, which is the first block."""

    def __init__(self, tables: Tables) -> None:
        self._nodes: dict[str, dict[str, Node]] = {}
        self._links: dict[tuple[str, str], dict[str, list[Node]]] = {}
        for table in tables.nodes():
            rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
            self._nodes[table.node.label] = {row["key"]: row for row in rows}
        for links in tables.links(provenance=False):
            found = self._links.setdefault((links.relationship.type, links.relationship.start), {})
            for row in links.rows:
                found.setdefault(row[0], []).append(dict(zip(links.columns, row, strict=True)))

    def nodes(self, label: str) -> Mapping[str, Node]:
        """Return the records of a label by key."""
        return self._nodes.get(label, {})

    def links(self, kind: str, label: str, start: str) -> Sequence[Node]:
        """Return the links of a type from a record, each with `start`, `end`, and its properties."""
        return self._links.get((kind, label), {}).get(start, [])

    def ends(self, kind: str, label: str, start: str) -> list[str]:
        """Return the keys of the records to which such links lead."""
        return [link["end"] for link in self.links(kind, label, start)]
