"""A writer for tests: of facts that a test gives."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from graph.writing.origin import Extract, Origin
from graph.writing.writer import Writer


def writer(store: Store, *, source: Extract | None = None, actor: str = "somebody", **options: Any) -> Writer:
    """Return a writer, from a source if one is given."""
    return Writer(store, Origin(actor, "test", source), **options)
