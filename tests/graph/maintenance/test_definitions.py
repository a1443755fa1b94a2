from __future__ import annotations

import pytest

from graph.errors import StoreError
from graph.maintenance.definitions import defined_by, read_definitions
from graph.maintenance.prepare import prepare_store
from graph.maintenance.schema import schema_statements
from graph.model import MODEL
from graph.store import Store


async def test_what_a_statement_is_read_as_is_what_the_database_makes_of_it(store: Store) -> None:
    await prepare_store(store)

    found = await read_definitions(store)

    wanted = {one.name: one for one in map(defined_by, schema_statements(MODEL))}
    assert {name: one for name, (one, _) in found.items()} == wanted
    assert {state for _, state in found.values()} == {"ONLINE"}
    assert len({one.text for one in wanted.values()}) == len(wanted)


def test_a_statement_of_another_kind_is_told() -> None:
    with pytest.raises(StoreError, match="makes nothing that can be compared"):
        defined_by("CREATE (:Child)")
