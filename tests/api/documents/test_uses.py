"""What an operation is given is counted and checked before anything is coerced, by the schema's own declarations."""

from __future__ import annotations

from typing import Any

import pytest

from api.documents import Documents
from api.documents.limits import Limits
from api.documents.uses import Load
from graph.errors import BadInput, CostLimitExceeded
from tests.api.compiler.compiling import schema


def load(text: str, /, name: str | None = None, **variables: Any) -> Load:
    documents = Documents(schema(), limits=Limits())
    document = documents.validate(documents.parse(text), name)
    return documents.uses(document, document.operation(name)).check(variables)


@pytest.mark.parametrize(
    "filtered",
    [
        "{lastName: {eq: $x}}",
        "{lastName: {in: $l}}",
        "{lastName: {contains: $x}}",
        "{not: {lastName: {startsWith: $x}}}",
        "{or: [{sex: {eq: MALE}}, {lastName: {ne: $x}}]}",
        "{placements: {some: {sponsor: {lastName: {eq: $x}}}}}",
        "{and: $m}",
        "{not: $f}",
    ],
)
def test_an_operand_whose_variable_is_not_given_is_refused_by_its_name(filtered: str) -> None:
    with pytest.raises(BadInput, match=r"takes the variable \$[xlmf], which is not given"):
        load(
            f"query ($x: String, $l: [String!], $f: ChildFilter, $m: [ChildFilter!]) "
            f"{{ children(filter: {filtered}) {{ totalCount @include(if: true) }} "
            f"a: children(filter: {{lastName: {{in: $l, eq: $x}}, not: $f, and: $m}}) {{ totalCount }} }}"
        )


@pytest.mark.parametrize(
    "given",
    [
        {"lastName": {}},
        {"id": {}},
        {"placements": {}},
        {"placements": {"count": {}}},
        {"placements": {"some": {"sponsor": {}}}},
        {"or": [{"sex": {"eq": "MALE"}}, {}]},
        {"and": [{}]},
        {"not": {}},
    ],
)
def test_an_empty_object_in_a_filter_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="empty object"):
        load("query ($f: ChildFilter) { children(filter: $f) { totalCount } }", f=given)
    with pytest.raises(BadInput, match="empty object"):
        load("{ children(filter: {sex: {}}) { totalCount } }")


def test_a_filter_that_is_not_given_is_none() -> None:
    text = "query ($f: ChildFilter) { children(filter: $f) { totalCount } }"
    assert load(text).conditions == load(text, f=None).conditions == load(text, f={}).conditions == 0


def test_a_variable_s_default_counts_as_given() -> None:
    text = 'query ($x: String = "A", $f: ChildFilter = {sex: {}}) { children(filter: %s) { totalCount } }'
    given = load(text % "{lastName: {eq: $x}, not: {lastName: {ne: $x}}, and: [$f]}", f={"sex": {"eq": "MALE"}})
    assert given.conditions == 3
    with pytest.raises(BadInput, match="sex is an empty object"):
        load(text % "{lastName: {eq: $x}, and: [$f]}")


def test_only_the_operation_that_runs_is_looked_at() -> None:
    text = (
        "query A($x: String) { children(filter: {lastName: {eq: $x}}) { totalCount } } "
        'query B { search(text: "Ana") { score } } '
        "query C { agencies { totalCount } } query D { " + "agencies { nodes { key } } " * 51 + "}"
    )
    assert load(text, "C").personal == ""
    assert load(text, "B").personal == "text"
    with pytest.raises(BadInput, match=r"\$x"):
        load(text, "A")
    with pytest.raises(CostLimitExceeded, match="51 root fields"):
        load(text, "D")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"or": [{"lastName": {"eq": "x"}, "firstName": {"ne": "y"}}] * 1_001}, "has 2,002 conditions"),
        ({"or": [{"lastName": {"contains": "x"}}] * 41}, "looks for a part of a text 41 times"),
        ({"or": [{"placements": {"some": {"sponsor": {"lastName": {"eq": "x"}}}}}] * 21}, "follows 42 links"),
        ({"lastName": {"in": ["x"] * 10_001}}, "has 10,001 values"),
        ({"or": [{"lastName": {"eq": "x"}}] * 60_000}, "more than 100,000 values"),
    ],
)
def test_filters_over_a_limit_are_refused_with_the_number_and_the_limit(given: dict[str, Any], said: str) -> None:
    with pytest.raises(CostLimitExceeded, match=said):
        load("query ($f: ChildFilter) { children(filter: $f) { totalCount } }", f=given)


