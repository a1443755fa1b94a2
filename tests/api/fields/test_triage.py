"""Triage through the API: the order of children, and what makes it up."""

from __future__ import annotations

from graph.store import Store
from tests.api.compiler.asking import Asker


async def test_triage_shows_what_makes_up_its_order(graph: Store, ask: Asker) -> None:
    data = await ask(
        """query ($first: Int) { triage(first: $first) { child { key } weight
          parts { indicator severity weight count findings { key } } } }""",
        first=2,
    )

    assert [(row["child"]["key"], row["weight"]) for row in data["triage"]] == [("a", 12), ("b", 3)]
    assert data["triage"][0]["parts"] == [
        {
            "indicator": "childrenWithoutContactAfterMissedHearing",
            "severity": "HIGH",
            "weight": 9,
            "count": 1,
            "findings": [{"key": "a/childrenWithoutContactAfterMissedHearing"}],
        },
        {
            "indicator": "childrenWithoutNoticeToAppear",
            "severity": "MEDIUM",
            "weight": 3,
            "count": 1,
            "findings": [{"key": "a/childrenWithoutNoticeToAppear"}],
        },
    ]
    filtered = await ask('{ triage(filter: {firstName: {eq: "B"}}) { child { key } } }')
    assert filtered == {"triage": [{"child": {"key": "b"}}]}
