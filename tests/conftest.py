"""One embedded server for the whole run, in a folder of its own; nothing of the caller's environment reaches it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest

from graph.model import MODEL
from graph.open import Opened, open_graph
from graph.schema import schema_statements
from graph.settings import Settings, read_settings
from graph.store import Store

OWN_VARIABLES = ("NEO4J_", "SIGHTLINE_")


def pytest_configure(config: pytest.Config) -> None:
    cache = os.environ.get("SIGHTLINE_CACHE_DIR")
    for name in [name for name in os.environ if name.startswith(OWN_VARIABLES)]:
        del os.environ[name]
    if cache:
        os.environ["SIGHTLINE_CACHE_DIR"] = cache


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the run's own database; the downloads are the machine's shared ones."""
    return read_settings(data_dir=tmp_path_factory.mktemp("sightline") / "data", heap="512m", page_cache="64m")


@pytest.fixture(scope="session")
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    """The run's open graph, with the model's constraints and indexes and no data."""
    async with open_graph(settings) as opened:
        for statement in schema_statements(MODEL):
            await opened.store.write_auto(statement)
        await opened.store.read("CALL db.awaitIndexes(60)")
        yield opened


@pytest.fixture(scope="session")
def environment(settings: Settings) -> dict[str, str]:
    """What makes another process use the run's server, which must be `opened`."""
    return {
        "SIGHTLINE_DATA_DIR": str(settings.data_dir),
        "SIGHTLINE_HEAP": settings.heap,
        "SIGHTLINE_PAGE_CACHE": settings.page_cache,
    }


@pytest.fixture(scope="session")
def store(opened: Opened) -> Store:
    """The run's store; whatever a test writes stays until a test asks for an `empty` one."""
    return opened.store


@pytest.fixture
async def empty(store: Store) -> Store:
    """The run's store without any data; constraints and indexes are kept."""
    await store.write_auto("CYPHER 25 MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS")
    return store
