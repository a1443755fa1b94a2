"""Every argument of every field at its edges, through the whole service: an answer or one sentence, never a fault."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, Actor
from api.access.tokens import issue_token
from api.compiler.ids import global_id
from api.serving.service import build_api, create_service
from graph.settings import Settings
from graph.store import Store
from tests.api.compiler.compiling import library, schema

REFUSALS = {"BAD_USER_INPUT", "COST_LIMIT_EXCEEDED", "NOT_FOUND"}
DAYS = ("0001-01-01", "9999-12-31", "2024-02-29", "2023-02-29", "", "x")
TEXTS = (
    "",
    " ",
    "\u200b",
    "\x00",
    "\\",
    "'",
    "\ud800",
    "e\u0301",
    "\U0001f600",
    "x" * 1_000,
    "a b " * 60,
    "x" * 14_000,
)
EDGES: dict[str, tuple[Any, ...]] = {
    "Int": (0, -1, 1, 2**31 - 1, -(2**31), 2**31, 2**63, 2**64, 1.5),
    "Float": (0.0, -0.0, 1e308, -1e308, 1e-320, 2**63),
    "Boolean": (True, False),
    "String": TEXTS,
    "ID": (*TEXTS, global_id("Child", "none"), global_id("Child", ""), global_id("Finding", "x" * 9_000), 2**63),
    "Date": DAYS,
    "DateTime": ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-23:59", "2024-02-29T12:00:00+14:00", "", "x"),
}
Definition = GraphQLArgument | GraphQLInputField


def edges(kind: Any, *, depth: int = 0) -> list[Any]:
    """Return values of a type at its edges, null among them."""
    kind = get_nullable_type(kind)
    if isinstance(kind, GraphQLList):
        items = edges(kind.of_type, depth=depth)
        return [None, [], *([item] for item in items), [items[1]] * 1_001, [items[1]] * 10_001]
    if isinstance(kind, GraphQLEnumType):
        return [None, next(iter(kind.values)), list(kind.values)[-1], "NOPE"]
    if isinstance(kind, GraphQLInputObjectType):
        return [None, {}, *objects(kind, depth=depth)] if depth < 2 else [None, {}]
    return [None, *EDGES[kind.name]]


def objects(kind: GraphQLInputObjectType, *, depth: int) -> Iterator[dict[str, Any]]:
    """Yield objects with one field at an edge each, and what else must be there."""
    required = {n: usual(f) for n, f in kind.fields.items() if is_required_input_field(f)}
    for name, field in kind.fields.items():
        for value in edges(field.type, depth=depth + 1):
            yield {**required, name: value}


def usual(definition: Definition) -> Any:
    """Return a value that is as good as any."""
    kind = get_nullable_type(definition.type)
    if isinstance(kind, GraphQLList):
        return []
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {n: usual(f) for n, f in kind.fields.items() if is_required_input_field(f)}
    return {"Int": 1, "Float": 1.0, "Boolean": True, "Date": "2024-05-31"}.get(kind.name, global_id("Finding", "none"))


def document(operation: str, name: str, field: GraphQLField, given: list[str]) -> str:
    """Return the document that asks a field with some of its arguments as variables."""
    arguments = {n: a for n, a in field.args.items() if n in given}
    declared = ", ".join(f"${n}: {a.type}" for n, a in arguments.items())
    passed = ", ".join(f"{n}: ${n}" for n in arguments)
    return f"{operation} ({declared}) {{ {name}({passed}) {selection(field)} }}"


def selection(field: GraphQLField) -> str:
    kind = get_named_type(field.type)
    if isinstance(kind, GraphQLObjectType) and "nodes" in kind.fields and "totalCount" in kind.fields:
        return "{ totalCount nodes { __typename } }"
    return "{ __typename }"


QUERIES = {n: f for n, f in schema().query_type.fields.items() if f.args}  # type: ignore[union-attr]
MUTATIONS = schema().mutation_type.fields  # type: ignore[union-attr]
SAME = {"first", "last", "after", "before", "orderBy", "filter", "id"}
"""Arguments of all connections and single nodes, which are tried on some of them."""
SOME = {"children", "placements", "findings", "findingChanges", "child"}
VALUES = ("Int", "Float", "String", "Date", "DateTime", "ID", "Boolean", "Sex", "Point", "SponsorCategory")


@pytest.fixture(scope="module")
async def client(settings: Settings, store: Store) -> AsyncIterator[httpx.AsyncClient]:
    token = issue_token(derived_key(secret_key(settings), TOKENS), Actor("a test", INVESTIGATOR), timedelta(hours=1))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_service(settings, store, build_api(list(library())))),
        base_url="http://sightline",
        headers={"authorization": f"Bearer {token}"},
        timeout=None,
    ) as client:
        yield client


@pytest.fixture(scope="module", autouse=True)
async def somebody(store: Store) -> None:
    """One child with what questions reckon with: days, a release, a hearing that was missed, a citation."""
    await store.write("MATCH (n) DETACH DELETE n")
    await store.write(
        "CREATE (c:Child {key: 'c', firstName: 'Ana', lastName: 'Cruz', dateOfBirth: date('2006-08-01')})"
        "-[:HAS_PLACEMENT]->(p:Placement {key: 'p', releasedOn: date('2024-01-31'), relationship: 'UNRELATED'})"
        "-[:WITH_SPONSOR]->(:Sponsor {key: 's'}), (p)-[:RELEASED_TO]->(:Address {key: 'a'})-[:IN_AREA]->"
        "(z:PostalArea {key: 'z', location: point({latitude: 26.0, longitude: -80.0})}), (p)-[:RELEASED_IN]->(z), "
        "(c)-[:RESPONDENT_IN]->(:CourtCase {key: 'cc', openedOn: date('2024-01-02')})"
        "-[:HAS_HEARING]->(:Hearing {key: 'h', outcome: 'MISSED', scheduledOn: date('2024-02-29')}), "
        "(e:Employer {key: 'e'})-[:IN_AREA]->(z), "
        "(e)-[:CITED_FOR]->(:LaborViolation {key: 'v', foundOn: date('2023-02-28'), minorsAffected: 1})"
    )


async def refused_or_answered(client: httpx.AsyncClient, text: str, variables: dict[str, Any]) -> None:
    """Ask by POST, and fail on anything but an answer or a refusal in words."""
    response = await client.post(
        "/graphql",
        content=json.dumps({"query": text, "variables": variables}),
        headers={"content-type": "application/json"},
    )
    found = response.json()
    codes = {error["extensions"]["code"] for error in found.get("errors", ())}
    shown = {name: str(value)[:60] for name, value in variables.items()}
    assert codes <= REFUSALS, (text, shown, found)
    assert response.status_code < 500
    assert all(1 < len(error["message"]) < 400 for error in found.get("errors", ())), found


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail when anything is logged as a fault."""
    with caplog.at_level(logging.ERROR):
        yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("name", sorted(n for n, f in QUERIES.items() if n in SOME or not f.args.keys() <= SAME))
