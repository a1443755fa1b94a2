"""What a sweep keeps beside the model, and what writers note for it: which nodes they touched.

A writer that notes what it touches lets the next sweep look again at those nodes alone. Nodes and links that others add
or delete make the graph's numbers differ from those noted at the last sweep, and then the next one looks at everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from graph.model import MODEL
from graph.model.findings import FINDING_NODES, FINDING_RELATIONSHIPS
from graph.store import Store

SWEEP = "Sweep"
"""The label of the one node that says who sweeps, and what has been swept."""
TOUCHED = "Touched"
"""The label of a note: `label` and `keys` of nodes that a transaction wrote."""
EVERYTHING = "*"
"""The label of a note that names no keys: everything may have been touched."""
WEIGHT = "findingWeight"
"""The property of a child that holds the sum of the weights of its findings, by which triage orders."""

SWEEPING_SCHEMA = (
    f"CREATE CONSTRAINT {SWEEP}_key IF NOT EXISTS FOR (n:{SWEEP}) REQUIRE n.key IS UNIQUE",
    f"CREATE INDEX Child_{WEIGHT} IF NOT EXISTS FOR (n:Child) ON (n.{WEIGHT}, n.key)",
)

_DERIVED = {node.label for node in FINDING_NODES} | {one.type for one in FINDING_RELATIONSHIPS}
_LABELS = [label for label in MODEL.labels if label not in _DERIVED]
_TYPES = sorted(MODEL.types - _DERIVED)
_NUMBERS = ", ".join(
    [*(f"COUNT {{ (:{label}) }}" for label in _LABELS), *(f"COUNT {{ ()-[:{kind}]->() }}" for kind in _TYPES)]
)


@dataclass(frozen=True, slots=True)
class Note:
    """What one transaction touched: nodes of a label; `id` is the note's own."""

    id: str
    label: str
    keys: tuple[str, ...]


async def read_notes(store: Store) -> list[Note]:
    """Return all notes that there are."""
    rows = await store.read(f"CYPHER 25 MATCH (t:{TOUCHED}) RETURN elementId(t), t.label, t.keys")
    return [Note(*cast(tuple[str, str], (id_, label)), tuple(cast(list[str], keys))) for id_, label, keys in rows]


async def read_numbers(store: Store) -> list[int]:
    """Return how many nodes and relationships of each kind there are, findings aside; no node is read."""
    return cast(list[int], await store.read_value(f"CYPHER 25 RETURN [{_NUMBERS}]"))


async def numbers_hold(store: Store) -> bool:
    """Tell whether the graph's numbers are those noted at the last sweep, or since by a writer that notes all."""
    return await store.read(f"CYPHER 25 MATCH (s:{SWEEP}) RETURN s.numbers = [{_NUMBERS}]") == [[True]]


async def note_numbers(store: Store) -> None:
    """Note the graph's numbers, after writing whose every touch was noted."""
    await store.write(f"CYPHER 25 MATCH (s:{SWEEP}) SET s.numbers = [{_NUMBERS}]")


def touch_clause(notes: Mapping[str, str]) -> str:
    """Return the clause that notes nodes as touched, once there has been a sweep: expressions of keys by label.

    A label is an expression too, such as `'Child'`; `EVERYTHING` says that too much was touched to name it.
    """
    nodes = ", ".join(f"(:{TOUCHED} {{label: {label}, keys: {keys}}})" for label, keys in notes.items())
    return f"FOREACH (_ IN CASE WHEN EXISTS {{ (:{SWEEP}) }} THEN [1] ELSE [] END | CREATE {nodes})"
