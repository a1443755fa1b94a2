from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLSchema

from tests.reference.answer import reference_answer
from tests.reference.small import SmallGraph


@pytest.fixture
def ask(graph: SmallGraph, schema: GraphQLSchema) -> Any:
    def answer(text: str, **variables: Any) -> Any:
        return reference_answer(graph, schema, text, variables)["data"]

    return answer


def test_nodes_by_id(graph: SmallGraph, ask: Any) -> None:
    ana, rosa = graph.labelled("Child")[0], graph.labelled("Sponsor")[0]
    text = """query ($ids: [ID!]!, $one: ID!) {
      nodes(ids: $ids) { __typename key ... on Child { lastName } ... on Sponsor { name: lastName } }
      child(id: $one) { id key } sponsor(id: $one) { key } node(id: "?") { key } }"""
    assert ask(text, ids=[rosa.id, "?", ana.id, ana.id], one=ana.id) == {
        "nodes": [
            {"__typename": "Sponsor", "key": "rosa", "name": "Paz"},
            None,
            {"__typename": "Child", "key": "ana", "lastName": "Núñez"},
            {"__typename": "Child", "key": "ana", "lastName": "Núñez"},
        ],
        "child": {"id": ana.id, "key": "ana"},
        "sponsor": None,
        "node": None,
    }


def test_values_as_the_api_shows_them(graph: SmallGraph, ask: Any) -> None:
    text = "{ placements(first: 1) { nodes { releasedOn sponsorCategory endedOn address { location { latitude } } } } }"
    assert ask(text)["placements"]["nodes"] == [
        {
            "releasedOn": "2024-01-05",
            "sponsorCategory": "CATEGORY_2A",
            "endedOn": None,
            "address": {"location": None},
        }
    ]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("", "ana luis mia nil"),
        ("orderBy: []", "ana luis mia nil"),
        ("orderBy: {field: KEY, direction: DESC}", "nil mia luis ana"),
        ("orderBy: {field: LAST_NAME}", "luis ana mia nil"),
        ("orderBy: {field: LAST_NAME, direction: DESC}", "mia ana luis nil"),
        ("orderBy: [{field: DATE_OF_BIRTH, direction: DESC}, {field: LAST_NAME, direction: DESC}]", "mia luis ana nil"),
        ("orderBy: [{field: DATE_OF_BIRTH, direction: DESC}]", "luis mia ana nil"),
        ("orderBy: {field: PLACEMENTS_COUNT, direction: DESC}", "ana luis mia nil"),
        ("orderBy: [{field: ADDRESSES_COUNT}, {field: KEY, direction: DESC}]", "nil mia luis ana"),
        ("orderBy: {field: SEX}", "ana luis mia nil"),
        ("filter: {lastName: {isNull: false}}, orderBy: {field: LAST_NAME}, last: 2", "ana mia"),
    ],
)
def test_orders(ask: Any, order: str, wanted: str) -> None:
    arguments = f"({order})" if order else ""
    got = ask(f"{{ children{arguments} {{ nodes {{ key }} }} }}")
    assert [node["key"] for node in got["children"]["nodes"]] == wanted.split()


def test_edges_carry_the_relationship(ask: Any) -> None:
    text = """{ children(first: 1) { nodes { addresses(filter: {city: {contains: "paso"}}, orderBy: {field: CITY}) {
      totalCount edges { since until reportedBy node { key } } nodes { key } } } } }"""
    assert ask(text)["children"]["nodes"][0]["addresses"] == {
        "totalCount": 2,
        "edges": [
            {"since": "2024-01-05", "until": None, "reportedBy": "ORR", "node": {"key": "home"}},
            {"since": "2024-02-01", "until": "2024-03-01", "reportedBy": "ERO", "node": {"key": "home"}},
        ],
        "nodes": [{"key": "home"}, {"key": "home"}],
    }


def test_fragments_aliases_and_directives(ask: Any) -> None:
    text = """query ($no: Boolean!, $yes: Boolean!) {
      children(first: 1) { ...Page nodes { lastName @skip(if: $yes) k: key } }
    }
    fragment Page on ChildConnection { nodes { ... on Node @include(if: $yes) { key } key @include(if: $no) } }"""
    assert ask(text, no=False, yes=True) == {"children": {"nodes": [{"key": "ana", "k": "ana"}]}}


def test_cursors_page_through_a_link(ask: Any) -> None:
    text = """query ($after: String) { children(first: 1) { nodes {
      addresses(first: 2, after: $after) { edges { cursor node { key } } pageInfo { endCursor hasNextPage } } } } }"""
    page = ask(text)["children"]["nodes"][0]["addresses"]
    assert [edge["node"]["key"] for edge in page["edges"]] == ["home", "home"]
    assert page["pageInfo"]["hasNextPage"] is True
    page = ask(text, after=page["pageInfo"]["endCursor"])["children"]["nodes"][0]["addresses"]
    assert [edge["node"]["key"] for edge in page["edges"]] == ["flat"]
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(
    "text",
    [
        "{ children(first: 0) { totalCount } }",
        "{ children(first: 1, last: 1) { totalCount } }",
        '{ children(after: "x") { totalCount } }',
        "{ children(filter: {not: null}) { totalCount } }",
        "{ children { totalCount } sponsors(filter: {lastName: {eq: null}}) { totalCount } }",
    ],
)
def test_bad_arguments_leave_no_data(graph: SmallGraph, schema: GraphQLSchema, text: str) -> None:
    answer = reference_answer(graph, schema, text, {})
    assert list(answer) == ["errors"]
    assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert answer["errors"][0]["path"] == ["sponsors" if "sponsors" in text else "children"]
