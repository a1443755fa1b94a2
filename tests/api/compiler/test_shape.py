"""A statement's text depends on the document and the shape of the variables, never on their values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.policy import Access
from api.compiler.context import CompileLimits
from graph.errors import BadInput, CostLimitExceeded, Forbidden
from graph.model import Sensitivity
from graph.text import clean
from tests.api.compiler.compiling import compile_text

FILTERED = """
query ($name: String!, $names: [String!]!, $from: Date, $first: Int, $filter: SponsorFilter) {
  children(
    first: $first
    filter: {
      lastName: {contains: $name}, firstName: {in: $names}, dateOfBirth: {gte: $from}, aNumber: {in: ["1", $name]}
    }
  ) { nodes { key sponsors(filter: $filter) { nodes { key } } } }
}
"""


@given(
    name=st.text(max_size=40),
    names=st.lists(st.text(max_size=10), max_size=50),
    first=st.integers(1, 100),
    last=st.text(max_size=10),
)
def test_values_and_lengths_do_not_change_the_text(name: str, names: list[str], first: int, last: str) -> None:
    base = {"name": "a", "names": [], "from": "2000-01-01", "first": 1, "filter": {"lastName": {"eq": "b"}}}
    wanted, _ = compile_text(FILTERED, base)
    varied = {"name": name, "names": names, "from": "2024-02-29", "first": first, "filter": {"lastName": {"eq": last}}}
    got, variables = compile_text(FILTERED, varied)
    assert got.statement == wanted.statement
    assert [clean(one) for one in names] in got.bind(variables).parameters


@given(st.text(min_size=3, max_size=60))
def test_no_text_of_a_client_is_in_a_statement(text: str) -> None:
    marked = f"\u2603{text}\u2603'`\\\"}})//"
    program, _ = compile_text(
        "query ($t: String!, $id: ID!) { search(text: $t) { score } child(id: $id) { key } "
        "children(filter: {lastName: {eq: $t, contains: $t}, id: {eq: $id}}) { nodes { key } } }",
        {"t": marked, "id": marked},
    )
    assert "\u2603" not in program.statement
    assert "$p[1]" in program.statement


def test_aliases_become_keys_of_the_response_alone() -> None:
    program, _ = compile_text('{ pwn__: child(id: "x") { x_1: firstName } }')
    assert "pwn" not in program.statement
    assert "x_1" not in program.statement


def test_bad_pages_are_told_when_bound() -> None:
    for given_page, words in (
        ({"first": 0}, "first is 0; give a number from 1 to 100."),
        ({"first": 101}, "first is 101; give a number from 1 to 100."),
        ({"last": -1}, "last is -1; give a number from 1 to 100."),
    ):
        program, variables = compile_text(
            "query ($first: Int, $last: Int) { children(first: $first, last: $last) { nodes { key } } }", given_page
        )
        with pytest.raises(BadInput, match=words):
            program.bind(variables)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ children(first: 1, last: 1) { totalCount } }", "either first or last"),
        ('{ children(after: "x") { totalCount } }', "not a cursor"),
        ("{ children(filter: {lastName: null}) { totalCount } }", "lastName is null"),
        ("{ children(filter: {lastName: {eq: null}}) { totalCount } }", r"lastName\.eq is null"),
        ("{ children(filter: {and: null}) { totalCount } }", "and is null"),
        ("{ children(filter: {placements: {some: null}}) { totalCount } }", r"placements\.some is null"),
        ("{ children(filter: {placements: {count: {eq: null}}}) { totalCount } }", r"placements\.count\.eq is null"),
        ("{ placements(filter: {sponsor: {isNull: null}}) { totalCount } }", "isNull"),
        ("{ children(orderBy: [{field: SEX}, {field: SEX}]) { totalCount } }", "twice"),
    ],
)
def test_bad_arguments_are_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        compile_text(text)


def test_pages_that_multiply_to_too_much_are_refused() -> None:
    inner = "children(first: 100) { nodes { placements(first: 100) { nodes { key } } } }"
    text = f"{{ sponsors(first: 100) {{ nodes {{ {inner} }} }} }}"
    program, variables = compile_text(text)
    with pytest.raises(CostLimitExceeded, match="1,010,100"):
        program.bind(variables)


def test_too_many_lists_are_refused() -> None:
    lists = " ".join(f"a{i}: placements {{ nodes {{ key }} }}" for i in range(50))
    with pytest.raises(CostLimitExceeded, match="more than 40 lists"):
        compile_text(f"{{ children {{ nodes {{ {lists} }} }} }}", bounds=CompileLimits())


def test_lists_that_stand_too_deep_in_one_another_are_refused() -> None:
    def chain(number: int) -> str:
        text = "key"
        for i in range(number):
            text = f"{'children' if i % 2 else 'sponsors'}(first: 1) {{ nodes {{ {text} }} }}"
        return f"{{ {text} }}"

    compile_text(chain(10))
    with pytest.raises(CostLimitExceeded, match="more than 10 lists in one another"):
        compile_text(chain(12))


@pytest.mark.parametrize(
    "text",
    [
        "{ children { nodes { lastName } } }",
        '{ children(filter: {lastName: {eq: "x"}}) { totalCount } }',
        "{ children(orderBy: [{field: LAST_NAME}]) { nodes { key } } }",
        "{ placements(filter: {child: {not: {lastName: {isNull: true}}}}) { totalCount } }",
    ],
)
def test_what_a_role_may_not_see_is_in_no_statement(text: str) -> None:
    access = Access(frozenset({Sensitivity.PUBLIC, Sensitivity.CASE}))
    with pytest.raises(Forbidden, match=r"Child\.lastName"):
        compile_text(text, access=access)
    compile_text("{ children { nodes { key sex } } }", access=access)