async def test_each_argument_of_a_field_at_its_edges(client: httpx.AsyncClient, name: str) -> None:
    field = QUERIES[name]
    required = {n: usual(a) for n, a in field.args.items() if is_required_argument(a)}
    for argument, definition in field.args.items():
        if argument in SAME and name not in SOME:
            continue
        if isinstance(get_named_type(definition.type), GraphQLInputObjectType):
            continue  # below
        text = document("query", name, field, [*required, argument])
        for value in edges(definition.type):
            await refused_or_answered(client, text, {**required, argument: value})


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("kind", VALUES)
async def test_each_operand_at_its_edges(client: httpx.AsyncClient, kind: str) -> None:
    """A property of each type of value is filtered by each operator."""
    operands = schema().type_map[f"{kind}Filter"]
    assert isinstance(operands, GraphQLInputObjectType)
    label, name = next(
        (label, name)
        for label, one in schema().type_map.items()
        if isinstance(one, GraphQLInputObjectType) and label.endswith("Filter")
        for name, field in one.fields.items()
        if get_named_type(field.type) is operands and label != "StatisticsFilter" and not label.endswith("LinkFilter")
    )
    root = next(
        n for n, f in QUERIES.items() if "filter" in f.args and get_named_type(f.args["filter"].type).name == label
    )
    text = document("query", root, QUERIES[root], ["filter"])
    for operand in objects(operands, depth=0):
        for filtered in ({name: operand}, {"not": {name: operand}}, {"or": [{name: operand}] * 5}):
            await refused_or_answered(client, text, {"filter": filtered})


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("name", sorted(MUTATIONS))
async def test_each_input_of_a_mutation_at_its_edges(client: httpx.AsyncClient, store: Store, name: str) -> None:
    key = f"edge-{name}"
    await store.write(
        "MERGE (f:Finding {key: $key}) SET f.status = 'OPEN', f.version = 1, f.indicator = 'i'", {"key": key}
    )
    field = MUTATIONS[name]
    text = document("mutation", name, field, ["input"]).replace("{ __typename }", "{ errors { code message } }")
    kind = get_named_type(field.args["input"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    real = {"id": global_id("Finding", key), "version": 1}
    for given_ in objects(kind, depth=0):
        await refused_or_answered(client, text, {"input": given_})
        await refused_or_answered(client, text, {"input": {**given_, **real}})
    found = await store.read("MATCH (f:Finding {key: $key}) RETURN f.assignee, f.dismissedReason", {"key": key})
    [[assignee, reason]] = found
    assert all(text is None or str(text).strip() for text in (assignee, reason))


def one_of(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    """Choose one of values that are too long to be shown."""
    return st.sampled_from(range(len(values))).map(lambda place: values[place])


leaf = st.fixed_dictionaries(
    {},
    optional={
        "lastName": st.dictionaries(st.sampled_from(["eq", "lt", "contains", "startsWith"]), one_of(TEXTS)),
        "dateOfBirth": st.dictionaries(st.sampled_from(["eq", "gte", "isNull"]), st.sampled_from([*DAYS, True, None])),
        "id": st.dictionaries(st.sampled_from(["in", "notIn"]), st.lists(one_of(EDGES["ID"]), max_size=3)),
    },
)
filters = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"or": st.lists(inner, max_size=6)}),
        st.fixed_dictionaries({"and": st.lists(inner, max_size=6)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=8,
)


@pytest.mark.usefixtures("quiet")
@examples(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filtered=filters, first=st.sampled_from(EDGES["Int"]))
async def test_any_filter_of_values_at_their_edges(client: httpx.AsyncClient, filtered: Any, first: Any) -> None:
    text = document("query", "children", QUERIES["children"], ["filter", "first"])
    await refused_or_answered(client, text, {"filter": filtered, "first": first})


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("marks", ["x", "aGVsbG8gd29ybGQ=", "FB:kcwQ", "a:b", "=" * 10, "-", "FB:" + "A" * 200])
async def test_bookmarks_that_are_none_are_refused(client: httpx.AsyncClient, marks: str) -> None:
    response = await client.post(
        "/graphql", json={"query": "{ children { totalCount } }"}, headers={"x-sightline-bookmarks": marks}
    )
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["BAD_USER_INPUT"]


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("first", [2**31, 2**63, 2**64, -1, 1.5])
async def test_a_file_of_too_many_rows_is_refused(client: httpx.AsyncClient, first: float) -> None:
    response = await client.post("/export/sponsorsWithMultipleChildren.csv", json={"first": first})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")


@pytest.mark.usefixtures("quiet")
async def test_personal_data_in_an_address_is_refused_and_the_same_by_post_is_answered(
    client: httpx.AsyncClient,
) -> None:
    query = (
        "query A($n: String) { sponsors(filter: {lastName: {eq: $n}}) { totalCount } } "
        "query B { agencies { totalCount } }"
    )
    asked = {"query": query, "operationName": "A", "variables": '{"n": "Cruz"}'}
    refused = await client.get("/graphql", params=asked)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert "lastName.eq is personal data" in refused.json()["errors"][0]["message"]
    assert "Cruz" not in refused.text
    other = await client.get("/graphql", params={**asked, "operationName": "B"})
    assert other.json() == {"data": {"agencies": {"totalCount": 0}}}
    posted = await client.post("/graphql", json={**asked, "variables": {"n": "Cruz"}})
    assert posted.json() == {"data": {"sponsors": {"totalCount": 0}}}
