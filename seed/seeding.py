"""Seeding: replaces what a store holds by a synthetic graph whose figures and answers are known."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from graph.engine.failures import disk_error
from graph.engine.jars import Progress, no_progress
from graph.errors import BadInput, StoreError
from graph.maintenance.contents import (
    DATASET,
    Dataset,
    dataset_properties,
    delete_all,
    needs_seed,
    refuse_foreign,
    write_dataset,
)
from graph.maintenance.lease import Lease, begin, hold, lease_properties
from graph.maintenance.prepare import prepare_held
from graph.maintenance.record import STORE
from graph.maintenance.upgrades import check_version, current_properties
from graph.opening import open_graph
from graph.private_files import write_private
from graph.settings import Settings
from graph.store import Store
from graph.store.census import take_census
from graph.writing.change_log import EVERYTHING, LOG, Touched, append_alone, last_sequence
from graph.writing.derived import refresh_all
from graph.writing.derived_marks import mark_folded
from seed.batches import GENERATOR, write_batches
from seed.bulk import Imported, import_graph, in_use
from seed.parts import Written
from seed.synthetic.days import REFERENCE_DATE
from seed.synthetic.presets import Figures, figures

IMPORT_TOOL_FROM = 10_000
"""From this many children on, using Neo4j's import tool is worth stopping the server."""
IMPORTED_HOLD_SECONDS = 900.0
"""Seconds that an imported database's first lease lasts, unless the process that imported it renews it."""
TRUTH_FILE = "ground-truth.json"


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What was seeded and how; `note` says why a large graph was not loaded with the import tool.

    Seconds are those of making the records (0 if they were made while they were written), loading them and building
    indexes.
    """

    figures: Figures
    nodes: int
    relationships: int
    import_tool: bool
    making_seconds: float
    loading_seconds: float
    indexing_seconds: float
    truth_file: Path | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Order:
    preset: str
    scale: float
    seed: int
    figures: Figures
    truth_file: Path | None
    progress: Progress


async def seed(
    settings: Settings,
    *,
    preset: str = "demo",
    scale: float = 1.0,
    seed: int = 1,
    store_name: str | None = None,
    truth_file: Path | None = None,
    progress: Progress = no_progress,
) -> SeedReport:
    """Replace what the settings' store holds by the synthetic graph of a preset, and record what was planted.

    A large graph is loaded into the embedded database with Neo4j's import tool, unless another process uses the
    database; every other graph is written in batches. What was planted is written to `truth_file`, or to the data
    folder. Raises `BadInput` for an unknown preset or scale; `Refused` when the store holds anything but synthetic data
    and `store_name` does not name it, or while other work on it is running; and what opening the store raises. If it is
    interrupted, the next call repairs that.
    """
    wanted = figures(preset, scale=scale)
    order = _Order(preset, scale, seed, wanted, _check_file(truth_file or _default_file(settings)), progress)
    async with open_graph(settings, progress=progress) as opened:
        await check_version(opened.store)
        await refuse_foreign(opened.store, store_name=store_name, action="seed")
        sequence = await last_sequence(opened.store)
        if not opened.access.embedded or order.figures.children < IMPORT_TOOL_FROM:
            async with _allowed(opened.store, store_name) as lease:
                return await _write(opened.store, lease, order)
    if await asyncio.to_thread(in_use, settings):
        note = "another process uses the database, so the records were written in batches"
        async with open_graph(settings, progress=progress) as opened, _allowed(opened.store, store_name) as lease:
            return await _write(opened.store, lease, order, note=note)
    holder = uuid4().hex
    imported = await import_graph(
        settings, order.figures, seed=seed, marks=partial(_marks, order, holder, sequence), progress=progress
    )
    async with open_graph(settings, progress=progress) as opened, hold(opened.store, "seed", holder=holder) as lease:
        await begin(opened.store, lease)
        return await _finish_import(opened.store, order, imported)


async def seed_store(
    store: Store,
    *,
    preset: str = "demo",
    scale: float = 1.0,
    seed: int = 1,
    store_name: str | None = None,
    truth_file: Path | None = None,
    progress: Progress = no_progress,
) -> SeedReport:
    """Seed an open store in batches, as `seed` does; without `truth_file`, what was planted is not recorded."""
    wanted = figures(preset, scale=scale)
    order = _Order(preset, scale, seed, wanted, truth_file and _check_file(truth_file), progress)
    async with _allowed(store, store_name) as lease:
        return await _write(store, lease, order)


async def fill_store(
    store: Store,
    *,
    preset: str,
    truth_file: Path | None,
    scale: float = 1.0,
    progress: Progress = no_progress,
) -> SeedReport | None:
    """Seed an open store as `seed_store` does, unless it holds anything other than incomplete synthetic data.

    Waits while another process changes the store. If that process seeded it, this returns None.
    """
    order = _Order(preset, scale, 1, figures(preset, scale=scale), truth_file and _check_file(truth_file), progress)
    async with hold(store, "seed", waiting=progress) as lease:
        return await _write(store, lease, order) if await needs_seed(store) else None


@asynccontextmanager
async def _allowed(store: Store, store_name: str | None) -> AsyncIterator[Lease]:
    """Hold the lease of a store that a seed may replace; a store that it may not replace is left untouched."""
    await refuse_foreign(store, store_name=store_name, action="seed")
    async with hold(store, "seed") as lease:
        await refuse_foreign(store, store_name=store_name, action="seed")
        yield lease


async def _write(store: Store, lease: Lease, order: _Order, *, note: str = "") -> SeedReport:
    order.progress("Preparing the database")
    await prepare_held(store)
    await delete_all(store, lease, progress=lambda done, total: order.progress("Deleting old records", done, total))
    await write_dataset(store, _dataset(order, Written(), complete=False))
    began = time.monotonic()
    written = await write_batches(
        store,
        order.figures,
        seed=order.seed,
        progress=lambda children: order.progress("Writing records", children, order.figures.children),
    )
    loading = time.monotonic() - began
    await _complete(store, order, written)
    return SeedReport(
        figures=order.figures,
        nodes=written.nodes,
        relationships=written.relationships,
        import_tool=False,
        making_seconds=0.0,
        loading_seconds=loading,
        indexing_seconds=0.0,
        truth_file=order.truth_file,
        note=note,
    )


async def _finish_import(store: Store, order: _Order, imported: Imported) -> SeedReport:
    order.progress("Building indexes")
    began = time.monotonic()
    await prepare_held(store)
    await append_alone(store, GENERATOR, Touched(whole={EVERYTHING}))
    await _complete(store, order, imported.written)
    return SeedReport(
        figures=order.figures,
        nodes=imported.written.nodes,
        relationships=imported.written.relationships,
        import_tool=True,
        making_seconds=imported.making_seconds,
        loading_seconds=imported.loading_seconds,
        indexing_seconds=time.monotonic() - began,
        truth_file=order.truth_file,
    )


def _marks(order: _Order, holder: str, sequence: int, written: Written) -> dict[str, dict[str, object]]:
    """Return the nodes that an imported database begins with: it is not complete yet, and this process has its lease.

    So no other process starts to change it between the swap of the databases and the end of the seed. Its change log
    continues from the last number in the database that it replaces.
    """
    lease = lease_properties(Lease(holder, "seed"), seconds=IMPORTED_HOLD_SECONDS)
    return {
        DATASET: dataset_properties(_dataset(order, written, complete=False)),
        STORE: {**lease, **current_properties()},
        LOG: {"key": "log", "sequence": sequence},
    }


async def _complete(store: Store, order: _Order, written: Written) -> None:
    if order.truth_file:
        document = written.truth.document(
            preset=order.preset, scale=order.scale, seed=order.seed, figures=order.figures
        )
        write_private(order.truth_file, _json(document))
    await refresh_all(store, progress=partial(order.progress, "Deriving properties"))
    await mark_folded(store)
    dataset = _dataset(order, written, complete=True)
    if lacking := dataset.lacking(await take_census(store)):
        raise StoreError(f"records were deleted while they were written ({', '.join(lacking)}); seed again")
    await write_dataset(store, dataset)


def _default_file(settings: Settings) -> Path:
    folder = settings.data_dir.expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise disk_error(error, folder) from error
    return folder / TRUTH_FILE


def _check_file(path: Path) -> Path:
    """Check, before anything is replaced, that a file can be written there."""
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise BadInput(f"{path} cannot be written; name a file in a folder of yours")
    return path


def _dataset(order: _Order, written: Written, *, complete: bool) -> Dataset:
    return Dataset(
        preset=order.preset,
        scale=order.scale,
        seed=order.seed,
        reference_date=REFERENCE_DATE,
        complete=complete,
        children=order.figures.children,
        missed=order.figures.missed,
        without_notice=order.figures.without_notice,
        not_reached=order.figures.not_reached,
        bad_addresses=order.figures.bad_addresses,
        nodes=written.nodes,
        relationships=written.relationships,
        kinds=dict(sorted(written.kinds.items())),
    )


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
