"""Idempotency: what is written under a key is written once, and asking again gives the first result.

A key is claimed in the transaction that writes, so if two use it at the same moment, one waits for the other. Work that
takes many transactions claims its key first and settles it at the end. If it is interrupted, it continues under the
same key. Keys are remembered for `DAYS` days.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from graph.errors import BadInput
from graph.store import Store
from graph.store.connections import Run

IDEMPOTENCY = "IdempotencyKey"
"""The label of a key that was used."""
DAYS = 30
LONGEST_KEY = 200
KEY_SCHEMA = (
    f"CREATE CONSTRAINT {IDEMPOTENCY}_key IF NOT EXISTS FOR (n:{IDEMPOTENCY}) REQUIRE n.key IS UNIQUE",
    f"CREATE INDEX {IDEMPOTENCY}_at IF NOT EXISTS FOR (n:{IDEMPOTENCY}) ON (n.at, n.key)",
)
_CLAIM = f"""CYPHER 25
MERGE (k:{IDEMPOTENCY} {{key: $key}})
ON CREATE SET k.digest = $digest, k.at = datetime.realtime()
RETURN k.digest, k.result"""
_SETTLE = f"""CYPHER 25
MATCH (k:{IDEMPOTENCY} {{key: $key}})
SET k.result = $result
WITH k
CALL () {{
  MATCH (old:{IDEMPOTENCY}) WHERE old.at < datetime.realtime() - duration({{days: {DAYS}}})
  WITH old LIMIT 100
  DELETE old
}}
RETURN count(*)"""


@dataclass(frozen=True, slots=True)
class Once:
    """A key under which something is written once, and a digest of what that is."""

    key: str
    digest: str

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= LONGEST_KEY:
            raise BadInput(f"an idempotency key has from 1 to {LONGEST_KEY} characters; give another one")

    @classmethod
    def of(cls, key: str, content: object) -> Once:
        """Return the key with a digest of the content, which consists of plain values, including days and instants."""
        text = json.dumps(content, default=repr, sort_keys=True)
        return cls(key, sha256(text.encode()).hexdigest())


async def claim(run: Run, once: Once) -> object:
    """Return the first result as plain values, or None when the caller is the first and has to write.

    Raises `BadInput` when the key was used for other content.
    """
    ((digest, result),) = await run(_CLAIM, {"key": once.key, "digest": once.digest})
    if digest != once.digest:
        raise BadInput(
            "this idempotency key was used before for other content; repeat that content, or take another key"
        )
    return None if result is None else json.loads(cast(str, result))


async def settle(run: Run, once: Once, result: object) -> None:
    """Record the result of the work that a key was claimed for, as plain values."""
    await run(_SETTLE, {"key": once.key, "result": json.dumps(result)})


async def claim_alone(store: Store, once: Once) -> object:
    """Claim a key for work that takes many transactions, as `claim` does."""
    return await store.transaction(lambda run: claim(run, once))


async def settle_alone(store: Store, once: Once, result: object) -> None:
    """Settle the key of work that took many transactions."""
    await store.transaction(lambda run: settle(run, once, result))
