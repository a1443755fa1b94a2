from __future__ import annotations

from random import Random

import pytest

from api.access.policy import EVERYTHING, Access, Actor, RowRule
from api.compiler.row_rules import Permissions
from api.compiler.ruled_questions import permitted, ruled_statement
from graph.errors import Forbidden
from graph.model import MODEL
from graph.store import Store
from queries.asking.plans import check_plans
from queries.asking.run import run_question
from queries.library import load_library
from tests.api.compiler.asking import Asker
from tests.api.compiler.special import asking, outcome
from tests.clerk import CLERK, COLLEAGUE
from tests.queries.files import declared
from tests.reference import disguised, random_graph, settled, write_graph

SEED = 20_311
EACH = 12
"""One in so many questions goes to the database, which takes seconds to plan one under rules."""
LIBRARY = load_library()
ROWS = Permissions.of(MODEL, Access(EVERYTHING.sensitivities, rows=CLERK.access.rows), {}).scope(MODEL)
GIRLS = Permissions.of(
    MODEL, Access(EVERYTHING.sensitivities, rows=frozenset({RowRule("Child", {"sex": {"eq": "FEMALE"}})})), {}
).scope(MODEL)


def test_under_no_rule_a_question_is_itself() -> None:
    scope = Permissions.of(MODEL, EVERYTHING, {}).scope(MODEL)
    question = LIBRARY["sponsorsWithMultipleChildren"]
    assert permitted(scope, question) is question
    assert ruled_statement(scope, "MATCH (c:Child) RETURN c") == ("MATCH (c:Child) RETURN c", {})


def test_a_body_has_the_rule_with_its_values_as_parameters() -> None:
    question = permitted(GIRLS, LIBRARY["childrenPlacedAgain"])
    assert "MATCH (child:Child WHERE (child.sex = $rule1))" in question.body
    assert (question.parameters[-1].name, question.parameters[-1].default) == ("rule1", "FEMALE")
    assert ruled_statement(GIRLS, "MATCH (c:Child) RETURN c") == (
        "MATCH (c:Child WHERE (c.sex = $rule1)) RETURN c",
        {"rule1": "FEMALE"},
    )


def test_names_that_a_body_has_are_not_taken() -> None:
    text, values = ruled_statement(ROWS, "MATCH (p1:Child) WITH p1 AS rule1, p1 RETURN rule1, p1")
    assert "$rule2" in text
    assert values == {"rule2": "TX"}
    assert "(p1)-[:HAS_PLACEMENT]->(p2)" in " ".join(text.split())


def test_kept_counts_are_not_read() -> None:
    assert LIBRARY["sponsorsWithMultipleChildren"].kept
    assert not permitted(GIRLS, LIBRARY["sponsorsWithMultipleChildren"]).kept


def test_a_body_that_cannot_be_limited_is_refused_in_one_sentence() -> None:
    question = declared(body="MATCH (sponsor:Sponsor)-[*1..3]-(:Child) RETURN sponsor, 1 AS childCount\n")
    with pytest.raises(Forbidden) as refused:
        permitted(GIRLS, question)
    assert str(refused.value) == (
        "Your role sees only some records, and busySponsors cannot be limited to them: "
        "it follows relationships any number of times within square brackets."
    )


def test_every_question_of_the_library_can_be_put_under_rules() -> None:
    for question in LIBRARY:
        ruled = permitted(ROWS, question)
        assert (ruled.body == question.body) == ("$rule1" not in ruled.body), question.name


async def test_questions_plan_under_rules_that_read_further_than_a_node(store: Store) -> None:
    await check_plans([permitted(ROWS, question) for question in list(LIBRARY)[::EACH]], store)


async def test_answers_do_not_depend_on_what_is_hidden(store: Store) -> None:
    graph = settled(Random(SEED), random_graph(Random(SEED), size=6))
    ask = Asker(store, actor=Actor("a colleague", COLLEAGUE))
    told = []
    for version in (graph, disguised(Random(SEED), graph, COLLEAGUE.access)):
        await store.write("MATCH (n) DETACH DELETE n")
        await write_graph(store, version)
        asked = [*list(LIBRARY)[EACH // 2 :: EACH], LIBRARY["childTimeline"]]
        told.append({question.name: await outcome(ask, asking(question)) for question in asked})
    one, other = told
    assert [(name, answer, other[name]) for name, answer in one.items() if answer != other[name]] == []
    assert [(name, answer) for name, answer in one.items() if not answer.startswith(b"{")] == []
    assert [name for name, answer in one.items() if b'"totalCount":0' not in answer] != []


async def test_siblings_are_not_joined_through_somebody_hidden(empty: Store) -> None:
    """Two girls are siblings of two boys with the same sponsor, but not on record as siblings of each other."""
    await empty.write(
        """CREATE (s:Sponsor {key: 's'})
        FOREACH (n IN range(1, 4) |
          CREATE (s)<-[:WITH_SPONSOR]-(p:Placement {key: 'p' + n, releasedOn: date('2024-01-01')})
          CREATE (p)<-[:HAS_PLACEMENT]-(:Child {key: 'c' + n, sex: CASE WHEN n < 3 THEN 'FEMALE' ELSE 'MALE' END}))
        WITH s
        MATCH (one:Child), (two:Child)
        WHERE one.key < two.key AND 'MALE' IN [one.sex, two.sex]
        CREATE (one)-[:SIBLING_OF]->(two)"""
    )
    question = LIBRARY["sponsorsWithMultipleChildren"]
    [everybody] = (await run_question(empty, question, {})).rows
    [girls] = (await run_question(empty, permitted(GIRLS, question), {})).rows
    assert (everybody["childCount"], everybody["siblingGroups"]) == (4, 1)
    assert (girls["childCount"], girls["siblingGroups"]) == (2, 2)
