"""What writing records changes, told before they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from graph.store import Store
from seed.files.records import NodeFact

Found = dict[str, dict[str, tuple[int, NodeFact]]]
"""Nodes by label and key, each with its first row."""

_KNOWN = """CYPHER 25 UNWIND $keys AS key
MATCH (n:{label} {{key: key}})
RETURN key, [name IN $names | n[name]], COLLECT {{ MATCH (n)-[:FROM_SOURCE]->(s) RETURN DISTINCT s.system }}"""

KINDS = ("created", "changed", "contradicted", "joined", "unchanged")


@dataclass(slots=True)
class Difference:
    """How many records of each label are new, or known and what becomes of them.

    A record is `joined` when only other systems knew it, `contradicted` when another system says something else of it,
    and `changed` when its own system said something else before.
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})

    def add(self, kind: str, label: str) -> None:
        """Count one record."""
        self.counts[kind][label] += 1

    def __iadd__(self, other: Difference) -> Difference:
        for kind, counted in other.counts.items():
            self.counts[kind] += counted
        return self

    def of(self, kind: str) -> int:
        """Return how many records of any label there are of a kind."""
        return self.counts[kind].total()

    def lines(self) -> Iterator[str]:
        """Yield a line for each label, such as `Employer: 12 created, 3 changed`."""
        for label in dict.fromkeys(label for counted in self.counts.values() for label in counted):
            told = [f"{counted[label]:,} {kind}" for kind, counted in self.counts.items() if counted[label]]
            yield f"{label}: {', '.join(told)}"


async def compared(store: Store, system: str, nodes: Found) -> Difference:
    """Return what writing these nodes changes, compared with the graph as it is."""
    found = Difference()
    for label, rows in nodes.items():
        names = sorted({name for _, node in rows.values() for name in node.properties})
        statement = _KNOWN.format(label=label)
        known = await store.read(statement, {"keys": list(rows), "names": names})
        told = {cast(str, key): (values, systems) for key, values, systems in known}
        for key, (_, node) in rows.items():
            found.add(_kind(node.properties, names, told.get(key), system), label)
    return found


def _kind(given: Mapping[str, Any], names: list[str], known: tuple[Any, Any] | None, system: str) -> str:
    if known is None:
        return "created"
    values, systems = dict(zip(names, known[0], strict=True)), known[1]
    others = [one for one in systems if one != system]
    differs = any(_native(values[name]) != value for name, value in given.items() if value is not None or not others)
    if differs:
        contradicts = any(
            value is not None and values[name] is not None and _native(values[name]) != value
            for name, value in given.items()
        )
        return "contradicted" if others and contradicts else "joined" if system not in systems else "changed"
    return "unchanged" if system in systems else "joined"


def _native(value: Any) -> Any:
    """Return a value of the driver as Python has it."""
    return value.to_native() if hasattr(value, "to_native") else value