def nested(names: str, inner: dict[str, Any]) -> dict[str, Any]:
    for name in reversed(names.split()):
        inner = {name: inner}
    return inner


@pytest.mark.parametrize(
    ("names", "chain"),
    [
        ("sponsors some children some sponsors some", 6),
        ("courtCases some hearings some recordings some parts some", 9),
        ("sponsors some children some sponsors some phones some", 7),
    ],
)
def test_links_one_after_the_other_are_counted_and_those_back_from_a_crowd_are_too_many(names: str, chain: int) -> None:
    text = "query ($f: ChildFilter) { children(filter: $f) { totalCount } }"
    given = nested(names, {"key": {"eq": "x"}})
    if chain <= Limits().chain:
        assert load(text, f=given).chain == chain
    else:
        with pytest.raises(CostLimitExceeded, match="links one after the other"):
            load(text, f=given)


def test_the_deepest_nesting_is_measured_without_recursion() -> None:
    given: dict[str, Any] = {"sex": {"eq": "MALE"}}
    for _ in range(5_000):
        given = {"not": given}
    with pytest.raises(CostLimitExceeded, match="nests its arguments 5,00"):
        load("query ($f: ChildFilter) { children(filter: $f) { totalCount } }", f=given)


def test_a_fragment_counts_as_often_as_it_is_spread() -> None:
    text = """
    query { a: agency(id: "x") { ...A } b: agency(id: "x") { ...B } }
    fragment A on Agency { ...B x: courtCases(filter: {key: {eq: "a"}}) { totalCount } }
    fragment B on Agency { y: courtCases(filter: {status: {isNull: true}, key: {eq: "k"}}) { totalCount } }
    """
    assert load(text).conditions == 1 + 2 + 2


def test_texts_have_a_length() -> None:
    text = "query ($x: String) { children(filter: {lastName: {contains: $x}}) { totalCount } }"
    assert load(text, x="x" * 1_000).searches == 1
    with pytest.raises(BadInput, match=r"lastName.contains has 1,001 characters; give at most 1,000"):
        load(text, x="x" * 1_001)
    with pytest.raises(BadInput, match=r"text has 10,001 characters"):
        load(f'{{ search(text: "{"x" * 10_001}") {{ score }} }}')


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ('{ children(filter: {aNumber: {eq: "1"}}) { totalCount } }', "aNumber.eq"),
        ('{ children(filter: {not: {or: [{dateOfBirth: {lt: "2010-01-01"}}]}}) { totalCount } }', "dateOfBirth.lt"),
        ('{ placements(filter: {address: {street: {startsWith: "1"}}}) { totalCount } }', "street.startsWith"),
        ('{ lookup(aNumbers: ["1"]) { unmatched } }', "aNumbers"),
        ("{ children(filter: {lastName: {isNull: true}, sex: {eq: MALE}}) { totalCount } }", ""),
        ('{ child(id: "x") { key } children(filter: {key: {in: ["x"]}, id: {eq: "y"}}) { totalCount } }', ""),
        (
            '{ statistics(of: CHILDREN, groupBy: [], filter: {children: {firstName: {eq: "A"}}}) { totalCount } }',
            "firstName.eq",
        ),
        ('{ child(id: "x") { sponsors(filter: {lastName: {in: ["A"]}}) { totalCount } } }', "lastName.in"),
        ('query ($f: PhoneFilter = {number: {eq: "1"}}) { phones(filter: $f) { totalCount } }', "number.eq"),
    ],
)
def test_personal_data_is_known_by_the_model_s_sensitivities(text: str, personal: str) -> None:
    assert load(text).personal.endswith(personal)
    assert bool(load(text).personal) == bool(personal)
