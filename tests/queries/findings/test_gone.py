"""Findings of a question that was removed are resolved with that reason, whether or not everything is looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from graph.store import Store
from queries.findings.gone import GONE
from tests.queries.findings.conftest import DAY, MANY, MISSED, NOTICE, Swept

RECORDS = """
CREATE (:Child {key: 'c1', transferredOn: date('2024-01-01')})-[:HAS_PLACEMENT]->
  (:Placement {key: 'p1', releasedOn: date('2024-02-01')})-[:WITH_SPONSOR]->(s:Sponsor {key: 's'})
CREATE (:Child {key: 'c2', transferredOn: date('2024-01-02')})-[:HAS_PLACEMENT]->
  (:Placement {key: 'p2', releasedOn: date('2024-02-02')})-[:WITH_SPONSOR]->(s)
"""
REASONS = """
MATCH (f:Finding)-[:HAS_CHANGE]->(c:FindingChange {kind: 'RESOLVED'})
RETURN DISTINCT f.indicator, f.status, c.from, c.to, c.reason
"""


@pytest.mark.parametrize("days", [0, 1])
async def test_they_are_resolved_and_come_back_with_the_question(empty: Store, days: int) -> None:
    both, one = Swept(empty, NOTICE, MANY), Swept(empty, MANY)
    await empty.write(RECORDS)
    await both.sweep()
    kept = await empty.read("MATCH (f:Finding {indicator: $name}) RETURN f.status, f.version", {"name": MANY})

    report = await one.sweep(DAY + timedelta(days=days))

    assert [(row.indicator, row.resolved) for row in report.swept if row.resolved] == [(NOTICE, 2)]
    assert await empty.read(REASONS) == [[NOTICE, "RESOLVED", "OPEN", "RESOLVED", GONE]]
    assert await empty.read("MATCH (c:Child) WHERE c.findingWeight IS NOT NULL RETURN count(c)") == [[0]]
    assert await empty.read("MATCH (f:Finding {indicator: $name}) RETURN f.status, f.version", {"name": MANY}) == kept
    assert [row for row in (await one.sweep(DAY + timedelta(days=days))).swept if row.resolved] == []

    again = await both.sweep(DAY + timedelta(days=days))
    assert [(row.indicator, row.reopened) for row in again.swept if row.reopened] == [(NOTICE, 2)]


async def test_a_sweep_of_some_indicators_resolves_no_others(empty: Store) -> None:
    await empty.write(RECORDS)
    await Swept(empty, NOTICE, MANY).sweep()

    report = await Swept(empty, MANY, MISSED).sweep(only=[MANY])

    assert [row for row in report.swept if row.resolved] == []
    assert await empty.read("MATCH (f:Finding) RETURN DISTINCT f.status") == [["OPEN"]]
