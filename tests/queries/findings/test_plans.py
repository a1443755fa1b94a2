"""Every question's statements of a sweep plan; those of what was touched begin at keys, and scan no label."""

from __future__ import annotations

from random import Random

import pytest

from graph.store import Store
from queries.findings.impact import reach_of
from queries.findings.statements import asked_statement, looked_statement, rows_statement, unlooked_statement
from queries.findings.thresholds import Thresholds, indicators
from queries.library.question import Question
from tests.api.compiler.compiling import library
from tests.queries.findings.test_impact import WHOLE
from tests.seeds import run_seed

INDICATORS = [one.question for one in indicators(list(library()), Thresholds())]


@pytest.mark.parametrize("question", INDICATORS, ids=lambda question: question.name)
async def test_a_questions_statements_plan(store: Store, question: Question) -> None:
    assert not (await store.explain(asked_statement(question), {"p": [None]})).writes
    if question.name in WHOLE:
        return
    reach = reach_of(question)

    plan = await store.explain(looked_statement(question, reach), {"p": [None]})

    assert not plan.writes
    scans = [one.details for one in plan.root.walk() if one.name in ("NodeByLabelScan", "AllNodesScan")]
    assert [scan for scan in scans if f":{reach.label}" in scan] == []


async def test_a_walk_to_subjects_begins_at_keys(store: Store) -> None:
    reaches = [reach_of(one) for one in INDICATORS if one.name not in WHOLE]
    walks = sorted({walk for reach in reaches for label in reach.ways for walk in reach.walks(label)})
    for walk in Random(run_seed()).sample(walks, 60):
        plan = await store.explain(walk, {"p": [None]})
        assert not {"NodeByLabelScan", "AllNodesScan"} & set(plan.operators), walk


async def test_the_rows_statements_plan(store: Store) -> None:
    for statement in (rows_statement(), unlooked_statement()):
        plan = await store.explain(statement, {"p": [None]})
        assert plan.writes
        assert "NodeByLabelScan" not in plan.operators
        assert "AllNodesScan" not in plan.operators
