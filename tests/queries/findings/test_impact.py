"""What a touched node can change, read from a body; and which bodies are asked whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queries.findings.impact import Reach, reach_of
from queries.findings.patterns import Unclear
from queries.findings.thresholds import node_keys
from queries.library.question import Column, Question
from tests.api.compiler.compiling import library

LIBRARY = library()


def of(body: str, *columns: Column, key: tuple[str, ...] = ("child",)) -> Reach:
    question = LIBRARY["childrenWithoutNoticeToAppear"]
    found = columns or (Column("child", "Child", ""),)
    return reach_of(replace(question, body=body, columns=found, key=key))


INDICATORS = [question for question in LIBRARY if node_keys(question)]


WHOLE = {
    "childrenWithSponsorsOfConcern": "it begins with the few reports of concern",
    "identityDocumentsSharedBySponsors": "documents are the same by the hash of their number",
    "laborConcernsNearCitedEmployers": "it begins with the few employers that were cited",
    "releasesAfterConcern": "it begins with the few reports of concern",
    "sponsorsUnderSeveralRecords": "records are of one person by the date of birth",
}
"""Indicators that are asked whole in every sweep, and why."""


@pytest.mark.parametrize("name", WHOLE)
def test_an_indicator_that_is_asked_whole(name: str) -> None:
    with pytest.raises(Unclear):
        reach_of(LIBRARY[name])


def test_nodes_that_are_joined_by_a_value_are_unclear() -> None:
    body = (
        "MATCH (child:Child) WITH child, COLLECT {{ MATCH (twin:Child)<-[:CONCERNS]-() WHERE twin.sex {} child.sex "
        "RETURN twin }} AS twins UNWIND twins + [child] AS one RETURN child"
    )
    with pytest.raises(Unclear, match="it joins twin and child by a value"):
        of(body.format("="))
    assert of(body.format("<")).ways


@pytest.mark.parametrize("question", [one for one in INDICATORS if one.name not in WHOLE], ids=lambda one: one.name)
def test_every_indicator_can_look_at_some_subjects_alone(question: Question) -> None:
    reach = reach_of(question)

    assert reach.column in question.key
    assert reach.label in reach.ways


def test_ways_follow_the_patterns_back_to_the_subject() -> None:
    reach = reach_of(LIBRARY["releasesDespiteNegativeHomeStudy"])

    assert {label: [chain for chain, _ in ways] for label, ways in reach.ways.items()} == {
        "Child": ["WITH n0 WHERE n0:Child"],
        "Placement": ["MATCH (n0)<-[:HAS_PLACEMENT]-(n1) WITH n1 WHERE n1:Child"],
        "HomeStudy": [
            "MATCH (n0)<-[:HAS_HOME_STUDY]-(n1) MATCH (n1)<-[:HAS_PLACEMENT]-(n2) WITH n2 WHERE n2:Child",
        ],
    }


def test_a_way_may_pass_a_label_twice() -> None:
    reach = of(
        "MATCH (child)-[:HAS_PLACEMENT]->(own)-[:WITH_SPONSOR]->()<-[:WITH_SPONSOR]-(other)<-[:HAS_PLACEMENT]-(another)"
        " RETURN child"
    )

    assert len(reach.ways["Child"]) == 2
    assert reach.body.endswith("RETURN child AS own_")


def test_a_link_among_nodes_of_one_label_may_be_followed_any_number_of_times() -> None:
    reach = of(
        "MATCH (child:Child)-[:HAS_CONTACT]->()-[:MADE_BY]->(office) "
        "WHERE EXISTS { (office)-[:PART_OF]->*(above {code: 'ICE'}) } RETURN child"
    )

    assert {chain for chain, _ in reach.ways["Agency"]} == {
        "MATCH (n0)<-[:MADE_BY]-(n1) MATCH (n1)<-[:HAS_CONTACT]-(n2) WITH n2 WHERE n2:Child",
        "MATCH (n0)<-[:PART_OF]-*(n1) MATCH (n1)<-[:MADE_BY]-(n2) MATCH (n2)<-[:HAS_CONTACT]-(n3) WITH n3 "
        "WHERE n3:Child",
    }


def test_a_relationship_that_may_be_passed_over() -> None:
    reach = of("MATCH (child:Child)-[:RESPONDENT_IN|HAD_OUTCOME]->()-[:HAS_HEARING]->{0,1}(h:Hearing) RETURN child")

    assert {chain for chain, _ in reach.ways["Hearing"]} == {
        "MATCH (n0)<-[:HAS_HEARING]-(n1) MATCH (n1)<-[:RESPONDENT_IN|HAD_OUTCOME]-(n2) WITH n2 WHERE n2:Child",
        "MATCH (n0)<-[:RESPONDENT_IN|HAD_OUTCOME]-(n1) WITH n1 WHERE n1:Child",
    }


def test_renamed_nodes_are_followed() -> None:
    reach = of(
        "MATCH (child:Child)-[:HAS_PLACEMENT]->(p) WITH child, head(collect(p)) AS latest"
        " MATCH (latest)-[:WITH_SPONSOR]->(sponsor) RETURN child"
    )

    assert set(reach.ways) == {"Child", "Placement", "Sponsor"}


def test_the_subject_is_the_first_key_that_the_body_begins_with() -> None:
    columns = (Column("child", "Child", ""), Column("placement", "Placement", ""))
    reach = of(
        "MATCH (placement:Placement) WITH DISTINCT placement MATCH (placement)<-[:HAS_PLACEMENT]-(child)"
        " RETURN child, placement",
        *columns,
        key=("child", "placement"),
    )

    assert (reach.column, reach.place, reach.label) == ("placement", 1, "Placement")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("MATCH (p:Placement) WITH p MATCH (p)<-[:HAS_PLACEMENT]-(child) RETURN child", "does not begin by matching"),
        ("OPTIONAL MATCH (child:Child) RETURN child", "does not begin by matching"),
        (
            "MATCH (s:Sponsor) WHERE COUNT { (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(child) } > 2 "
            "MATCH (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(child) RETURN child",
            "does not begin by matching",
        ),
        (
            "MATCH (child:Child) WITH collect(child) AS a UNWIND a AS child RETURN child",
            "goes on without its child",
        ),
        ("MATCH (child:Child) WITH child ORDER BY child.enteredOn LIMIT 3 RETURN child", "orders or limits rows"),
        ("MATCH (child:Child) RETURN child UNION MATCH (child:Child) RETURN child", "joins or chooses"),
        (
            "MATCH (child:Child) MATCH (a:Agency) WHERE a.code = 'X' RETURN child",
            "nothing leads from its a to",
        ),
        ("MATCH (child:Child)--(n) RETURN child", "relationships of any type"),
        ("MATCH (child:Child)-[:SIBLING_OF*1..3]-(n) RETURN child", "any number of times"),
        ("MATCH (child:Child)-[:HAS_PLACEMENT]->+(n) RETURN child", "any number of times"),
        ("MATCH (child:Child)-[:SIBLING_OF]-{1,3}(n) RETURN child", "any number of times"),
        ("MATCH (child:Child)-[:SIBLING_OF]-{0,1}(n) RETURN child", "may pass over a relationship"),
        ("MATCH (child:Child) ((a)-[:SIBLING_OF]-(b)){1,3} (n) RETURN child", "any number of times"),
        ("MATCH (child:Child) WITH child, head([child]) AS x RETURN x AS child", "does not return its child"),
    ],
)
def test_other_bodies_are_asked_whole(body: str, reason: str) -> None:
    with pytest.raises(Unclear, match=reason):
        of(body)
