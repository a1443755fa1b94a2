"""The graphs that are measured: made once for each size, and kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from graph.maintenance.contents import needs_seed, read_dataset
from graph.opening import Opened, open_graph
from graph.settings import Settings, read_settings
from graph.store import Store
from seed.seeding import seed

CHILDREN, PLACES = 200, 20
_PLACES = """CYPHER 25
MATCH (c:Child) WITH c.key AS key ORDER BY key WITH collect(key) AS keys
RETURN [i IN range(0, $places - 1) | keys[i * size(keys) / $places]]"""
_RELEASED = """CYPHER 25
MATCH (c:Child) WHERE c.key >= $from AND EXISTS { (c)-[:HAS_PLACEMENT]->() }
WITH c.key AS key ORDER BY key LIMIT $limit RETURN collect(key)"""


def settings_for(data: Path, scale: float) -> Settings:
    """Return the settings for the graph of a size; `NEO4J_URI` is ignored."""
    return read_settings(neo4j_uri=None, data_dir=data / f"national-{scale:g}")


@asynccontextmanager
async def at_scale(data: Path, scale: float) -> AsyncIterator[tuple[Opened, dict[str, Any]]]:
    """Open the graph of a size, make it first if it does not exist, and yield it with its totals."""
    settings = settings_for(data, scale)
    async with open_graph(settings) as opened:
        wanted = await needs_seed(opened.store)
    if wanted:
        await seed(settings, preset="national", scale=scale)
    async with open_graph(settings) as opened:
        dataset = await read_dataset(opened.store)
        assert dataset is not None
        size = {
            "children": dataset.children,
            "nodes": dataset.nodes,
            "relationships": dataset.relationships,
        }
        yield opened, size


async def some_children(store: Store) -> list[str]:
    """Return keys of released children, from 20 places all over the graph."""
    places = cast(list[str], await store.read_value(_PLACES, {"places": PLACES}))
    found: list[str] = []
    for key in places:
        values = {"from": key, "limit": CHILDREN // PLACES}
        found += cast(list[str], await store.read_value(_RELEASED, values))
    return found
