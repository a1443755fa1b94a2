"""Seeding: replace what a store holds by a synthetic graph whose figures and answers are known."""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.contents import Dataset, delete_all, refuse_foreign, write_dataset
from graph.counts import mark_counts
from graph.engine.failures import disk_error
from graph.engine.folder import write_private
from graph.engine.jars import Progress, no_progress
from graph.errors import BadInput
from graph.open import open_graph
from graph.prepare import prepare_store
from graph.settings import Settings
from graph.store import Store
from seed.batches import write_batches
from seed.bulk import Imported, import_graph, in_use
from seed.parts import Written
from seed.synthetic.days import REFERENCE_DATE
from seed.synthetic.presets import Figures, figures

IMPORT_TOOL_FROM = 10_000
"""Children from which on Neo4j's import tool is worth a stop of the server."""
TRUTH_FILE = "ground-truth.json"


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What was seeded and how; `note` tells why a large graph did not go through the import tool.

    Seconds are those of making the records (0 when they were made while they were written), loading them and building
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
    """Replace what the settings' store holds by the synthetic graph of a preset, and write down what was planted.

    A large graph goes into the embedded database through Neo4j's import tool, unless another process uses it; all
    others in batches. What was planted goes to `truth_file`, or to the data folder. Raises `BadInput` for an unknown
    preset or scale, `Refused` when the store holds anything but synthetic data and is not named by `store_name`, and
    what opening the store raises. When it is interrupted, the next call mends it.
    """
    wanted = figures(preset, scale=scale)
    order = _Order(preset, scale, seed, wanted, _check_file(truth_file or _default_file(settings)), progress)
    async with open_graph(settings, progress=progress) as opened:
        await refuse_foreign(opened.store, store_name=store_name, action="seed")
        large = opened.access.embedded and order.figures.children >= IMPORT_TOOL_FROM
        if not large:
            return await _write(opened.store, order)
    if await asyncio.to_thread(in_use, settings):
        async with open_graph(settings, progress=progress) as opened:
            return await _write(
                opened.store, order, note="another process uses the database, so the records were written in batches"
            )
    imported = await import_graph(settings, order.figures, seed=seed, progress=progress)
    async with open_graph(settings, progress=progress) as opened:
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
    """Seed an open store in batches, as `seed` does; without `truth_file` what was planted is not written down."""
    wanted = figures(preset, scale=scale)
    order = _Order(preset, scale, seed, wanted, truth_file and _check_file(truth_file), progress)
    await refuse_foreign(store, store_name=store_name, action="seed")
    return await _write(store, order)


async def _write(store: Store, order: _Order, *, note: str = "") -> SeedReport:
    order.progress("Preparing the database")
    await prepare_store(store)
    await delete_all(store, progress=lambda done, total: order.progress("Deleting old records", done, total))
    await write_dataset(store, _dataset(order, Written.nothing(), complete=False))
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
    await prepare_store(store)
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


async def _complete(store: Store, order: _Order, written: Written) -> None:
    if order.truth_file:
        document = written.truth.document(
            preset=order.preset, scale=order.scale, seed=order.seed, figures=order.figures
        )
        write_private(order.truth_file, _json(document))
    await mark_counts(store)
    await write_dataset(store, _dataset(order, written, complete=True))


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
    )


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
