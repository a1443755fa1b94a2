"""What writing records changes, told before they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from graph.model import MODEL
from graph.store import Store
from graph.writing.assertions import judged
from graph.writing.comparing import CHANGED, CONTRADICTED, CREATED, JOINED, UNCHANGED, compared_statement
from graph.writing.rows import RowCheck
from seed.files.records import NodeFact

Found = dict[str, dict[str, tuple[int, NodeFact]]]
"""Nodes by label and key, each with its first row."""

REMOVED, KEPT = "removed", "kept without a row"
KINDS = (CREATED, CHANGED, CONTRADICTED, JOINED, UNCHANGED, REMOVED, KEPT)


@dataclass(slots=True)
class Difference:
    """How many records of each label are new, or known and what becomes of them.

    A record is `joined` when only other systems knew it, `contradicted` when another system says something else of it,
    and `changed` when its own system said something else before. Of those that the input no longer has, some are
    `removed`, and some are kept because other records or reviews depend on them.
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})

    def add(self, kind: str, label: str, number: int = 1) -> None:
        """Count records."""
        if number:
            self.counts[kind][label] += number

    def add_done(self, done: Mapping[str, Mapping[str, int]]) -> None:
        """Count what a transaction did, by label and kind; sources are not counted."""
        for label, kinds in done.items():
            for kind, number in kinds.items():
                if label != "Source":
                    self.add(kind, label, number)

    def __iadd__(self, other: Difference) -> Difference:
        for kind, counted in other.counts.items():
            self.counts[kind] += counted
        return self

    def of(self, kind: str) -> int:
        """Return how many records of any label there are of a kind."""
        return self.counts[kind].total()

    def by_label(self) -> list[dict[str, str | int]]:
        """Return for each label how many records there are of each kind, which is named by its first word."""
        labels = dict.fromkeys(label for counted in self.counts.values() for label in counted)
        kinds = {kind.split()[0]: counted for kind, counted in self.counts.items()}
        return [{"label": label, **{kind: counted[label] for kind, counted in kinds.items()}} for label in labels]

    def lines(self) -> Iterator[str]:
        """Yield a line for each label, such as `Employer: 12 created, 3 changed`."""
        for label in dict.fromkeys(label for counted in self.counts.values() for label in counted):
            told = [f"{counted[label]:,} {kind}" for kind, counted in self.counts.items() if counted[label]]
            yield f"{label}: {', '.join(told)}"


async def compared(store: Store, system: str, nodes: Found) -> Difference:
    """Return what writing these nodes changes, compared with the graph as it is."""
    found = Difference()
    for label, rows in nodes.items():
        node = MODEL.node(label)
        check = RowCheck(label, node.all_properties)
        given = [check.node({"key": one.key, **one.properties}) for _, one in rows.values()]
        statement = compared_statement(node, judged(node.all_properties), check.points, locking=False)
        known = await store.read_value(statement, {"rows": given, "source": None, "system": system})
        kinds = Counter(kind for _, _, kind in cast(list[tuple[str, bool, str]], known))
        found.add_done({label: {CREATED: len(rows) - kinds.total(), **kinds}})
    return found
