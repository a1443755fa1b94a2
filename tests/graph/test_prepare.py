"""Preparing a database: what it lacks is created, once."""

from __future__ import annotations

from graph.prepare import prepare_store
from graph.store import Store


async def test_creates_what_is_missing_and_nothing_twice(store: Store) -> None:
    await prepare_store(store)
    await store.write_auto("DROP CONSTRAINT Child_key")
    await store.write_auto("DROP INDEX search")

    assert await prepare_store(store) == 2
    assert await prepare_store(store) == 0


async def test_everything_serves_afterwards(store: Store) -> None:
    await store.write_auto("DROP INDEX Sponsor_childCount IF EXISTS")

    await prepare_store(store)

    states = await store.read("SHOW INDEXES YIELD state RETURN DISTINCT state")
    assert states == [["ONLINE"]]
