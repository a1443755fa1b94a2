"""One embedded server for each test process, in a folder of its own; nothing of the caller's environment reaches it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
from hypothesis import settings as hypothesis_settings

from graph.maintenance.schema import schema_statements
from graph.model import MODEL
from graph.opening import Opened, open_graph
from graph.settings import Settings, read_settings
from graph.store import Store
from tests.seeds import choose_run_seed, run_seed

pytest_plugins = ("tests.lanes",)
OWN_VARIABLES = ("NEO4J_", "SIGHTLINE_")


def pytest_configure(config: pytest.Config) -> None:
    cache = os.environ.get("SIGHTLINE_CACHE_DIR")
    for name in [name for name in os.environ if name.startswith(OWN_VARIABLES)]:
        del os.environ[name]
    if cache:
        os.environ["SIGHTLINE_CACHE_DIR"] = cache
    choose_run_seed()
    hypothesis_settings.register_profile("untimed", deadline=None)
    hypothesis_settings.load_profile("untimed")


def pytest_report_header() -> str:
    return f"seed of this run: {run_seed()} (TEST_SEED gives another)"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if terminalreporter.no_header or terminalreporter.verbosity < 0:
        terminalreporter.write_line(pytest_report_header())


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the run's own database; the downloads are the machine's shared ones.

    Its deadline is long, since nearly every statement of a test is new, and a busy machine takes long to plan it.
    """
    folder = tmp_path_factory.mktemp("sightline") / "data"
    return read_settings(data_dir=folder, heap="512m", page_cache="64m", statement_timeout=300)


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
