"""What reviewers write: statuses and assignments of findings, and what is refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from api.compiler.ids import global_id as id_
from graph.store import Store
from queries.library.values import today
from tests.api.compiler.asking import Asker

REVIEW = """
mutation ($input: ReviewFindingInput!) {
  reviewFinding(input: $input) {
    errors { code path message }
    finding { status version dismissedReason dismissedUntil changes { nodes { kind from to actor reason until } } }
  }
}
"""
BAD = "BAD_USER_INPUT"
FINDING = id_("Finding", "b/childrenWithoutNoticeToAppear")


async def review(ask: Asker, **given: Any) -> Any:
    data = await ask(REVIEW, input={"id": FINDING, "version": 1, **given})
    return data["reviewFinding"]


async def test_a_dismissal_is_noted_and_takes_its_weight_off(graph: Store, ask: Asker) -> None:
    until = (today() + timedelta(days=30)).isoformat()

    done = await review(ask, status="DISMISSED", reason="seen in person", until=until)

    assert done["errors"] == []
    assert done["finding"]["changes"]["nodes"][1] == {
        "kind": "REVIEWED",
        "from": "OPEN",
        "to": "DISMISSED",
        "actor": "tester",
        "reason": "seen in person",
        "until": until,
    }
    assert (done["finding"]["status"], done["finding"]["version"]) == ("DISMISSED", 2)
    rows = await ask("{ triage { child { key } } }")
    assert [row["child"]["key"] for row in rows["triage"]] == ["a", "c"]

    back = await review(ask, status="REOPENED", version=2)
    assert (back["finding"]["status"], back["finding"]["dismissedReason"]) == ("REOPENED", None)
    rows = await ask("{ triage { child { key } } }")
    assert [row["child"]["key"] for row in rows["triage"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"status": "DISMISSED", "until": "9999-01-01"}, [(BAD, "reason")]),
        ({"status": "DISMISSED", "until": "2020-01-01"}, [(BAD, "reason"), (BAD, "until")]),
        ({"status": "DISMISSED", "reason": "x"}, [(BAD, "until")]),
        ({"status": "CONFIRMED", "until": "9999-01-01"}, [(BAD, "until")]),
        ({"status": "RESOLVED"}, [(BAD, "status")]),
        ({"status": "CONFIRMED", "reason": "x" * 2001}, [(BAD, "reason")]),
        ({"status": "CONFIRMED", "id": id_("Finding", "nothing")}, [("NOT_FOUND", "id")]),
        ({"status": "CONFIRMED", "id": id_("Child", "a")}, [("NOT_FOUND", "id")]),
        ({"status": "CONFIRMED", "version": 7}, [("CONFLICT", "version")]),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    graph: Store, ask: Asker, given: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    done = await review(ask, **given)

    assert [(one["code"], one["path"][-1]) for one in done["errors"]] == errors
    assert await graph.read("MATCH (f:Finding) WHERE f.version <> 1 OR f.status <> 'OPEN' RETURN f.key") == []


async def test_of_two_reviewers_at_once_the_second_is_told(graph: Store, ask: Asker) -> None:
    both = await asyncio.gather(*(review(ask, status="CONFIRMED", reason=f"reviewer {i}") for i in range(8)))

    assert sorted(one["errors"][0]["code"] if one["errors"] else "" for one in both) == ["", *["CONFLICT"] * 7]
    assert await graph.read("MATCH (c:FindingChange {kind: 'REVIEWED'}) RETURN c.from, c.to") == [["OPEN", "CONFIRMED"]]
    assert {one["finding"]["status"] for one in both} == {"CONFIRMED"}


async def test_mutations_run_one_after_the_other(graph: Store, ask: Asker) -> None:
    data = await ask(
        """mutation ($id: ID!) {
          first: assignFinding(input: {id: $id, assignee: "Ana", version: 1}) {
            finding { assignee version } errors { code } }
          second: assignFinding(input: {id: $id, assignee: null, version: 2}) {
            errors { message } finding { assignee version } }
          third: assignFinding(input: {id: $id, assignee: "", version: 3}) { errors { path } } }""",
        id=FINDING,
    )

    assert data["first"] == {"finding": {"assignee": "Ana", "version": 2}, "errors": []}
    assert data["second"] == {"errors": [], "finding": {"assignee": None, "version": 3}}
    assert data["third"] == {"errors": [{"path": ["input", "assignee"]}]}
    changes = "MATCH (c:FindingChange {kind: 'ASSIGNED'}) RETURN c.from, c.to ORDER BY c.key"
    assert await graph.read(changes) == [[None, "Ana"], ["Ana", None]]


async def test_changes_since_an_instant_in_their_order(graph: Store, ask: Asker) -> None:
    before = await ask('{ findingChanges(since: "2020-01-01T00:00:00Z", first: 100) { totalCount nodes { at } } }')
    await review(ask, status="CONFIRMED")
    last = before["findingChanges"]["nodes"][-1]["at"]

    data = await ask(
        "query ($since: DateTime!) { findingChanges(since: $since) { nodes { kind finding { key } } } }", since=last
    )

    assert before["findingChanges"]["totalCount"] == 5
    ats = [one["at"] for one in before["findingChanges"]["nodes"]]
    assert ats == sorted(ats)
    assert data["findingChanges"]["nodes"][-1] == {
        "kind": "REVIEWED",
        "finding": {"key": "b/childrenWithoutNoticeToAppear"},
    }
