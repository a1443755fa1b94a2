from __future__ import annotations

import ast
from pathlib import Path

import pytest

import api.compiler
from api.access.policy import EVERYTHING, Access, RowRule
from api.compiler.row_rules import Permissions
from api.compiler.scope import CompileLimits, Scope
from graph.cypher import Printer, Step, Variable
from graph.errors import Forbidden
from graph.model import MODEL, Sensitivity
from tests.api.compiler.compiling import compile_text
from tests.clerk import CLERK

GIRLS = Access(frozenset(Sensitivity), rows=frozenset({RowRule("Child", {"sex": {"eq": "FEMALE"}})}))
PATTERNS = frozenset({"Match", "Related", "ShortestPaths", "Degree"})
"""What makes patterns of nodes."""


def scope(access: Access = GIRLS) -> Scope:
    return Permissions.of(MODEL, access, {}).scope(MODEL)


def text(found: object) -> str:
    return " ".join(found.print(Printer()).split())  # type: ignore[attr-defined]


def test_a_pattern_of_a_ruled_label_has_the_rule() -> None:
    child = Variable("c")
    assert text(scope().match(child, "Child")) == "MATCH (c0:Child) WHERE (c0.sex = $p[1])"
    assert text(scope(EVERYTHING).match(child, "Child")) == "MATCH (c0:Child)"


def test_a_step_to_a_ruled_label_has_the_rule_without_naming_the_label() -> None:
    placement = Variable("p")
    step = Step("HAS_PLACEMENT", "<")
    assert text(scope().match(placement, steps=[step])) == "MATCH (p0)<-[:HAS_PLACEMENT]-(x1) WHERE (x1.sex = $p[1])"
    assert text(scope(EVERYTHING).match(placement, steps=[step])) == "MATCH (p0)<-[:HAS_PLACEMENT]-()"


def test_a_step_to_several_labels_has_the_rule_for_one_of_them() -> None:
    found = text(scope().match(Variable("a"), steps=[Step("RESIDES_AT", "<", Variable("n"))]))
    assert found == "MATCH (a0)<-[:RESIDES_AT]-(n1) WHERE (NOT (n1:Child) OR (n1.sex = $p[1]))"


def test_a_degree_counts_what_may_be_seen() -> None:
    address = Variable("a")
    assert text(scope(EVERYTHING).degree(address, ("RESIDES_AT",), "<")) == "COUNT { (a0)<-[:RESIDES_AT]-() }"
    assert "WHERE (NOT (other1:Child) OR (other1.sex = $p[1]))" in text(scope().degree(address, ("RESIDES_AT",), "<"))
    assert "-[:ABOUT|APPLIED_FOR|" in text(scope().degree(address))


def test_findings_are_refused_by_name_to_who_may_not_see_all_records() -> None:
    finding = Variable("f")
    with pytest.raises(Forbidden, match="findings are made from all of them"):
        scope().match(finding, "Finding")
    assert "Finding" not in scope().seen
    assert scope(EVERYTHING).seen == MODEL.labels
    assert "(NOT (f0:Finding) OR false)" in text(scope().visible(finding))


def test_findings_of_questions_that_may_not_be_asked_are_left_out() -> None:
    plain, _ = compile_text("{ findings { totalCount } }")
    assert "indicator" not in plain.statement
    nowhere = Access(frozenset(Sensitivity) - {Sensitivity.LOCATION})
    program, variables = compile_text("{ findings { totalCount } findingChanges { totalCount } }", access=nowhere)
    assert program.statement.count(".indicator IN $p[") == 2
    asked = next(value for value in program.bind(variables).parameters if isinstance(value, list))
    assert "missedHearingsNotTold" in asked
    assert "releaseAddressesUnusable" not in asked


def test_any_number_of_steps_through_ruled_nodes_is_refused() -> None:
    agencies = Access(frozenset(Sensitivity), rows=frozenset({RowRule("Agency", {"code": {"eq": "ORR"}})}))
    step = Step("PART_OF", ">", Variable("a"), quantifier="*")
    with pytest.raises(Forbidden, match="sees only some records of type Agency"):
        scope(agencies).match(Variable("n"), steps=[step])
    assert "->*" in text(scope().match(Variable("n"), steps=[step]))


def test_shortest_paths_under_rules_are_searched_for_among_nodes_found_before() -> None:
    document = '{ shortestPaths(from: "Q2hpbGQ6eA", to: "Q2hpbGQ6eQ") { length } }'
    plain, _ = compile_text(document)
    ruled, _ = compile_text(document, access=CLERK.access)
    assert "reduce(" not in plain.statement
    _, searching = " ".join(ruled.statement.split()).split(" = ALL SHORTEST ")
    step, _ = searching.split("){1,8}")
    assert "IN found" in step
    assert not {word for word in ("EXISTS", "COUNT", "COLLECT") if word in step}


def test_links_to_what_nobody_may_see_are_not_counted() -> None:
    assert text(scope().degree(Variable("c"), ("HAS_SUBJECT",), "<")) == "0"


def test_rules_cost_no_conditions_of_the_operation() -> None:
    made = scope()
    for _ in range(2 * CompileLimits().conditions):
        made.match(Variable("c"), "Child")
    made.count_condition()


def test_rules_that_are_not_compiled_are_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="rules of Child"):
        Scope(model=MODEL, access=GIRLS, bounds=CompileLimits())


@pytest.mark.parametrize(
    "document",
    [
        "{ children { totalCount nodes { key } } }",
        "{ placements { nodes { child { key } } } }",
        "{ placements(filter: {child: {sex: {eq: FEMALE}}}) { totalCount } }",
        "{ hearings { nodes { children { totalCount nodes { key } } } } }",
        "{ children { nodes { siblings { totalCount nodes { key } } currentPlacement { key } } } }",
        "{ addresses(filter: {children: {count: {gt: 1}}}, orderBy: [{field: CHILDREN_COUNT}]) { nodes { key } } }",
        "{ sponsors(filter: {children: {every: {sex: {eq: FEMALE}}}}) { totalCount nodes { key } } }",
        '{ node(id: "Q2hpbGQ6eA") { key } nodes(ids: ["Q2hpbGQ6eA"]) { key } child(id: "Q2hpbGQ6eA") { key } }',
    ],
)
def test_every_way_to_a_child_is_under_the_rule(document: str) -> None:
    """Each pattern that a child can stand in is followed by the rule's own pattern, which leads to the state."""
    program, _ = compile_text(document, access=CLERK.access)
    plain, _ = compile_text(document)
    assert ".state = $p[" in program.statement
    assert ".state" not in plain.statement


def test_patterns_of_nodes_are_made_in_the_scope_alone() -> None:
    """A pattern made elsewhere would forget which nodes the actor may see."""
    folder = Path(api.compiler.__file__).parent
    rooms = [folder, folder.parent / "fields"]
    found = [
        f"{path.name}:{node.lineno}"
        for room in rooms
        for path in sorted(room.glob("**/*.py"))
        if path.name != "scope.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PATTERNS
    ]
    assert found == []
