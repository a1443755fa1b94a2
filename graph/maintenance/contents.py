"""What a store holds: nothing, synthetic data, or other data; and emptying it.

The key of every synthetic node begins with `syn-`. Beside the model's nodes there may be one `Dataset` node, which
describes the synthetic data. It is not part of the GraphQL schema and counts as synthetic; so do the mark of derived
properties, findings, the notes of sweeps, and assertions. The store's own record (`graph.maintenance.record`), the
change log and the ids of revoked tokens do not count: a store that holds nothing else is empty, and emptying keeps
them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, cast

from graph.errors import Refused
from graph.maintenance.lease import LOST, Lease, begin, fence, hold, is_held
from graph.maintenance.record import STORE, UNFINISHED, read_record
from graph.model.findings import FINDING_NODES, FINDING_RELATIONSHIPS
from graph.store import Store
from graph.store.census import COUNT_SECONDS, Census, take_census
from graph.store.revoked import REVOKED
from graph.writing.assertions import ASSERTION
from graph.writing.change_log import CHANGE, EVERYTHING, LOG, announce, start_anew
from graph.writing.derived_marks import MARK
from graph.writing.idempotency import IDEMPOTENCY
from graph.writing.imports import IMPORT
from graph.writing.origin import Origin
from graph.writing.statements import STATEMENT
from graph.writing.touched import STANDING, SWEEP, TOUCHED

SYNTHETIC = "syn-"
DATASET = "Dataset"
DATASET_KEY = f"{SYNTHETIC}dataset"
DELETE_SECONDS = 3_600.0
DELETE_ROWS = 20_000
"""Records that one transaction deletes."""
KINDS_TOLD = 6
"""How many kinds of missing records one sentence names."""
DERIVED = frozenset(node.label for node in FINDING_NODES)
"""Labels of what was found in the records; it is about the same people as the records."""
_KEPT = (STORE, REVOKED, LOG, CHANGE)
"""Labels of what emptying keeps; from the change log it keeps the number of the last entry."""
_NOTES = (ASSERTION, IDEMPOTENCY, IMPORT, STATEMENT)
_RECORDS = " + ".join(f"COUNT {{ (:{label}) }}" for label in _KEPT)
_BESIDE = " + ".join(f"COUNT {{ (:{label}) }}" for label in (MARK, SWEEP, STANDING, TOUCHED, *_NOTES, *_KEPT))
_FOUND = " + ".join(f"COUNT {{ (:{label}) }}" for label in sorted(DERIVED))
_FOUND_LINKS = " + ".join(
    f"COUNT {{ ()-[:{kind}]->() }}" for kind in sorted({one.type for one in FINDING_RELATIONSHIPS})
)
_AFTER_SYNTHETIC = "syn."
"""The smallest text that is greater than every text that begins with `SYNTHETIC`."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of what a store holds; `foreign` are nodes and relationships that are not synthetic."""

    nodes: int
    relationships: int
    foreign: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graph's synthetic data: how it was made, and the figures that are exact.

    `complete` is false while the data is being written or deleted, and stays false when that is interrupted. `kinds`
    says how many nodes and relationships there are by label and by type; it is empty if a version before 0.2 wrote the
    data.
    """

    preset: str
    scale: float
    seed: int
    reference_date: date
    complete: bool
    children: int
    missed: int
    without_notice: int
    not_reached: int
    bad_addresses: int
    nodes: int
    relationships: int
    kinds: Mapping[str, int] = field(default_factory=dict)

    def lacking(self, census: Census) -> dict[str, int]:
        """Return how many records of each kind are missing; empty when none are.

        If `kinds` is empty, all nodes count as one kind, and all relationships as another.
        """
        found = {**census.nodes, **census.relationships}
        if not self.kinds:
            beside = DERIVED | {one.type for one in FINDING_RELATIONSHIPS}
            found = {
                "nodes": sum(number for kind, number in census.nodes.items() if kind not in beside),
                "relationships": sum(number for kind, number in census.relationships.items() if kind not in beside),
            }
        wanted = self.kinds or {"nodes": self.nodes, "relationships": self.relationships}
        return {kind: number - found.get(kind, 0) for kind, number in wanted.items() if found.get(kind, 0) < number}


@dataclass(frozen=True, slots=True)
class Size:
    """How large the graph is."""

    children: int
    nodes: int
    relationships: int


async def read_contents(store: Store) -> Contents:
    """Count what the store holds, from the database's own counts and the index of keys; no node is read."""
    census = await take_census(store)
    records, beside = cast(list[int], await _value(store, f"RETURN [{_RECORDS}, {_BESIDE}]"))
    ours = await _synthetic(store, DATASET) + beside
    foreign = abs(census.other_nodes - ours) + census.other_relationships
    for label, count in census.nodes.items():
        if count and label not in DERIVED:
            foreign += count - await _synthetic(store, label)
    return Contents(census.all_nodes - records, census.all_relationships, foreign)


