"""The life of a finding: each transition that a sweep makes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.errors import BadInput
from graph.store import Store
from graph.writing.change_log import Touched, append_alone
from graph.writing.origin import Origin
from queries.findings.review import Review, review_finding
from queries.findings.thresholds import Thresholds
from queries.library.question import Severity
from tests.queries.findings.conftest import DAY, MANY, NOTICE, Swept
from tests.writers import writer as new_writer

TWO_RELEASES = """
CREATE (s:Sponsor {key: 's'})
WITH s UNWIND ['a', 'b'] AS key
CREATE (:Child {key: key, transferredOn: date('2024-01-01')})
  -[:HAS_PLACEMENT]->(:Placement {key: key + 'p', releasedOn: date('2024-02-01')})-[:WITH_SPONSOR]->(s)
"""
THIRD = """
MATCH (s:Sponsor) CREATE (:Child {key: 'c', transferredOn: date('2024-01-01')})
  -[:HAS_PLACEMENT]->(:Placement {key: 'cp', releasedOn: date('2024-03-01')})-[:WITH_SPONSOR]->(s)
"""
FILED = "MATCH (c:Child) CREATE (c)-[:HAS_NOTICE]->(:NoticeToAppear {key: 'n' + c.key, filedOn: date('2024-04-01')})"
UNFILED = "MATCH (n:NoticeToAppear) DETACH DELETE n"
DISMISS = "MATCH (f:Finding) SET f.status = 'DISMISSED', f.dismissedUntil = date('2024-06-10'), f.dismissedReason = 'x'"

NOTICE_THRESHOLDS = (
    '{"noticeState":["NOT_ISSUED","NOT_SERVED","NOT_FILED"],'
    '"includeReliefPending":true,"includeInCare":true,"includeGrownUp":true}'
)


VALUES = '{"childCount":2,"unrelatedCount":0,"siblingGroups":2}'
"""Of a sponsor of two children who are no siblings."""


def notice_values(days: int) -> str:
    """Return the values of a finding about a child of unknown age, released so many days ago."""
    rest = '"noticeState":"NOT_ISSUED","reliefPending":false,"inCare":false,"grownUp":null'
    return f'{{"daysSinceRelease":{days},{rest}}}'


async def test_a_row_opens_a_finding_with_subject_evidence_values_and_thresholds(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)

    report = await swept.sweep()

    assert report.reason == "it is the first sweep"
    assert await swept.findings("status", "severity", "values", "thresholds", "version") == {
        f"a/{NOTICE}": ["OPEN", "MEDIUM", notice_values(120), NOTICE_THRESHOLDS, 1],
        f"b/{NOTICE}": ["OPEN", "MEDIUM", notice_values(120), NOTICE_THRESHOLDS, 1],
        f"s/{MANY}": ["OPEN", "MEDIUM", VALUES, '{"minChildren":2,"minUnrelated":0}', 1],
    }
    links = (
        "MATCH (f:Finding)-[r:HAS_SUBJECT|HAS_EVIDENCE]->(n) "
        "RETURN f.key, type(r), r.column, n.key ORDER BY f.key, type(r)"
    )
    assert await swept.store.read(links) == [
        [f"a/{NOTICE}", "HAS_EVIDENCE", "child", "a"],
        [f"a/{NOTICE}", "HAS_SUBJECT", None, "a"],
        [f"b/{NOTICE}", "HAS_EVIDENCE", "child", "b"],
        [f"b/{NOTICE}", "HAS_SUBJECT", None, "b"],
        [f"s/{MANY}", "HAS_EVIDENCE", "sponsor", "s"],
        [f"s/{MANY}", "HAS_SUBJECT", None, "s"],
    ]


@pytest.mark.parametrize("full", [False, True])
async def test_a_second_sweep_changes_nothing(swept: Swept, full: bool) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    before = await swept.changes(), await swept.findings("status", "values", "version", "since")

    report = await swept.sweep(full=full)

    assert (await swept.changes(), await swept.findings("status", "values", "version", "since")) == before
    assert all((one.opened, one.reopened, one.changed, one.resolved) == (0, 0, 0, 0) for one in report.swept)


async def test_what_is_found_no_more_is_resolved_and_comes_back_reopened(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    await swept.store.write(FILED)
    await swept.sweep(full=True)
    await swept.store.write(UNFILED)

    await swept.sweep(date(2024, 6, 1))

    assert await swept.changes() == [
        [f"a/{NOTICE}", "OPENED", None, "OPEN"],
        [f"a/{NOTICE}", "RESOLVED", "OPEN", "RESOLVED"],
        [f"a/{NOTICE}", "REOPENED", "RESOLVED", "REOPENED"],
        [f"b/{NOTICE}", "OPENED", None, "OPEN"],
        [f"b/{NOTICE}", "RESOLVED", "OPEN", "RESOLVED"],
        [f"b/{NOTICE}", "REOPENED", "RESOLVED", "REOPENED"],
        [f"s/{MANY}", "OPENED", None, "OPEN"],
    ]
    assert (await swept.findings("since"))[f"a/{NOTICE}"] == date(2024, 6, 1)


@pytest.mark.parametrize("equal", [False, True])
async def test_a_finding_has_the_severity_and_weight_of_its_row(empty: Store, equal: bool) -> None:
    """Raised and lowered again by what the row holds, also where both severities weigh the same."""
    weights = {Severity.HIGH: 5, Severity.MEDIUM: 5 if equal else 2, Severity.LOW: 1}
    swept = Swept(empty, MANY, thresholds=Thresholds(weights=weights))
    writer = new_writer(empty)
    await empty.write(TWO_RELEASES)
    await swept.sweep()
    assert await swept.findings("severity", "weight") == {f"s/{MANY}": ["MEDIUM", weights[Severity.MEDIUM]]}
    for relationship, severity in (("UNRELATED", Severity.HIGH), ("COUSIN", Severity.MEDIUM)):
        rows = [{"key": key, "releasedOn": date(2024, 2, 1), "relationship": relationship} for key in ("ap", "bp")]
        await writer.nodes("Placement", rows)

        report = await swept.sweep()

        assert [one.whole for one in report.swept] == [False]
        assert await swept.findings("severity", "weight") == {f"s/{MANY}": [severity.value, weights[severity]]}
        await swept.sweep(full=True)
        assert await swept.findings("severity", "weight") == {f"s/{MANY}": [severity.value, weights[severity]]}


async def test_a_first_sweep_raises_some_findings(empty: Store) -> None:
    await empty.write(TWO_RELEASES)
    await empty.write("MATCH (p:Placement) SET p.relationship = 'FAMILY_FRIEND'")
    swept = Swept(empty, MANY)
    await swept.sweep()
    assert await swept.findings("severity", "weight") == {f"s/{MANY}": ["HIGH", 9]}


async def test_days_that_pass_are_no_change(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    await swept.store.write(DISMISS)

    report = await swept.sweep(date(2024, 6, 1))

    assert report.reason == "the last sweep was for another day, 2024-05-31"
    assert (await swept.findings("status", "values"))[f"a/{NOTICE}"] == ["DISMISSED", notice_values(121)]
    assert len(await swept.changes()) == 3


async def test_other_values_change_a_finding_and_reopen_a_dismissed_one(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    await swept.store.write(THIRD)
    await swept.sweep(full=True)
    await swept.store.write(DISMISS)
    await swept.store.write("MATCH (c:Child {key: 'c'}) DETACH DELETE c")

    await swept.sweep(full=True)

    assert [change[1:] for change in await swept.changes() if change[0] == f"s/{MANY}"] == [
        ["OPENED", None, "OPEN"],
        ["CHANGED", "OPEN", "OPEN"],
        ["REOPENED", "DISMISSED", "REOPENED"],
    ]
    rows = await swept.store.read("MATCH (f:Finding {key: $key}) RETURN f.dismissedUntil", {"key": f"s/{MANY}"})
    assert rows == [[None]]


async def test_a_dismissal_runs_out(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    await swept.store.write(DISMISS)
    await swept.sweep(date(2024, 6, 10))
    assert set((await swept.findings("status")).values()) == {"DISMISSED"}

    await swept.sweep(date(2024, 6, 11))

    assert set((await swept.findings("status")).values()) == {"REOPENED"}


async def test_days_go_forward_up_to_today(swept: Swept) -> None:
    await swept.sweep()

    with pytest.raises(BadInput, match="the last sweep was for 2024-05-31; give that day or a later one"):
        await swept.sweep(date(2024, 5, 30))
    with pytest.raises(BadInput, match="cannot be after today"):
        await swept.sweep(date(9999, 1, 1))
    assert (await swept.sweep(DAY)).day == DAY


async def test_a_childs_weight_is_the_sum_of_its_findings(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    weights = "MATCH (c:Child) RETURN c.findingWeight ORDER BY c.key"
    assert await swept.store.read(weights) == [[3], [3]]

    await swept.store.write(FILED)
    await swept.sweep(full=True)

    assert await swept.store.read(weights) == [[None], [None]]


WEIGHTS = "MATCH (c:Child) RETURN c.findingWeight ORDER BY c.key"


async def test_a_child_who_has_turned_eighteen_weighs_nothing(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.store.write("MATCH (c:Child {key: 'a'}) SET c.dateOfBirth = date('2006-05-31')")
    await swept.store.write("MATCH (c:Child {key: 'b'}) SET c.dateOfBirth = date('2006-06-01')")
    await swept.sweep()
    assert await swept.store.read(WEIGHTS) == [[None], [3]]

    await swept.sweep(full=True)
    assert await swept.store.read(WEIGHTS) == [[None], [3]]

    await swept.sweep(DAY + timedelta(days=1))
    assert await swept.store.read(WEIGHTS) == [[None], [None]]
    assert set((await swept.findings("status")).values()) == {"OPEN"}


async def test_a_birth_date_that_was_corrected_weighs_the_child_anew(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.store.write("MATCH (c:Child) SET c.dateOfBirth = date('2000-01-01')")
    await swept.sweep()
    await swept.store.write("MATCH (c:Child {key: 'a'}) SET c.dateOfBirth = date('2010-01-01')")
    await append_alone(swept.store, Origin("somebody", "test"), Touched({"Child": {"a"}}))

    report = await swept.sweep()

    assert report.reason == ""
    assert await swept.store.read(WEIGHTS) == [[3], [None]]


async def test_a_reviewed_finding_of_one_who_is_grown_up_weighs_nothing(swept: Swept) -> None:
    await swept.store.write(TWO_RELEASES)
    await swept.sweep()
    born = date.today().replace(year=date.today().year - 18, day=1)
    await swept.store.write("MATCH (c:Child {key: 'a'}) SET c.dateOfBirth = $born", {"born": born})
    for key in ("a", "b"):
        for version, status in ((1, "DISMISSED"), (2, "REOPENED")):
            until = date(9999, 1, 1) if status == "DISMISSED" else None
            review = Review(f"{key}/{NOTICE}", version, status, reason="x", until=until)
            assert await review_finding(swept.store, review, actor="somebody") == ()
    assert await swept.store.read(WEIGHTS) == [[None], [3]]
