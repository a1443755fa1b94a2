"""Indicators through the API: what is asked, and how many findings there are."""

from __future__ import annotations

from graph.store import Store
from tests.api.compiler.asking import Asker


async def test_indicators_say_what_is_asked_and_what_was_found(graph: Store, ask: Asker) -> None:
    data = await ask(
        "{ indicators { name severity weight raisedWhere raisedSeverity raisedWeight"
        " parameters { name value default } findings { status count } } }"
    )

    found = {one.pop("name"): one for one in data["indicators"]}
    assert found["sponsorsWithMultipleChildren"] == {
        "severity": "MEDIUM",
        "weight": 3,
        "raisedWhere": "unrelatedCount >= 2",
        "raisedSeverity": "HIGH",
        "raisedWeight": 9,
        "parameters": [
            {"name": "minChildren", "value": "2", "default": "2"},
            {"name": "minUnrelated", "value": "0", "default": "0"},
        ],
        "findings": [{"status": "OPEN", "count": 1}],
    }
    assert found["childrenWithoutNoticeToAppear"]["findings"] == [{"status": "OPEN", "count": 3}]
    assert {found["childrenWithoutNoticeToAppear"][name] for name in ("raisedWhere", "raisedWeight")} == {None}
