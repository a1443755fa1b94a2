"""Removes what a newer file no longer has: children that no row of their number adopts, and unused postal areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from graph.model import MODEL
from graph.writing.touched import WEIGHT
from graph.writing.transaction import Transaction
from queries.findings.statements import ACTOR
from seed.hhs_releases.adoption import KEY_PREFIX

SOURCE_KEY = KEY_PREFIX
"""The key of the source of the first such file; the keys of other files begin with it and a hyphen."""
IMPORTED = {
    "Child": ("countryOfBirth", "sex", "enteredOn"),
    "Placement": ("releasedOn", "sponsorCategory", "relationship"),
}
"""The properties that the file gives, by label."""


def _ours(node: str) -> str:
    """Return the condition that a node is the source of one of these files."""
    return f"({node}:Source AND ({node}.key = '{SOURCE_KEY}' OR {node}.key STARTS WITH '{SOURCE_KEY}-'))"


def _own(label: str) -> list[str]:
    """Return the properties that a node from this source has and that no other source writes."""
    node = MODEL.node(label)
    twins = [prop.twin for prop in node.properties if prop.folded and prop.name in IMPORTED[label]]
    return ["key", WEIGHT, *IMPORTED[label], *twins, *node.derived]


def _relied_on(node: str, label: str, kinds: str) -> str:
    """Return the condition that a node has properties or links that neither the file nor a sweep gave it."""
    return f"""(any(name IN keys({node}) WHERE NOT name IN {_own(label)}) OR EXISTS {{
  MATCH ({node})-[link]-(other)
  WHERE NOT type(link) IN [{kinds}] AND NOT {_ours("other")} AND NOT (
    other:Finding AND NOT EXISTS {{ (other)-[:HAS_CHANGE]->(change) WHERE change.actor <> '{ACTOR}' }}
  )
}})"""


_REMOVABLE = f"""CYPHER 25 UNWIND $keys AS key
MATCH (child:Child {{key: key}})
WHERE NOT {_relied_on("child", "Child", "'HAS_PLACEMENT'")}
  AND NOT EXISTS {{ (child)-[:HAS_PLACEMENT]->(other) WHERE other.key <> key }}
OPTIONAL MATCH (placement:Placement {{key: key}})
WITH key, placement
WHERE placement IS NULL OR NOT {_relied_on("placement", "Placement", "'HAS_PLACEMENT', 'RELEASED_IN'")}
RETURN key, COLLECT {{ MATCH (placement)-[:RELEASED_IN]->(area) RETURN area.key }}"""

_FORSAKEN = f"""CYPHER 25 UNWIND $keys AS key
MATCH (area:PostalArea {{key: key}})
WHERE NOT EXISTS {{ (area)--(other) WHERE NOT {_ours("other")} }}
RETURN key"""


async def remove_children(transaction: Transaction, keys: Sequence[str]) -> tuple[int, set[str]]:
    """Remove children that come only from these files, with their placements.

    Children on which other records or reviews of findings depend stay. Returns how many were removed, and the keys of
    the postal areas of their placements. The next sweep looks at everything, and resolves the findings about them.
    """
    for label in ("Child", "Placement"):
        await transaction.lock(label, keys)
    found = cast(list[tuple[str, list[str]]], await transaction.run(_REMOVABLE, {"keys": list(keys)}))
    removable = [key for key, _ in found]
    await transaction.remove("Placement", removable)
    removed = await transaction.remove("Child", removable)
    return len(removed), {area for _, areas in found for area in areas}


async def remove_areas(transaction: Transaction, keys: Sequence[str]) -> int:
    """Remove postal areas that only these files gave and that nothing is linked to any more; return their number."""
    await transaction.lock("PostalArea", keys)
    found = await transaction.run(_FORSAKEN, {"keys": list(keys)})
    return len(await transaction.remove("PostalArea", (cast(str, key) for (key,) in found)))
