from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, execute_sync, get_introspection_query, parse, print_ast
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.documents import Document, Documents
from api.errors import BadVariables
from api.execution import Answer, Answerer
from api.introspection import Introspection
from api.limits import Limits
from api.policy import ASK, INVESTIGATOR, Actor
from graph.errors import CostLimitExceeded, Forbidden

Connect = Callable[..., httpx.AsyncClient]


class Recorder:
    """Passes on to another answerer, and keeps the operations it was asked."""

    def __init__(self, answerer: Answerer) -> None:
        self.asked: list[str] = []
        self._answerer = answerer

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        bookmarks: Sequence[str] = (),
    ) -> Answer:
        self.asked.append(print_ast(operation))
        return await self._answerer(document, operation, variables, actor, bookmarks)


class Asker:
    """Asks an `Introspection` by text."""

    def __init__(self, schema: GraphQLSchema, answerer: Answerer, limits: Limits) -> None:
        self.data = Recorder(answerer)
        self.actor = Actor("a test", INVESTIGATOR)
        self._documents = Documents(schema, limits=limits)
        self._introspection = Introspection(schema, self.data, limits=limits)

    async def __call__(self, text: str, variables: Mapping[str, object] | None = None) -> Answer:
        document = self._documents.validate(self._documents.parse(text))
        return await self._introspection(document, document.operation(None), variables or {}, self.actor)


@pytest.fixture
def ask(small_schema: GraphQLSchema, executing: Answerer) -> Asker:
    return Asker(small_schema, executing, Limits())


async def test_the_schema_is_told_without_asking_for_data(ask: Asker, small_schema: GraphQLSchema) -> None:
    text = get_introspection_query(schema_description=True)
    answer = await ask(text)
    assert answer.data == execute_sync(small_schema, parse(text)).data
    assert await ask(text) == answer
    assert ask.data.asked == []


@pytest.mark.parametrize(
    "text", ["{ __typename }", "mutation { a: __typename }", "{ ... { ...F } } fragment F on Query { __typename }"]
)
async def test_type_names_alone_need_no_data(ask: Asker, text: str) -> None:
    answer = await ask(text)
    assert set((answer.data or {}).values()) <= {"Query", "Mutation"}
    assert ask.data.asked == []


async def test_data_alone_is_passed_on_as_it_is(ask: Asker) -> None:
    answer = await ask("{ __typename greeting node(id: 1) { __typename } }")
    assert answer.data == {"__typename": "Query", "greeting": "hello", "node": {"__typename": "Child"}}
    assert len(ask.data.asked) == 1


async def test_both_are_merged_in_the_order_of_the_document(ask: Asker) -> None:
    text = """
        query Q($id: ID!, $name: String!, $no: Boolean!) {
          greeting
          type: __type(name: $name) { name }
          ...F
          __schema { queryType { name } }
          skipped: greeting @include(if: $no)
          __typename
        }
        fragment F on Query { child(id: $id) { ...G } again: __type(name: $name) { kind ...H } }
        fragment G on Child { id }
        fragment H on __Type { name @skip(if: $no) }
    """
    answer = await ask(text, {"id": "1", "name": "Child", "no": False})
    assert list((answer.data or {}).items()) == [
        ("greeting", "hello"),
        ("type", {"name": "Child"}),
        ("child", {"id": "1"}),
        ("again", {"kind": "OBJECT", "name": "Child"}),
        ("__schema", {"queryType": {"name": "Query"}}),
        ("__typename", "Query"),
    ]
    assert "__schema" not in ask.data.asked[0]
    assert "__type(" not in ask.data.asked[0]


async def test_errors_of_the_data_are_kept(ask: Asker) -> None:
    answer = await ask("{ fails __schema { queryType { name } } }")
    assert (answer.data or {}).keys() == {"fails", "__schema"}


async def test_data_that_is_null_stays_null(small_schema: GraphQLSchema) -> None:
    async def failing(*_: object) -> Answer:
        return Answer(None, [{"message": "No.", "extensions": {"code": "TIMEOUT"}}])

    answer = await Asker(small_schema, failing, Limits())("{ greeting __schema { queryType { name } } }")
    assert answer.data is None


@pytest.mark.parametrize("text", ["query ($id: ID!) { __typename }", "query ($id: ID!) { __type(name: $id) { name } }"])
async def test_bad_variables_are_refused(connect: Connect, text: str) -> None:
    response = await connect().post(
        "/graphql", json={"query": text.replace("$id: ID!", "$id: String!"), "variables": {"id": None}}
    )
    assert response.json()["errors"][0]["extensions"]["code"] in ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED")
    assert "data" not in response.json()


