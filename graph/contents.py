"""What a store holds: nothing, synthetic data, or other data; and emptying it.

The key of every synthetic node begins with `syn-`. Beside the model's nodes there may be one `Dataset` node, which
tells of the synthetic data; it is no part of the GraphQL schema and counts as synthetic, and so do the mark of kept
counts, findings, and what sweeps keep for themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, cast

from graph.census import COUNT_SECONDS, take_census
from graph.errors import Refused
from graph.holding import MARK
from graph.model.findings import FINDING_NODES
from graph.store import Store
from graph.touched import SWEEP, TOUCHED

SYNTHETIC = "syn-"
DATASET = "Dataset"
DATASET_KEY = f"{SYNTHETIC}dataset"
DELETE_SECONDS = 3_600.0
DERIVED = frozenset(node.label for node in FINDING_NODES)
"""Labels of what was found in the records, which is about what they are about."""
_BESIDE = " + ".join(f"COUNT {{ (:{label}) }}" for label in (MARK, SWEEP, TOUCHED))
_AFTER_SYNTHETIC = "syn."
"""The least text that is greater than every text that begins with `SYNTHETIC`."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of what a store holds; `foreign` are nodes and relationships that are not synthetic."""

    nodes: int
    relationships: int
    foreign: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """What the graph's synthetic data are: how they were made, and the figures that hold exactly.

    `complete` is false while they are being written, and stays so when that is interrupted.
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


@dataclass(frozen=True, slots=True)
class Size:
    """How large the graph is."""

    children: int
    nodes: int
    relationships: int


async def read_contents(store: Store) -> Contents:
    """Count what the store holds, from the database's own counts and the index of keys; no node is read."""
    census = await take_census(store)
    ours = await _synthetic(store, DATASET) + cast(int, await _value(store, f"RETURN {_BESIDE}"))
    foreign = abs(census.other_nodes - ours) + census.other_relationships
    for label, count in census.nodes.items():
        if count and label not in DERIVED:
            foreign += count - await _synthetic(store, label)
    return Contents(census.all_nodes, census.all_relationships, foreign)


async def foreign(store: Store) -> int:
    """Return how many nodes and relationships the store holds that are not synthetic."""
    return (await read_contents(store)).foreign


async def is_empty(store: Store) -> bool:
    """Tell whether the store holds nothing."""
    return await _value(store, "RETURN COUNT { () } = 0") is True


async def needs_seed(store: Store) -> bool:
    """Tell whether the store holds nothing, or nothing but synthetic data whose writing was interrupted."""
    if await is_empty(store):
        return True
    dataset = await read_dataset(store)
    return (dataset is None or not dataset.complete) and await foreign(store) == 0


async def read_dataset(store: Store) -> Dataset | None:
    """Return what the synthetic data are, if there are some."""
    rows = await store.read(f"CYPHER 25 MATCH (d:{DATASET} {{key: $key}}) RETURN properties(d)", {"key": DATASET_KEY})
    if not rows:
        return None
    found = cast(dict[str, Any], rows[0][0])
    return Dataset(**{f.name: found[_property(f.name)] for f in fields(Dataset)})


async def read_size(store: Store) -> Size:
    """Return how large the graph is, from the database's own counts; what Sightline notes beside it is left out."""
    counted = await _value(
        store,
        f"RETURN [COUNT {{ (:Child) }}, COUNT {{ () }} - COUNT {{ (:{DATASET}) }} - ({_BESIDE}), COUNT {{ ()-->() }}]",
    )
    return Size(*cast(list[int], counted))


async def write_dataset(store: Store, dataset: Dataset) -> None:
    """Write down what the synthetic data are."""
    await store.write(
        f"CYPHER 25 MERGE (d:{DATASET} {{key: $key}}) SET d += $values, d.synthetic = true",
        {"key": DATASET_KEY, "values": {_property(name): value for name, value in asdict(dataset).items()}},
    )


def _property(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


async def refuse_foreign(store: Store, *, store_name: str | None, action: str) -> Contents:
    """Return what the store holds when `action` may replace it; raise `Refused` when it may not.

    A store that holds anything but synthetic data needs its name in `store_name`: the database's. A name that is
    given must be the store's own.
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
    """Delete everything in batches, keep constraints and indexes, and return what there was.

    `progress` is told what is deleted and what there was. Raises `Refused` as `refuse_foreign` does.
    """
    contents = await refuse_foreign(store, store_name=store_name, action="db reset")
    await delete_all(store, progress=progress)
    return contents


async def delete_all(store: Store, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Delete everything in batches: relationships first, so that no transaction meets a node with very many."""
    census = await take_census(store)
    total = census.all_nodes + census.all_relationships
    patterns = [f"()-[x:{kind}]->()" for kind, count in census.relationships.items() if count]
    patterns += ["()-[x]->()"] if census.other_relationships else []
    patterns += [f"(x:{label})" for label, count in census.nodes.items() if count]
    patterns += ["(x)"] if census.other_nodes else []
    deleted = 0
    for pattern in patterns:
        ((count,),) = await store.write_auto(
            f"CYPHER 25 MATCH {pattern} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF 20000 ROWS RETURN count(*)",
            timeout=DELETE_SECONDS,
        )
        deleted += cast(int, count)
        if progress and count:
            progress(deleted, total)


async def _synthetic(store: Store, label: str) -> int:
    """Count the label's nodes whose key is a synthetic one, by a range of the key's index."""
    if label == DATASET:
        statement = f"MATCH (n:{label} {{key: '{DATASET_KEY}'}}) RETURN count(n)"
    else:
        statement = f"MATCH (n:{label}) WHERE n.key >= '{SYNTHETIC}' AND n.key < '{_AFTER_SYNTHETIC}' RETURN count(n)"
    return cast(int, await _value(store, statement))


async def _value(store: Store, statement: str) -> object:
    return await store.read_value(f"CYPHER 25 {statement}", timeout=COUNT_SECONDS)
