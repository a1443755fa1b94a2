"""What an import would do is told before it is done: the same difference, and what the next sweep opens and closes."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from graph.store import Store
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Indicator, Thresholds, indicators
from queries.library import load_library
from seed.files.options import Options
from seed.files.rehearsal import MOST_RECORDS
from seed.files.summary import FileSummary
from seed.hhs_releases.importing import import_hhs_releases
from tests.seed.hhs_releases.conftest import write
from tests.seed.hhs_releases.test_adoption import lines_of
from tests.seed.hhs_releases.test_importing import ONE, TODAY, Write, counts, facts

__all__ = ["write"]
ASKED = ("childrenWithoutNoticeToAppear", "wellBeingCallsOverdue", "sponsorsUnderSeveralRecords")


@pytest.fixture(scope="module")
def asked() -> list[Indicator]:
    known = indicators(load_library(), Thresholds())
    return [one for one in known if one.name in ASKED]


async def load(store: Store, file: Path, known: list[Indicator], *, dry_run: bool, batch_size: int = 3) -> FileSummary:
    options = Options(today=TODAY, dry_run=dry_run, indicators=known, batch_size=batch_size)
    return await import_hhs_releases(store, file, options)


@pytest.mark.parametrize("seed", range(3))
async def test_the_sweep_finds_what_was_foreseen(empty: Store, write: Write, asked: list[Indicator], seed: int) -> None:
    chance, sweep = random.Random(seed), Sweeper(empty, asked)
    opened = closed = 0
    for _ in range(4):
        file = write(*lines_of(chance))
        await sweep(day=TODAY)
        before = await counts(empty), await facts(empty)
        foretold = await load(empty, file, asked, dry_run=True)
        assert (await counts(empty), await facts(empty)) == before
        done = await load(empty, file, asked, dry_run=False)
        assert done.difference == foretold.difference
        swept = (await sweep(day=TODAY)).swept
        told = [one for one in swept if one.indicator not in foretold.findings.untold]
        assert foretold.findings.untold == ["sponsorsUnderSeveralRecords"]
        findings = foretold.findings
        assert findings.opening == Counter({one.indicator: one.opened + one.reopened for one in told})
        assert findings.closing == Counter({one.indicator: one.resolved for one in told})
        opened += findings.opening.total()
        closed += findings.closing.total()
    assert opened
    assert closed


async def test_findings_are_told_in_sentences(empty: Store, write: Write, asked: list[Indicator]) -> None:
    file = write(ONE, ONE.replace("1,", "2,", 1))
    asked = [one for one in asked if one.name != "wellBeingCallsOverdue"]
    lines = list((await load(empty, file, asked, dry_run=True)).lines())
    assert lines[-4:] == [
        "Findings that would open: 2",
        "  childrenWithoutNoticeToAppear: 2",
        "Findings that cannot be foreseen: those of sponsorsUnderSeveralRecords",
        "Nothing was written.",
    ]
    assert not any("Findings" in line for line in (await load(empty, file, asked, dry_run=False)).lines())


async def test_of_very_many_records_findings_are_not_foreseen_and_that_is_said(
    empty: Store, write: Write, asked: list[Indicator]
) -> None:
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in range(1, MOST_RECORDS + 2)))
    foretold = await load(empty, file, asked, dry_run=True, batch_size=2_000)
    assert foretold.difference.counts["created"]["Child"] == MOST_RECORDS + 1
    assert foretold.remarks == [
        "More than 5,000 records: findings are not foreseen; run `sightline sweep` after the import"
    ]
    assert await counts(empty) == {}


async def test_a_question_that_fails_leaves_the_difference(empty: Store, write: Write, asked: list[Indicator]) -> None:
    [one] = [one for one in asked if one.name == "childrenWithoutNoticeToAppear"]
    days = "duration.inDays(latest.releasedOn, $asOf).days"
    assert days in one.question.body
    body = one.question.body.replace(days, "1 / (size(noticeState) - size(noticeState))")
    broken = [replace(one, question=replace(one.question, body=body))]
    foretold = await load(empty, write(ONE), broken, dry_run=True)
    assert foretold.difference.counts["created"] == {"Child": 1, "Placement": 1, "PostalArea": 1}
    assert any(remark.startswith("Findings could not be foreseen") for remark in foretold.remarks)
