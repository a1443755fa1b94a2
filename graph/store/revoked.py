"""Revoked tokens and sessions as a database keeps them, for instances of Sightline that share nothing but it.

They are nodes with a label of their own, outside the model, and are kept until the token would have expired anyway.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import cast

from graph.store.store import Store

REVOKED = "Revoked"


async def read_revoked(store: Store) -> dict[str, float]:
    """Return the ids of everything revoked, each with the time (seconds since 1970) when it expires."""
    rows = await store.read(f"CYPHER 25 MATCH (r:{REVOKED}) RETURN r.key, r.expires")
    return {str(key): cast(float, expires) for key, expires in rows}


async def write_revoked(store: Store, revoked: Mapping[str, float]) -> None:
    """Add newly revoked ids, and remove those that have expired."""
    await store.write(
        f"CYPHER 25 UNWIND $rows AS row MERGE (r:{REVOKED} {{key: row[0]}}) SET r.expires = row[1]",
        {"rows": [[key, expires] for key, expires in revoked.items()]},
    )
    await store.write(f"CYPHER 25 MATCH (r:{REVOKED}) WHERE r.expires < $now DELETE r", {"now": time.time()})
