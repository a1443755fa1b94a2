"""Looking up the records of a list takes an index, however many the graph has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from graph.store import Store
from seed.spreadsheets.lookups import Lookups
from seed.spreadsheets.mapping import load_mapping
from seed.spreadsheets.planning import plan_of
from tests.seed.spreadsheets.conftest import TODAY
from tests.seed.spreadsheets.test_examples import EXAMPLES


@pytest.mark.parametrize("name", ["releases", "tracking", "calls", "no-shows"])
async def test_no_lookup_reads_all_records_of_a_label(empty: Store, name: str) -> None:
    asked: list[str] = []

    def note(statement: str, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        asked.append(statement)
        return []

    lookups = Lookups(note)
    plan = plan_of(load_mapping(EXAMPLES / f"{name}.yaml"), name, TODAY)
    records = [one for one in plan.records if not one.within]
    for record in records:
        lookups.same(record, [("x",)])
        lookups.with_keys(record.label, ["x"])
    lookups.people("Child", [("x",)])
    lookups.people("Sponsor", [("x",)])
    assert len(asked) == 2 * len(records) + 2
    for statement in asked:
        found = await empty.explain(statement, {"sought": [["x", "x", "x", "x", "x"]]})
        scans = [one for one in found.operators if "Scan" in one]
        assert (statement, scans) == (statement, [])
