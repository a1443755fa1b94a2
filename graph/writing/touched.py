"""What a sweep keeps beside the model, and the graph's totals, which reveal writers that leave no entry in the log.

A sweep reads from the change log which records were written since the last one, and looks again only at those. When
other programs add or delete nodes and links, the graph's totals differ from those noted at the last sweep, and the next
one looks at everything.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from graph.model import MODEL
from graph.model.findings import FINDING_NODES, FINDING_RELATIONSHIPS
from graph.store import Store

SWEEP = "Sweep"
"""The label of the one node that says who sweeps, and what has been swept."""
STANDING = "StandingFindings"
"""The label of the nodes that say, one for each indicator, under which conditions its findings still hold."""
TOUCHED = "Touched"
"""The label of notes from versions before the change log: `label` and `keys` of nodes that were written."""
POSITION = "position"
"""The property of a finding that holds its position among those of its indicator, while a sweep finds it."""
WEIGHT = "findingWeight"
"""The property of a child that holds the total weight of its findings, by which triage orders."""

SWEEPING_SCHEMA = (
    f"CREATE CONSTRAINT {SWEEP}_key IF NOT EXISTS FOR (n:{SWEEP}) REQUIRE n.key IS UNIQUE",
    f"CREATE CONSTRAINT {STANDING}_key IF NOT EXISTS FOR (n:{STANDING}) REQUIRE n.key IS UNIQUE",
    f"CREATE INDEX Finding_{POSITION} IF NOT EXISTS FOR (n:Finding) ON (n.{POSITION})",
    f"CREATE INDEX Child_{WEIGHT} IF NOT EXISTS FOR (n:Child) ON (n.{WEIGHT}, n.key)",
)

_DERIVED = {node.label for node in FINDING_NODES} | {one.type for one in FINDING_RELATIONSHIPS}
RECORD_LABELS = [label for label in MODEL.labels if label not in _DERIVED]
_TYPES = sorted(MODEL.types - _DERIVED)
_COUNTS = [
    *(f"COUNT {{ (:{label}) }}" for label in RECORD_LABELS),
    *(f"COUNT {{ ()-[:{kind}]->() }}" for kind in _TYPES),
]
_NUMBERS = ", ".join(_COUNTS)


def numbers_among(labels: Collection[str]) -> list[tuple[int, str]]:
    """Return the totals of these labels, and of the relationship types that can connect them.

    Each is its place in what `read_numbers` returns, and the expression that counts it.
    """
    types = {one.type for one in MODEL.relationships if one.start in labels and one.end in labels}
    names = [*RECORD_LABELS, *_TYPES]
    return [(place, _COUNTS[place]) for place, name in enumerate(names) if name in labels or name in types]


async def read_numbers(store: Store) -> list[int]:
    """Return how many nodes and relationships of each kind there are, except findings; no node is read."""
    return cast(list[int], await store.read_value(f"CYPHER 25 RETURN [{_NUMBERS}]"))


async def numbers_hold(store: Store) -> bool:
    """Tell whether the graph's totals match those noted at the last sweep, or since then by a writer that logs all."""
    return await store.read(f"CYPHER 25 MATCH (s:{SWEEP}) RETURN s.numbers = [{_NUMBERS}]") == [[True]]


async def note_numbers(store: Store) -> None:
    """Note the graph's totals, after writing that is completely in the change log."""
    await store.write(f"CYPHER 25 MATCH (s:{SWEEP}) SET s.numbers = [{_NUMBERS}]")
