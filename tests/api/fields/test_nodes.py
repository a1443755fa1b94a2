"""Root fields of labels: findings, with their subjects and evidence."""

from __future__ import annotations

from api.compiler.ids import global_id as id_
from graph.store import Store
from tests.api.compiler.asking import Asker


async def test_a_finding_shows_its_subject_and_evidence(graph: Store, ask: Asker) -> None:
    data = await ask(
        """{ findings(filter: {severity: {eq: HIGH}}, orderBy: [{field: INDICATOR}]) { totalCount nodes {
          indicator status values thresholds since
          subject { __typename id key ... on Child { firstName findings { totalCount } } ... on Sponsor { lastName } }
          evidence { column node { key ... on Hearing { outcome } } } } } }"""
    )

    found = data["findings"]["nodes"]
    assert [one["subject"] for one in found] == [
        {
            "__typename": "Child",
            "id": id_("Child", "a"),
            "key": "a",
            "firstName": "A",
            "findings": {"totalCount": 2},
        },
        {"__typename": "Sponsor", "id": id_("Sponsor", "s"), "key": "s", "lastName": "Example"},
    ]
    assert found[0]["evidence"] == [
        {"column": "child", "node": {"key": "a"}},
        {"column": "hearing", "node": {"key": "h", "outcome": "MISSED"}},
    ]
    assert (found[0]["values"], found[0]["thresholds"]) == (
        '{"daysSinceHearing":121}',
        '{"minDays":30,"includeGrownUp":false}',
    )
    assert (found[0]["status"], found[0]["since"]) == ("OPEN", "2024-05-31")
