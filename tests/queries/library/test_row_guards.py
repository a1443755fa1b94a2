from __future__ import annotations

import pytest

from graph.model import MODEL
from queries.library import load_library
from queries.library.bound_names import rebinding
from queries.library.cypher_text import significant
from queries.library.node_patterns import Unclear, read_node_patterns
from queries.library.question import Question
from queries.library.row_guards import guard_rows


def guarded(body: str, *ruled: str) -> str:
    """Return a body in which `x~L` stands for the rule of a label for a variable."""
    return guard_rows(body, MODEL, ruled or ("Child",), lambda label, name: f"{name}~{label[0]}")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("MATCH (c:Child) RETURN c", "MATCH (c:Child WHERE c~C) RETURN c"),
        ("MATCH (:Child) RETURN 1", "MATCH (ruled1:Child WHERE ruled1~C) RETURN 1"),
        ("MATCH (c:Child {sex: 'MALE'}) RETURN c", "MATCH (c:Child {sex: 'MALE'} WHERE c~C) RETURN c"),
        (
            "MATCH (c:Child WHERE c.sex = 'MALE' OR true) RETURN c",
            "MATCH (c:Child WHERE c~C AND ( c.sex = 'MALE' OR true)) RETURN c",
        ),
        (
            "MATCH (p:Placement)<-[:HAS_PLACEMENT]-(c) RETURN c",
            "MATCH (p:Placement)<-[:HAS_PLACEMENT]-(c WHERE c~C) RETURN c",
        ),
        (
            "MATCH (s:Sponsor) WHERE COUNT { (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-() } > 1 RETURN s",
            "MATCH (s:Sponsor) WHERE COUNT { (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(ruled1 WHERE ruled1~C) } > 1 "
            "RETURN s",
        ),
        (
            "MATCH (a:Address)<-[:RESIDES_AT]-(x) RETURN x",
            "MATCH (a:Address)<-[:RESIDES_AT]-(x WHERE (NOT x:Child OR x~C)) RETURN x",
        ),
        ("MATCH (a:Agency)--(x) RETURN x", "MATCH (a:Agency)--(x WHERE (NOT x:Child OR x~C)) RETURN x"),
        (
            "MATCH (c:Child) MATCH (c)-[:SIBLING_OF]-+(x:Child) RETURN x",
            "MATCH (c:Child WHERE c~C) MATCH (c)"
            "((ruled1 WHERE ruled1~C)-[:SIBLING_OF]-(ruled2 WHERE ruled2~C))+(x:Child WHERE x~C) RETURN x",
        ),
        (
            "MATCH (h:Hearing)<-[:HAS_HEARING|HAD_OUTCOME]-()<-[:RESPONDENT_IN]-{0,1}(c:Child) RETURN c",
            "MATCH (h:Hearing)<-[:HAS_HEARING|HAD_OUTCOME]-(ruled1 WHERE (NOT ruled1:Child OR ruled1~C))"
            "<-[:RESPONDENT_IN]-{0,1}(c:Child WHERE c~C) RETURN c",
        ),
        (
            "RETURN [(c:Child)-[:HAS_PHONE]->() | c.key] AS keys",
            "RETURN [(c:Child WHERE c~C)-[:HAS_PHONE]->() | c.key] AS keys",
        ),
        ("MATCH (s:Sponsor), (c:Child) RETURN s, c", "MATCH (s:Sponsor), (c:Child WHERE c~C) RETURN s, c"),
        ("MATCH (c) RETURN c", "MATCH (c WHERE (NOT c:Child OR c~C)) RETURN c"),
        (
            "MATCH (n:Sponsor) WHERE n:Child OR (n:Child) RETURN n",
            "MATCH (n:Sponsor) WHERE n:Child OR (n:Child) RETURN n",
        ),
        ("MATCH (ruled1:Sponsor)--(:Child) RETURN 1", "MATCH (ruled1:Sponsor)--(ruled2:Child WHERE ruled2~C) RETURN 1"),
        (
            "MATCH (`a b`:Child) // (c:Child)\nRETURN '(c:Child)'",
            "MATCH (`a b`:Child WHERE `a b`~C) // (c:Child)\nRETURN '(c:Child)'",
        ),
    ],
)
def test_every_pattern_of_a_ruled_label_has_the_rule(body: str, wanted: str) -> None:
    assert guarded(body) == wanted


def test_several_rules_hold_together() -> None:
    assert guarded("MATCH (p:Placement)<-[:HAS_PLACEMENT]-(c) RETURN c", "Child", "Placement") == (
        "MATCH (p:Placement WHERE p~P)<-[:HAS_PLACEMENT]-(c WHERE c~C) RETURN c"
    )


def test_a_body_without_ruled_labels_stays_as_it_is() -> None:
    body = "MATCH (s:Sponsor)-[:HAS_PHONE]->(p) RETURN s, p"
    assert guarded(body) == body
    assert guard_rows("MATCH (c:Child) RETURN c", MODEL, (), lambda *_: "false") == "MATCH (c:Child) RETURN c"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("MATCH (c:Child)-[:SIBLING_OF*1..3]-(x) RETURN x", "within square brackets"),
        ("MATCH (s:Sponsor) WHERE NOT (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-() RETURN s", "use EXISTS"),
        ("CALL db.index.fulltext.queryNodes('search', 'x') YIELD node RETURN node", "searches an index"),
        ("MATCH (s:Sponsor)--(:Child) WITH * RETURN s", "name the variables"),
        ("MATCH (s:Sponsor)--(:Child) WITH DISTINCT * RETURN s", "name the variables"),
    ],
)
def test_what_cannot_be_put_under_rules_is_refused(body: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        guarded(body)


@pytest.mark.parametrize("question", list(load_library()), ids=lambda question: question.name)
def test_every_question_of_the_library_can_be_put_under_rules(question: Question) -> None:
    """No pattern is left that could hold a node of any label without its rule."""
    for one in question.bodies:
        tokens = significant(guarded(one.body, *MODEL.labels))
        nodes = read_node_patterns(tokens, MODEL).nodes
        bound = rebinding(tokens, nodes)
        for node in nodes:
            if node.start in bound:
                continue
            inside = tokens[node.start : node.end]
            assert any(token.is_symbol("~") for token in inside), " ".join(token.text for token in inside)
