"""Prepares a database for the graph: brings its version and the model's constraints and indexes up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.engine.jars import Progress, no_progress
from graph.errors import StoreError
from graph.maintenance.contents import is_empty
from graph.maintenance.definitions import Definition, defined_by, read_definitions
from graph.maintenance.lease import hold
from graph.maintenance.record import RECORD, Record
from graph.maintenance.schema import schema_statements
from graph.maintenance.upgrades import check_version, is_current, upgrade
from graph.model import MODEL, Model
from graph.store import Store

POPULATION_SECONDS = 600
"""Seconds that a new index on an existing graph may take until it is online."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """How a schema must change: indexes to drop, statements to run, whether all are online, and which are ours."""

    drops: Sequence[Definition]
    statements: Sequence[str]
    serves: bool
    ours: Sequence[str]


async def prepare_store(
    store: Store, model: Model = MODEL, *, progress: Progress = no_progress, wait: bool = True
) -> int:
    """Bring a store up to date, and wait until its indexes are online; return how many were made.

    Missing indexes and constraints are created. Those with the right name but another definition are recreated. Those
    that an earlier version made and this one does not need are dropped. The steps of `graph.maintenance.upgrades` are
    taken. Nothing is written to a store that is up to date. While another process changes the store, this waits, or
    without `wait` raises `Refused`.

    Raises `Refused` when a newer version wrote the store, and `StoreError` when data violates a constraint or an index
    does not come online.
    """
    record = await check_version(store)
    changes = await _changes(store, model, record)
    if is_current(record) and not changes.drops and not changes.statements:
        await _await(store, serves=changes.serves)
        return 0
    async with hold(store, "upgrade", waiting=progress if wait else None):
        return await prepare_held(store, model, progress=progress)


async def prepare_held(store: Store, model: Model = MODEL, *, progress: Progress = no_progress) -> int:
    """Prepare a store as `prepare_store` does, for a caller that holds its lease."""
    record = await check_version(store)
    changes = await _changes(store, model, record)
    for definition in changes.drops:
        await store.write_auto(definition.drop, timeout=POPULATION_SECONDS)
    for statement in changes.statements:
        await store.write_auto(statement, timeout=POPULATION_SECONDS)
    await _await(store, serves=changes.serves and not changes.statements)
    if not is_current(record):
        await upgrade(store, empty=await is_empty(store), progress=progress)
    if tuple(changes.ours) != tuple(record.made):
        await store.write(f"CYPHER 25 MERGE {RECORD} SET record.made = $made", {"made": list(changes.ours)})
    return len(changes.statements)


async def _changes(store: Store, model: Model, record: Record) -> _Changes:
    found = await read_definitions(store)
    wanted = {defined_by(statement): statement for statement in schema_statements(model)}
    names = {definition.name for definition in wanted}
    drops = [
        one
        for name, (one, state) in found.items()
        if (name in names and (one not in wanted or state == "FAILED"))
        or (name not in names and _is_ours(one, model, record))
    ]
    kept = {name: one for name, (one, state) in found.items() if one not in drops and state != "FAILED"}
    statements = []
    for definition, statement in wanted.items():
        if definition.name in kept:
            continue
        others = [one.name for one in kept.values() if one.serves == definition.serves]
        if others and definition.is_full_text:
            raise StoreError(f"the index {others[0]} keeps the index {definition.name} out; drop {others[0]}")
        if not others:
            statements.append(statement)
    ours = sorted(one.text for one in wanted if one.name in kept or wanted[one] in statements)
    return _Changes(drops, statements, all(state == "ONLINE" for _, state in found.values()), ours)


def _is_ours(one: Definition, model: Model, record: Record) -> bool:
    """Tell whether Sightline made an index: as its record says, or judging by its name if there is no record yet."""
    if record.made:
        return one.text in record.made
    if not set(one.labels) <= {*model.labels, *model.types} or len(one.labels) != 1:
        return False
    label, properties = one.labels[0], one.properties
    if one.unique or one.type != "RANGE":
        return one.unique and one.name == f"{label}_key" and properties == ("key",)
    by_order = properties[1:] == ("key",) and one.name == f"{label}_{properties[0]}"
    return by_order or (len(properties) > 1 and one.name == f"{label}_{'_'.join(properties)}")


async def _await(store: Store, *, serves: bool) -> None:
    if not serves:
        await store.read(f"CALL db.awaitIndexes({POPULATION_SECONDS})", timeout=POPULATION_SECONDS)