async def foreign(store: Store) -> int:
    """Return how many nodes and relationships the store holds that are not synthetic."""
    return (await read_contents(store)).foreign


async def is_empty(store: Store) -> bool:
    """Tell whether the store holds nothing."""
    return await _value(store, f"RETURN COUNT {{ () }} = {_RECORDS}") is True


async def needs_seed(store: Store) -> bool:
    """Tell whether the store holds nothing, or nothing but incomplete synthetic data."""
    return await is_empty(store) or (not await is_whole(store) and await foreign(store) == 0)


async def is_whole(store: Store) -> bool:
    """Tell whether there is synthetic data that is marked as complete and still has every record."""
    dataset = await read_dataset(store)
    return dataset is not None and dataset.complete and not dataset.lacking(await take_census(store))


async def read_trouble(store: Store) -> str | None:
    """Return why the graph is incomplete and what to do, as a sentence without its period; None if it seems complete.

    A graph that holds nothing is complete.
    """
    record = await read_record(store)
    if record.live and record.work in UNFINISHED:
        return f"{record.working}, so records are missing until it has ended"
    if await is_empty(store):
        return None
    if record.interrupted:
        return record.interrupted
    dataset = await read_dataset(store)
    if dataset is None:
        return None
    lacking = dataset.lacking(await take_census(store))
    if lacking:
        told = [f"{number:,} of {kind}" for kind, number in lacking.items()]
        more = [f"and of {len(told) - KINDS_TOLD} more kinds"] if len(told) > KINDS_TOLD else []
        kinds = ", ".join([*told[:KINDS_TOLD], *more])
        return f"records of the synthetic data are missing ({kinds}); run `sightline seed` to write all anew"
    return None if dataset.complete else UNFINISHED["seed"]


async def read_dataset(store: Store) -> Dataset | None:
    """Return the description of the synthetic data, if there is any."""
    rows = await store.read(f"CYPHER 25 MATCH (d:{DATASET} {{key: $key}}) RETURN properties(d)", {"key": DATASET_KEY})
    if not rows:
        return None
    found = cast(dict[str, Any], rows[0][0])
    kinds = json.loads(found.pop("kinds", "{}"))
    return Dataset(**{f.name: found[_property(f.name)] for f in fields(Dataset) if f.name != "kinds"}, kinds=kinds)


async def read_size(store: Store) -> Size:
    """Return how large the graph of records is, from the database's own counts.

    Findings and Sightline's own notes are left out.
    """
    nodes = f"COUNT {{ () }} - COUNT {{ (:{DATASET}) }} - ({_BESIDE}) - ({_FOUND})"
    links = f"COUNT {{ ()-->() }} - ({_FOUND_LINKS})"
    return Size(*cast(list[int], await _value(store, f"RETURN [COUNT {{ (:Child) }}, {nodes}, {links}]")))


async def write_dataset(store: Store, dataset: Dataset) -> None:
    """Write the description of the synthetic data."""
    await store.write(
        f"CYPHER 25 MERGE (d:{DATASET} {{key: $key}}) SET d += $values",
        {"key": DATASET_KEY, "values": dataset_properties(dataset)},
    )


