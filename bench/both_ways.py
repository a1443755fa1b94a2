"""Writes the same rows both ways: with Neo4j's import tool, and in batches of 5,000 by `UNWIND`."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.graphs import settings_for
from graph.maintenance.prepare import prepare_store
from graph.opening import open_graph
from graph.settings import Settings
from graph.store import Store
from graph.writing.writer import Writer
from seed.batches import BLOCKS_AT_ONCE, GENERATOR, write_links, write_nodes
from seed.seeding import seed
from seed.synthetic.generate import Made, generate
from seed.synthetic.presets import Figures, figures

NUMBER = 1
"""The seed of the synthetic graph, the same for both."""


async def seed_both_ways(data: Path, scale: float) -> dict[str, Any]:
    """Return how many seconds each way takes, including its indexes but not the making of its rows.

    Each way fills its own empty store, which is removed afterwards.
    """
    settings = settings_for(data / "both-ways", scale)
    shutil.rmtree(settings.data_dir, ignore_errors=True)
    report = await seed(settings, preset="national", scale=scale, seed=NUMBER)
    assert report.import_tool, "the graph is too small for the import tool; use a larger scale"
    imported = report.loading_seconds + report.indexing_seconds
    shutil.rmtree(settings.data_dir)
    batches = await _in_batches(settings, figures("national", scale=scale))
    shutil.rmtree(settings.data_dir)
    return {
        "import_tool_s": round(imported, 2),
        "batches_s": round(batches, 2),
        "import_tool_over_batches": round(imported / batches, 3),
        "scale": scale,
        "nodes": report.nodes,
        "relationships": report.relationships,
    }


async def _in_batches(settings: Settings, wanted: Figures) -> float:
    async with open_graph(settings) as opened:
        began = time.monotonic()
        await prepare_store(opened.store)
        seconds = time.monotonic() - began
        blocks = generate(wanted, seed=NUMBER)
        while made := await asyncio.to_thread(_some, blocks):
            seconds += await _write(opened.store, made)
        return seconds


async def _write(store: Store, made: list[Made]) -> float:
    tables = [block.tables for block in made]
    writer = Writer(store, GENERATOR, fresh=True)
    began = time.monotonic()
    await write_nodes(writer, tables)
    await write_links(writer, tables)
    return time.monotonic() - began


def _some(blocks: Iterator[Made]) -> list[Made]:
    return list(islice(blocks, BLOCKS_AT_ONCE))
