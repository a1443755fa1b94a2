from __future__ import annotations

import pytest

from graph.store import Store
from tests.api.compiler.asking import Asker


@pytest.fixture(scope="session")
def ask(store: Store) -> Asker:
    """The compiler on the run's database."""
    return Asker(store)
