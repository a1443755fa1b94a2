"""Every question's statements of a sweep plan; those of what was touched begin at keys, and scan no label."""

from __future__ import annotations

import pytest

from graph.store import Store
from queries.findings.first import first_statement
from queries.findings.reach import reach_of
from queries.findings.statements import found_statement, looked_statement, rows_statement, unlooked_statement
from queries.findings.thresholds import Thresholds, indicators
from queries.library import load_library
from queries.question import Question

INDICATORS = [one.question for one in indicators(list(load_library()), Thresholds())]


@pytest.mark.parametrize("question", INDICATORS, ids=lambda question: question.name)
async def test_a_questions_statements_plan(store: Store, question: Question) -> None:
    assert (await store.explain(found_statement(question), {"p": [None]})).writes
    assert (await store.explain(first_statement(question), {"p": [None]})).writes
    reach = reach_of(question)

    plan = await store.explain(looked_statement(question, reach, sorted(reach.ways)), {"p": [None]})

    assert not plan.writes
    scans = [one.details for one in plan.root.walk() if one.name in ("NodeByLabelScan", "AllNodesScan")]
    assert [scan for scan in scans if f":{reach.label}" in scan] == []


async def test_the_rows_statements_plan(store: Store) -> None:
    for statement in (rows_statement(), unlooked_statement()):
        plan = await store.explain(statement, {"p": [None]})
        assert plan.writes
        assert "NodeByLabelScan" not in plan.operators
        assert "AllNodesScan" not in plan.operators
