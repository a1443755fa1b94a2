from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest
from graphql import GraphQLSchema, execute_sync, get_introspection_query, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.access.policy import ASK, INVESTIGATOR, Actor
from api.compiler.awaited import Services
from api.compiler.context import CompileLimits, Context, FieldTable
from api.compiler.cursors import CursorBox
from api.compiler.operation import Selection
from api.compiler.projection import Projection
from api.compiler.row_rules import permissions_of
from api.compiler.shapes import Made
from api.documents import Documents
from api.documents.limits import Limits
from api.errors import BadVariables
from api.execution import Answer
from api.execution.executor import Executor
from api.fields.introspection import NAMES, Introspection, introspection_part
from api.telemetry import Telemetry
from graph.cypher import NULL, Literal
from graph.errors import CostLimitExceeded, Forbidden
from graph.model import MODEL
from graph.store import Store
from tests.api.compiler.asking import Asker as GraphAsker


def child_part(ctx: Context, selection: Selection) -> Projection:
    keys = [field.key for field in ctx.operation.fields(selection, "Child")]
    return Projection(NULL, Made(lambda value, bound: dict.fromkeys(keys, "1")))


class NoStore:
    """A store that nothing may be read from."""

    async def read_value(self, *arguments: object, **options: object) -> object:
        raise AssertionError("the graph was asked")


class Asker:
    """Asks a small schema, whose data are constants, by text."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self.actor = Actor("a test", INVESTIGATOR)
        self._documents = Documents(schema, limits=limits)
        shown = dict.fromkeys(NAMES, introspection_part)
        self._answerer = Executor(
            schema=schema,
            model=MODEL,
            fields=FieldTable(
                {"greeting": lambda *_: Projection(Literal("hello")), "child": child_part, **shown}, {}, {}
            ),
            store=cast(Store, NoStore()),
            services=Services(Introspection(schema, most_fields=limits.introspected_fields)),
            cursors=CursorBox(bytes(32)),
            bounds=CompileLimits(),
            telemetry=Telemetry(),
            permissions=permissions_of(MODEL, {}),
        )

    async def __call__(self, text: str, variables: Mapping[str, object] | None = None) -> Answer:
        document = self._documents.validate(self._documents.parse(text))
        return await self._answerer(document, document.operation(None), variables or {}, self.actor)


@pytest.fixture
def ask_schema(small_schema: GraphQLSchema) -> Asker:
    return Asker(small_schema, Limits())


async def test_the_schema_is_told(ask_schema: Asker, small_schema: GraphQLSchema) -> None:
    text = get_introspection_query(schema_description=True)
    answer = await ask_schema(text)
    assert answer.data == execute_sync(small_schema, parse(text)).data
    assert await ask_schema(text) == answer


@pytest.mark.parametrize(
    "text", ["{ __typename }", "mutation { a: __typename }", "{ ... { ...F } } fragment F on Query { __typename }"]
)
async def test_type_names_alone_need_no_data(ask_schema: Asker, text: str) -> None:
    answer = await ask_schema(text)
    assert set((answer.data or {}).values()) <= {"Query", "Mutation"}


async def test_an_operation_of_nothing_needs_no_data(ask_schema: Asker) -> None:
    assert await ask_schema("{ greeting @skip(if: true) }") == Answer({})


async def test_both_are_told_in_the_order_of_the_document(ask_schema: Asker) -> None:
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
    answer = await ask_schema(text, {"id": "1", "name": "Child", "no": False})
    assert list((answer.data or {}).items()) == [
        ("greeting", "hello"),
        ("type", {"name": "Child"}),
        ("child", {"id": "1"}),
        ("again", {"kind": "OBJECT", "name": "Child"}),
        ("__schema", {"queryType": {"name": "Query"}}),
        ("__typename", "Query"),
    ]


async def test_the_graph_and_the_schema_are_asked_in_one_operation(empty: Store, ask: GraphAsker) -> None:
    await empty.write("CREATE (:Child {key: 'c'})")
    text = "{ children { totalCount } __schema { queryType { name } } rings { totalCount } again: __typename }"
    assert list((await ask(text)).items()) == [
        ("children", {"totalCount": 1}),
        ("__schema", {"queryType": {"name": "Query"}}),
        ("rings", {"totalCount": 0}),
        ("again", "Query"),
    ]


@pytest.mark.parametrize("field", ["__typename @skip(if: $no)", '__type(name: "Query") { name @include(if: $no) }'])
async def test_bad_variables_are_refused(ask_schema: Asker, field: str) -> None:
    with pytest.raises(BadVariables):
        await ask_schema(f"query ($no: Boolean!) {{ {field} }}", {"no": None})


async def test_variables_of_introspection_are_held_to_their_types(ask_schema: Asker) -> None:
    with pytest.raises(BadVariables):
        await ask_schema("query ($name: String!) { __type(name: $name) { name } }", {"name": 7})


async def test_the_schema_is_shown_to_those_who_may_read_it(ask_schema: Asker) -> None:
    ask_schema.actor = Actor("a test", replace(INVESTIGATOR, actions=frozenset({ASK})))
    assert await ask_schema("{ __typename }") == Answer({"__typename": "Query"})
    for text in ("{ __schema { queryType { name } } }", '{ greeting __type(name: "Query") { name } }'):
        with pytest.raises(Forbidden, match="read the schema"):
            await ask_schema(text)


async def test_results_are_remembered_by_the_variables_in_use(
    small_schema: GraphQLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed: list[Mapping[str, object]] = []
    run = execute_sync

    def recording(*arguments: Any, **options: Any) -> Any:
        executed.append(options["variable_values"])
        return run(*arguments, **options)

    monkeypatch.setattr("api.fields.introspection.execute_sync", recording)
    ask_schema = Asker(small_schema, Limits())
    text = "query ($id: ID!, $name: String!) { child(id: $id) { id } __type(name: $name) { name } }"
    for id_ in ("1", "2"):
        for name in ("Child", "Query"):
            answer = await ask_schema(text, {"id": id_, "name": name, "unknown": 1})
            assert (answer.data or {})["__type"] == {"name": name}
    assert executed == [{"name": "Child"}, {"name": "Query"}]


async def test_a_whole_schema_is_told_without_holding_up_others(
    small_schema: GraphQLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    run = execute_sync

    def recording(*arguments: Any, **options: Any) -> Any:
        threads.append(threading.current_thread())
        return run(*arguments, **options)

    monkeypatch.setattr("api.fields.introspection.execute_sync", recording)
    await Asker(small_schema, Limits())("{ __schema { queryType { name } } }")
    assert threads != [threading.current_thread()]


async def test_an_introspection_that_yields_too_much_ends(small_schema: GraphQLSchema) -> None:
    ask_schema = Asker(small_schema, Limits(introspected_fields=50))
    await ask_schema('{ __type(name: "Query") { name fields { name } } }')
    with pytest.raises(CostLimitExceeded, match="more than 50 fields"):
        await ask_schema("{ __schema { types { name fields { name type { name fields { name } } } } } }")


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
async def test_any_mixture_equals_an_execution_of_the_whole(small_schema: GraphQLSchema, text: str) -> None:
    variables = {"id": "1", "yes": True, "no": False}
    answer = await Asker(small_schema, Limits(root_fields=1_000))(text, variables)
    root = {"greeting": "hello", "child": {"id": "1"}}
    wanted = execute_sync(small_schema, parse(text), root, variable_values=variables)
    assert wanted.errors is None
    assert list((answer.data or {}).items()) == list((wanted.data or {}).items())
