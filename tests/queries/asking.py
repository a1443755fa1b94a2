"""Asking the built-in questions on small graphs; the day asked about is 2024-05-31."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from queries.library import load_library
from queries.run import run_question

LIBRARY = load_library()
DAY = "2024-05-31"


async def ask(store: Store, name: str, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the rows of a question, each node as its key."""
    rows = (await run_question(store, LIBRARY[name], {"asOf": DAY, **arguments})).rows
    return [tuple(v["key"] if isinstance(v, dict) else v for v in row.values()) for row in rows]


async def put(store: Store, *patterns: str) -> None:
    """Create patterns, all in one statement, in which `@2024-05-31` is that day."""
    first, *rest = ",\n".join(patterns).split("@")
    await store.write("CREATE " + first + "".join(f"date('{part[:10]}'){part[10:]}" for part in rest))
