"""Everything that a store holds, for comparing graphs that came about in different ways."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from graph.store import Store

_APART = ("Change", "ChangeLog", "SightlineStore", "Sweep", "KeptCounts", "Statement", "IdempotencyKey")
"""Labels of what tells how a graph came about, or when."""
_MADE_UP = ("Assertion",)
"""Labels of nodes whose keys are made up."""
NODES = f"MATCH (n) WHERE NOT n:{'|'.join(_APART)} RETURN labels(n)[0], n.key, properties(n)"
LINKS = "MATCH (a)-[r]->(b) RETURN type(r), labels(a)[0], a.key, labels(b)[0], b.key, properties(r)"


async def everything(store: Store) -> list[str]:
    """Return all nodes and links with their properties, in order; when something was written is left out."""
    found = []
    for label, key, held in await store.read(NODES):
        name = "" if label in _MADE_UP else key
        found.append(f"{label} {name} {_told(held, made_up=label in _MADE_UP)}")
    for *ends, held in await store.read(LINKS):
        found.append(f"{ends} {_told(held)}")
    return sorted(found)


def _told(held: Any, *, made_up: bool = False) -> str:
    values = {name: _value(value) for name, value in sorted(held.items()) if not (made_up and name == "key")}
    if "givenBy" in values:
        values["givenBy"] = sorted(values["givenBy"].split("\n"))
    return str(values)


def _value(value: Any) -> Any:
    return "an instant" if isinstance(value, datetime) else str(value)