def dataset_properties(dataset: Dataset) -> dict[str, object]:
    """Return the properties of the node that describes the synthetic data."""
    values = {_property(name): value for name, value in asdict(dataset).items()}
    return {**values, "key": DATASET_KEY, "kinds": json.dumps(dataset.kinds), "synthetic": True}


def _property(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


async def refuse_foreign(store: Store, *, store_name: str | None, action: str) -> Contents:
    """Return what the store holds if `action` may replace it; raise `Refused` if it may not.

    If the store holds anything but synthetic data, `store_name` must be the name of its database. If a name is given,
    it must be the right one in any case.
    """
    contents = await read_contents(store)
    database = (await store.status()).database
    if store_name is not None and store_name != database:
        raise Refused(f"this store is named {database}, not what --store says; give --store {database}")
    if contents.foreign and store_name is None:
        raise Refused(
            f"the database {database} holds {contents.foreign:,} records that are not synthetic, and {action} deletes "
            f"them; to do so, name the store: --store {database}"
        )
    return contents


async def reset(
    store: Store, *, store_name: str | None = None, progress: Callable[[int, int], None] | None = None
) -> Contents:
    """Delete everything in batches, keep constraints and indexes, and return what the store held.

    `progress` is called with how much is deleted, and how much there was. Raises `Refused` as `refuse_foreign` does,
    and while other work on the store is running.
    """
    await refuse_foreign(store, store_name=store_name, action="db reset")
    async with hold(store, "reset") as lease:
        contents = await refuse_foreign(store, store_name=store_name, action="db reset")
        await delete_all(store, lease, progress=progress)
    return contents


async def delete_all(store: Store, lease: Lease, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Delete everything except what must be kept, in batches, after noting that this has begun.

    Relationships are deleted before nodes, so that no transaction meets a node with very many, and the `Dataset` last.
    Raises `Refused` when the lease is lost meanwhile.
    """
    await begin(store, lease)
    await announce(store, {EVERYTHING})
    await store.write(f"CYPHER 25 MATCH (d:{DATASET}) SET d.complete = false")
    census = await take_census(store)
    kept = cast(int, await _value(store, f"RETURN {_RECORDS}"))
    total = census.all_nodes - kept + census.all_relationships
    patterns = [f"()-[x:{kind}]->()" for kind, count in census.relationships.items() if count]
    patterns += ["()-[x]->()"] if census.other_relationships else []
    patterns += [f"(x:{label})" for label, count in census.nodes.items() if count]
    apart = "&".join(f"!{label}" for label in (*_KEPT, DATASET))
    patterns += [f"(x:{apart})", f"(x:{DATASET})"] if census.other_nodes else []
    deleted = 0
    for pattern in patterns:
        ((count, left),) = await store.write_auto(
            f"CYPHER 25 MATCH {pattern} CALL (x) {{ {fence('$holder')} DELETE x RETURN 1 AS gone }} "
            f"IN TRANSACTIONS OF {DELETE_ROWS} ROWS WITH count(*) AS deleted "
            f"RETURN deleted, COUNT {{ MATCH {pattern} RETURN 1 }}",
            {"holder": lease.holder},
            timeout=DELETE_SECONDS,
        )
        deleted += cast(int, count)
        if left and not await is_held(store, lease):
            raise Refused(LOST)
        if progress and count:
            progress(deleted, total)
    await start_anew(store, Origin("sightline", lease.work))


async def _synthetic(store: Store, label: str) -> int:
    """Count the label's nodes with a synthetic key, by a range of the key's index."""
    if label == DATASET:
        statement = f"MATCH (n:{label} {{key: '{DATASET_KEY}'}}) RETURN count(n)"
    else:
        statement = f"MATCH (n:{label}) WHERE n.key >= '{SYNTHETIC}' AND n.key < '{_AFTER_SYNTHETIC}' RETURN count(n)"
    return cast(int, await _value(store, statement))


async def _value(store: Store, statement: str) -> object:
    return await store.read_value(f"CYPHER 25 {statement}", timeout=COUNT_SECONDS)
