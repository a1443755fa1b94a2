from __future__ import annotations

import pytest

from graph.cypher import (
    Literal,
    Match,
    Parameter,
    Printer,
    PropertyOf,
    Step,
    Variable,
    all_of,
    any_of,
    infix,
    returning,
)


def test_values_travel_in_one_list_and_a_value_keeps_its_place() -> None:
    first, second = object(), object()
    out = Printer()

    assert [Parameter(slot).print(out) for slot in (first, second, first)] == ["$p[1]", "$p[2]", "$p[1]"]
    assert out.sources == (first, second)


def test_variables_with_the_same_hint_have_names_of_their_own() -> None:
    child, other, fixed = Variable("c"), Variable("c"), Variable("row", fixed=True)
    out = Printer()

    assert [v.print(out) for v in (child, other, child, fixed)] == ["c0", "c1", "c0", "row"]


@pytest.mark.parametrize("text", ["it's", "back\\slash"])
def test_text_with_quotes_is_no_literal(text: str) -> None:
    with pytest.raises(ValueError, match="without quotes"):
        Literal(text).print(Printer())


def test_a_statement_is_printed_from_its_tree() -> None:
    child, placement = Variable("c"), Variable("p")
    match = Match(child, "Child", steps=(Step("HAS_PLACEMENT", ">", placement, "Placement"),))
    out = Printer()
    text = "\n".join(clause.print(out) for clause in (match, returning(PropertyOf(child, "key"))))

    assert text == "MATCH (c0:Child)-[:HAS_PLACEMENT]->(p1:Placement)\nRETURN c0.key"


def test_conditions_are_bracketed_and_one_alone_is_not() -> None:
    one, two = infix("=", Literal(1), Literal(2)), infix("=", Literal(3), Literal(4))

    assert all_of([one]).print(Printer()) == "(1 = 2)"
    assert any_of([all_of([one, two]), one]).print(Printer()) == "(((1 = 2) AND (3 = 4)) OR (1 = 2))"
