"""Versions of a store: which one wrote it, whether this Sightline can read it, and the steps that bring it up to date.

The version changes with what Sightline keeps in a store beside the facts: its schema, its marks, and what is derived. A
store without a version is of version 1, which Sightline 0.1 wrote. Each step can be run again, so an interrupted
upgrade continues with the step that it had reached.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version as installed_version
from typing import cast

from graph.engine.jars import Progress
from graph.errors import Refused
from graph.maintenance.record import RECORD, Record, read_record
from graph.store import Store
from graph.writing.change_log import EVERYTHING, Touched, append_alone
from graph.writing.derived import derived_digest, refresh_all
from graph.writing.derived_marks import mark_folded
from graph.writing.folded_text import check_twins, fold_digest
from graph.writing.origin import Origin
from graph.writing.touched import SWEEP, TOUCHED


@dataclass(frozen=True, slots=True)
class Step:
    """Brings a store from the previous version to this one."""

    version: int
    doc: str
    run: Callable[[Store], Awaitable[None]]


async def _drop_the_sweep_s_own_lease(store: Store) -> None:
    await store.write(f"CYPHER 25 MATCH (s:{SWEEP}) REMOVE s.holder, s.expiresAt")


_NOTES = f"CYPHER 25 MATCH (t:{TOUCHED}) RETURN t.label, t.keys"
_DROP_NOTES = f"CYPHER 25 MATCH (t:{TOUCHED}) DELETE t"


async def _log_what_was_touched(store: Store) -> None:
    touched = Touched()
    for label, keys in cast(list[tuple[str, list[str]]], await store.read(_NOTES)):
        if label == EVERYTHING:
            touched.whole.add(label)
        touched.add(label, keys)
    if touched.records or touched.whole:
        await append_alone(store, Origin("sightline", "upgrade"), touched)
    await store.write(_DROP_NOTES)


STEPS: Sequence[Step] = (
    Step(2, "Sweeps hold the store's lease, and have none of their own.", _drop_the_sweep_s_own_lease),
    Step(3, "What writers touched stands in the change log, and in no notes of its own.", _log_what_was_touched),
)
"""All steps, in order."""


def newest(steps: Sequence[Step] = STEPS) -> int:
    """Return the version that the last step leads to."""
    return steps[-1].version if steps else 1


async def check_version(store: Store, steps: Sequence[Step] = STEPS) -> Record:
    """Return the store's record; raises `Refused` when a newer Sightline wrote the store."""
    record = await read_record(store)
    if record.schema_version is not None and record.schema_version > newest(steps):
        raise Refused(
            f"Sightline {record.written_by or 'of a newer version'} wrote this store (version {record.schema_version}, "
            f"and this Sightline knows those up to {newest(steps)}); use that Sightline, or another data folder"
        )
    return record


def is_current(record: Record, steps: Sequence[Step] = STEPS) -> bool:
    """Tell whether a store with this record needs no upgrade."""
    return (record.schema_version, record.fold, record.derived) == (newest(steps), fold_digest(), derived_digest())


async def upgrade(store: Store, *, empty: bool, progress: Progress, steps: Sequence[Step] = STEPS) -> None:
    """Take the steps that a store lacks, and recompute what was folded or derived by other rules.

    The caller holds the lease. An `empty` store needs nothing of this.
    """
    record = await check_version(store, steps)
    if not empty:
        for step in steps:
            if step.version > (record.schema_version or 1):
                await step.run(store)
                await _note(store, schemaVersion=step.version)
        if record.fold != fold_digest():
            await check_twins(store, mend=True, progress=partial(progress, "Folding texts"))
            await mark_folded(store)
        if record.derived != derived_digest():
            await refresh_all(store, progress=partial(progress, "Deriving properties"))
    await _note(store, **current_properties(steps))


def current_properties(steps: Sequence[Step] = STEPS) -> dict[str, object]:
    """Return what the record says about a store that this Sightline has brought up to date."""
    version = installed_version("sightline")
    return {"schemaVersion": newest(steps), "writtenBy": version, **_rules()}


async def note_rules(store: Store) -> None:
    """Note that everything folded or derived follows this Sightline's rules."""
    await _note(store, **_rules())


def _rules() -> dict[str, object]:
    return {"fold": fold_digest(), "derived": derived_digest()}


async def _note(store: Store, **values: object) -> None:
    await store.write(f"CYPHER 25 MERGE {RECORD} SET record += $values", {"values": values})