async def test_variables_of_introspection_are_held_to_their_types(ask: Asker) -> None:
    with pytest.raises(BadVariables):
        await ask("query ($name: String!) { __type(name: $name) { name } }", {"name": 7})


async def test_the_schema_is_shown_to_those_who_may_read_it(ask: Asker) -> None:
    ask.actor = Actor("a test", replace(INVESTIGATOR, actions=frozenset({ASK})))
    assert await ask("{ __typename }") == Answer({"__typename": "Query"})
    for text in ("{ __schema { queryType { name } } }", '{ greeting __type(name: "Query") { name } }'):
        with pytest.raises(Forbidden, match="read the schema"):
            await ask(text)


async def test_results_are_remembered_by_the_variables_in_use(
    small_schema: GraphQLSchema, executing: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed: list[Mapping[str, object]] = []
    run = execute_sync

    def recording(*arguments: Any, **options: Any) -> Any:
        executed.append(options["variable_values"])
        return run(*arguments, **options)

    monkeypatch.setattr("api.introspection.execute_sync", recording)
    ask = Asker(small_schema, executing, Limits())
    text = "query ($id: ID!, $name: String!) { child(id: $id) { id } __type(name: $name) { name } }"
    for id_ in ("1", "2"):
        for name in ("Child", "Query"):
            answer = await ask(text, {"id": id_, "name": name, "unknown": 1})
            assert (answer.data or {})["__type"] == {"name": name}
    assert executed == [{"name": "Child"}, {"name": "Query"}]


async def test_a_whole_schema_is_told_without_holding_up_others(
    small_schema: GraphQLSchema, executing: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    run = execute_sync

    def recording(*arguments: Any, **options: Any) -> Any:
        threads.append(threading.current_thread())
        return run(*arguments, **options)

    monkeypatch.setattr("api.introspection.execute_sync", recording)
    await Asker(small_schema, executing, Limits())("{ __schema { queryType { name } } }")
    assert threads != [threading.current_thread()]


async def test_an_introspection_that_yields_too_much_ends(small_schema: GraphQLSchema, executing: Answerer) -> None:
    ask = Asker(small_schema, executing, Limits(introspected_fields=50))
    await ask('{ __type(name: "Query") { name fields { name } } }')
    with pytest.raises(CostLimitExceeded, match="more than 50 fields"):
        await ask("{ __schema { types { name fields { name type { name fields { name } } } } } }")


FIELDS = (
    "greeting",
    "child(id: $id) { id }",
    "__typename",
    "__schema { queryType { name } }",
    '__type(name: "Child") { name }',
)
FLAGS = ("", "@skip(if: $yes)", "@include(if: $yes)", "@skip(if: $no)", "@include(if: $no)")


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Draw a document of aliased fields, inline fragments and spreads of up to three named fragments."""
    names = ["F0", "F1", "F2"]
    keys = iter(range(1_000))

    def selections(depth: int, later: list[str]) -> str:
        parts = []
        for _ in range(draw(st.integers(1, 4))):
            flag = draw(st.sampled_from(FLAGS))
            kind = draw(st.sampled_from(["field", "field", "inline", "spread"]))
            if kind == "inline" and depth:
                parts.append(f"... on Query {flag} {{ {selections(depth - 1, later)} }}")
            elif kind == "spread" and later:
                parts.append(f"...{draw(st.sampled_from(later))} {flag}")
            else:
                field = draw(st.sampled_from(FIELDS))
                name, _, rest = field.partition(" ") if "(" not in field else field.partition(") ")
                head = f"{name})" if "(" in field else name
                parts.append(f"k{next(keys)}: {head} {flag} {rest}")
        return " ".join(parts)

    fragments = [
        f"fragment {name} on Query {{ {selections(1, names[place + 1 :])} }}" for place, name in enumerate(names)
    ]
    used = "... @include(if: $no) { ...F0 ...F1 ...F2 child(id: $id) { id } a: __typename @skip(if: $yes) }"
    return f"query ($id: ID!, $yes: Boolean!, $no: Boolean!) {{ {selections(2, names)} {used} }} {' '.join(fragments)}"


@given(text=documents())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_mixture_equals_an_execution_of_the_whole(
    small_schema: GraphQLSchema, executing: Answerer, text: str
) -> None:
    variables = {"id": "1", "yes": True, "no": False}
    answer = await Asker(small_schema, executing, Limits(root_fields=1_000))(text, variables)
    root = {"greeting": "hello", "child": {"id": "1"}}
    wanted = execute_sync(small_schema, parse(text), root, variable_values=variables)
    assert wanted.errors is None
    assert list((answer.data or {}).items()) == list((wanted.data or {}).items())
