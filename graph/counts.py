"""Kept counts: the indexed numbers that questions filter and sort by, recomputed and checked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import cast

from graph.holding import READ_HELD, WRITE_MARK
from graph.load import BATCH_SECONDS, BATCH_SIZE
from graph.store import Store

_CHILDREN = "MATCH (n)<-[:WITH_SPONSOR]-(p:Placement)<-[:HAS_PLACEMENT]-(c:Child)"
_COUNTS = {
    "Sponsor": {
        "childCount": f"{_CHILDREN} RETURN DISTINCT c",
        "unrelatedChildCount": f"{_CHILDREN} WHERE p.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] RETURN DISTINCT c",
    },
    "Address": {
        "sponsorCount": (
            "MATCH (n)<-[:RESIDES_AT]-(s:Sponsor) RETURN s "
            "UNION MATCH (n)<-[:RELEASED_TO]-(:Placement)-[:WITH_SPONSOR]->(s:Sponsor) RETURN s"
        ),
        "childCount": "MATCH (n)<-[:RELEASED_TO]-(:Placement)<-[:HAS_PLACEMENT]-(c:Child) RETURN DISTINCT c",
    },
}


@dataclass(frozen=True, slots=True)
class CountDifference:
    """A kept count that does not equal what the graph holds: on how many nodes, and the keys of some."""

    label: str
    property: str
    nodes: int
    examples: tuple[str, ...]


async def refresh_counts(
    store: Store,
    *,
    sponsors: Iterable[str] | None = None,
    addresses: Iterable[str] | None = None,
    batch_size: int = BATCH_SIZE,
) -> int:
    """Bring the kept counts of the sponsors and addresses of these keys, or of all when none are given, up to date.

    Works in batches, each a transaction of its own, and writes only what differs. When all are brought up to date, the
    mark that they hold is renewed. Returns the number of nodes changed.
    """
    whole = sponsors is None and addresses is None
    changed = 0
    for label, keys in (("Sponsor", sponsors), ("Address", addresses)):
        statement = _refresh_statement(label)
        if whole:
            async for batch in _all_keys(store, label, batch_size):
                changed += await _refresh(store, statement, batch)
        else:
            given = sorted(set(keys or ()))
            for start in range(0, len(given), batch_size):
                changed += await _refresh(store, statement, given[start : start + batch_size])
    if whole:
        await mark_counts(store)
    return changed


async def mark_counts(store: Store) -> None:
    """Write down that the kept counts are right for what the graph holds now, so that questions read them."""
    await store.write(WRITE_MARK, timeout=BATCH_SECONDS)


async def counts_held(store: Store) -> bool:
    """Tell whether the graph has as many links as when the kept counts were marked as right."""
    return await store.read(READ_HELD) == [[True]]


async def _refresh(store: Store, statement: str, keys: list[str]) -> int:
    ((changed,),) = await store.write(statement, {"keys": keys}, timeout=BATCH_SECONDS)
    return cast(int, changed)


async def check_counts(store: Store, *, batch_size: int = BATCH_SIZE, examples: int = 10) -> list[CountDifference]:
    """Recompute every kept count and return those that differ; an empty list when all are right."""
    differences = []
    for label, counts in _COUNTS.items():
        statement = _check_statement(label)
        wrong: dict[str, list[str]] = {name: [] for name in counts}
        async for batch in _all_keys(store, label, batch_size):
            for key, *flags in await store.read(statement, {"keys": batch}, timeout=BATCH_SECONDS):
                for name, flag in zip(counts, flags, strict=True):
                    if flag:
                        wrong[name].append(cast(str, key))
        differences += [
            CountDifference(label, name, len(keys), tuple(keys[:examples])) for name, keys in wrong.items() if keys
        ]
    return differences


def _differing(label: str) -> str:
    counts = _COUNTS[label]
    counted = ", ".join(f"COUNT {{ {body} }} AS {name}" for name, body in counts.items())
    return f"CYPHER 25 UNWIND $keys AS key MATCH (n:{label} {{key: key}}) WITH n, {counted}"


def _refresh_statement(label: str) -> str:
    names = tuple(_COUNTS[label])
    wrong = " OR ".join(f"n.{name} IS NULL OR n.{name} <> {name}" for name in names)
    sets = ", ".join(f"n.{name} = {name}" for name in names)
    return f"{_differing(label)} WHERE {wrong} SET {sets} RETURN count(*)"


def _check_statement(label: str) -> str:
    flags = ", ".join(f"(n.{name} IS NULL OR n.{name} <> {name}) AS wrong_{name}" for name in _COUNTS[label])
    wrong = " OR ".join(f"wrong_{name}" for name in _COUNTS[label])
    returned = ", ".join(f"wrong_{name}" for name in _COUNTS[label])
    return f"{_differing(label)} WITH n, {flags} WHERE {wrong} RETURN n.key, {returned}"


async def _all_keys(store: Store, label: str, batch_size: int) -> AsyncIterator[list[str]]:
    statement = (
        f"CYPHER 25 MATCH (n:{label}) WHERE n.key > $after "
        "WITH n.key AS key ORDER BY key LIMIT $limit RETURN collect(key)"
    )
    after = ""
    while batch := cast(list[str], await store.read_value(statement, {"after": after, "limit": batch_size})):
        yield batch
        after = batch[-1]
