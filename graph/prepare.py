"""Prepare a database for the graph: create the model's constraints and indexes that it lacks."""

from __future__ import annotations

import re

from graph.errors import StoreError
from graph.model import MODEL, Model
from graph.schema import schema_statements
from graph.store import Store

POPULATION_SECONDS = 600
"""How long a new index on an existing graph may take before it serves."""

_NAME = re.compile(r"(\w+) IF NOT EXISTS")


async def prepare_store(store: Store, model: Model = MODEL) -> int:
    """Create the constraints and indexes that the database lacks and wait until all serve; return how many.

    Raises `StoreError` when data is in the way of a constraint, or an index does not come online.
    """
    states = await _states(store)
    missing = [statement for statement in schema_statements(model) if _name(statement) not in states]
    for statement in missing:
        await store.write_auto(statement, timeout=POPULATION_SECONDS)
    if missing:
        states = await _states(store)
    if any(state != "ONLINE" for state in states.values()):
        await store.read(f"CALL db.awaitIndexes({POPULATION_SECONDS})", timeout=POPULATION_SECONDS)
    return len(missing)


async def _states(store: Store) -> dict[str, str]:
    """Return the state of each index, by name."""
    rows = await store.read("SHOW INDEXES YIELD name, state RETURN name, state")
    return {str(name): str(state) for name, state in rows}


def _name(statement: str) -> str:
    """Return the name that a statement gives to what it creates; a constraint's index has the same one."""
    found = _NAME.search(statement)
    if found is None:
        raise StoreError("a statement of the schema creates nothing by name")
    return found[1]
