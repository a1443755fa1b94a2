"""Text in arguments: one text, whether a variable or a literal brings it; keys and pasted numbers as they are given."""

from __future__ import annotations

import json

import pytest

from tests.api.compiler.compiling import compile_text


def parameters(document: str, **variables: object) -> list[object]:
    program, coerced = compile_text(document, variables)
    return program.bind(coerced).parameters


@pytest.mark.parametrize(
    "filter_", [{"lastName": {"eq": "Mun\u0303oz\u200b"}}, {"or": [{"lastName": {"in": ["Mun\u0303oz"]}}]}]
)
def test_a_variable_and_a_default_of_one_are_cleaned(filter_: dict[str, object]) -> None:
    document = "query ($filter: ChildFilter) { children(filter: $filter) { totalCount } }"
    given = str(parameters(document, filter=filter_))
    assert "Muñoz" in given
    assert not {"\u0303", "\u200b"} & set(given)
    default = 'query ($name: String = "Mun\u0303oz") { children(filter: {lastName: {eq: $name}}) { totalCount } }'
    assert "Muñoz" in parameters(default)


def test_a_literal_is_cleaned_at_any_depth() -> None:
    document = (
        '{ children(filter: {not: {and: [{sponsors: {some: {lastName: {eq: "Mun\\u0303oz"}}}}]}}) { totalCount } }'
    )
    assert "Muñoz" in parameters(document)


def test_a_question_s_parameter_is_cleaned() -> None:
    document = 'query ($id: ID!) { child(id: $id) { addresses(filter: {city: {ne: "Leo\\u0301n"}}) { totalCount } } }'
    assert "León" in parameters(document, id="Q2hpbGQ6YzE")


def test_keys_are_left_as_they_are() -> None:
    key = "k\u200b\u0301"
    document = "query ($key: String!) { children(filter: {key: {eq: $key}}) { totalCount } }"
    assert key in parameters(document, key=key)
    nested = "query ($filter: ChildFilter) { children(filter: $filter) { totalCount } }"
    assert key in parameters(nested, filter={"key": {"eq": key}})
    assert key in parameters(f"{{ children(filter: {{key: {{eq: {json.dumps(key)}}}}}) {{ totalCount }} }}")
