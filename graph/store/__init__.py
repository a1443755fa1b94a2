"""The store: statements in, plain rows out. Only this package uses the Neo4j driver."""

from graph.store.store import (
    GRACE,
    Store,
)

__all__ = ["GRACE", "Store"]
