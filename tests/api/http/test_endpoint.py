from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

import httpx
import pytest
from graphql import OperationDefinitionNode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.access.policy import INVESTIGATOR, Actor
from api.documents import Document
from api.execution import Answer

Connect = Callable[..., httpx.AsyncClient]
JSON = {"content-type": "application/json", "accept": "application/graphql-response+json"}


def fragments(count: int, body: str, on: str = "Query") -> str:
    """Return a chain of fragments, each made of the one that follows."""
    return " ".join(f"fragment F{n} on {on} {{ {body.format(n + 1)} }}" for n in range(count))


HOSTILE = {
    "deep nesting": "{ child(id: 1) " + "{ siblings " * 5_000 + "}" * 5_000,
    "deep nesting that parses": "{ child(id: 1) " + "{ siblings " * 180 + "{ id }" + "}" * 181,
    "unclosed": "{ child" * 10_000,
    "aliases": "{ " + " ".join(f"a{n}: greeting" for n in range(10_000)) + " }",
    "aliases within the tokens": "{ " + " ".join(f"a{n}: greeting" for n in range(1_300)) + " }",
    "repeated fields": "{ " + "greeting " * 3_900 + "}",
    "repeated objects": "{ " + "child(id: 1) { id } " * 440 + "}",
    "repeated nested objects": "{ " + "child(id: 1) { siblings { siblings { id firstName } } } " * 49 + "}",
    "repeated leaves": "{ child(id: 1) { " + "id " * 1_900 + "} }",
    "conflicts": "{ " + " ".join(f"a: child(id: {n}) {{ id }}" for n in range(360)) + " }",
    "conflicts below the limits": "{ " + " ".join(f"a: child(id: {n}) {{ id }}" for n in range(50)) + " }",
    "fragment bomb": "{ ...F0 } " + fragments(300, "...F{0} ...F{0}") + " fragment F300 on Query { greeting }",
    "nested fragment bomb": "{ child(id: 1) { ...F0 } } "
    + fragments(150, "a: siblings {{ ...F{0} }} b: siblings {{ ...F{0} }}", "Child")
    + " fragment F150 on Child { id }",
    "wide fragment bomb": "{ ...F0 } " + fragments(40, "...F{0} " * 45) + " fragment F40 on Query { greeting }",
    "fragment chain": "{ ...F0 } " + fragments(450, "...F{0}") + " fragment F450 on Query { greeting }",
    "fragment cycle": "{ ...F0 } " + fragments(450, "...F{0}") + " fragment F450 on Query { ...F0 }",
    "self cycle": "{ ...F0 } fragment F0 on Query { ...F0 }",
    "every fragment in every other": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ {' '.join(f'...F{m}' for m in range(40))} }}" for n in range(40)),
    "unknown fragments": "{ " + " ".join(f"...F{n}" for n in range(1_900)) + " }",
    "unknown fields": "{ " + " ".join(f"greetin{n}" for n in range(49)) + " }",
    "unknown long field": "{ " + "g" * 90_000 + " }",
    "unused fragments": "{ greeting } " + fragments(450, "...F{0}") + " fragment F450 on Query { greeting }",
    "operations": " ".join(f"query Q{n} {{ ...F0 }}" for n in range(150))
    + fragments(150, "...F{0}")
    + " fragment F150 on Query { greeting }",
    "operations with variables": " ".join(f"query Q{n}($a: ID!) {{ ...F0 }}" for n in range(120))
    + " ".join(f"fragment F{n} on Query {{ a{n}: child(id: $a) {{ id }} ...F{n + 1} }}" for n in range(120))
    + " fragment F120 on Query { greeting }",
    "variables": "query Q("
    + " ".join(f"$v{n}: ID!" for n in range(400))
    + ") { "
    + " ".join(f"a{n}: child(id: $v{n}) {{ id }}" for n in range(45))
    + " }",
    "directives": "{ greeting " + "@include(if: true) " * 560 + "}",
    "unknown directives": "{ greeting " + "@a " * 1_900 + "}",
    "inline fragments": "{ " + "... { greeting } " * 900 + "}",
    "deep filter": "{ children(filter: " + "{ not: " * 190 + "{ name: 1 }" + "}" * 190 + ") { id } }",
    "deeper filter": "{ children(filter: " + "{ not: " * 1_900 + "{}" + "}" * 1_900 + ") { id } }",
    "wide filter": "{ children(filter: { and: [" + "{ nam: 1 } " * 650 + "] }) { id } }",
    "deep list": "{ children(first: " + "[" * 1_900 + "]" * 1_900 + ") { id } }",
    "deep type": "query ($a: " + "[" * 1_900 + "Int" + "]" * 1_900 + ") { greeting }",
    "introspection": "{ " + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(200)) + " }",
    "deep introspection": "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    "wide introspection": "{ "
    + " ".join(f"a{n}: __schema {{ types {{ fields {{ type {{ fields {{ name }} }} }} }} }}" for n in range(49))
    + " }",
    "spaces": " " * 1_000_000,
    "spaces below the limit": " " * 99_000,
    "commas": "," * 99_000,
    "comments": "#\n" * 49_000,
    "a long comment": "#" * 99_000,
    "a long string": '{ child(id: "' + "a" * 95_000 + '") { id } }',
    "a long block string": '{ child(id: """' + "\n a" * 30_000 + '""") { id } }',
    "a long number": "{ children(first: " + "9" * 95_000 + ") { id } }",
    "a long exponent": "{ children(first: 1e" + "9" * 95_000 + ") { id } }",
    "quotes": '"' * 99_000,
    "braces": "{" * 99_000,
    "dots": "." * 99_000,
    "NUL": "{ greeting\x00 }",
    "NUL in a string": '{ child(id: "\x00") { id } }',
    "NULs": "\x00" * 99_000,
    "a byte order mark": "\ufeff{ greeting }",
    "an escaped surrogate": '{ child(id: "\\uD800") { id } }',
    "an emoji": '{ child(id: "\U0001f3c3") { id } }',
    "a type system": "type A { a: Int } " * 500,
}


async def answerer(
    document: Document, operation: OperationDefinitionNode, variables: Mapping[str, object], actor: Actor, *_: object
) -> Answer:
    """Answer nothing: what is tried here stands before this."""
    return Answer({})


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_answered_soon_and_never_by_a_500(connect: Connect, name: str) -> None:
    client = connect(answerer)
    await client.post("/graphql", json={"query": "{ greeting }"}, headers=JSON)
    body = json.dumps({"query": HOSTILE[name]}).encode()
    spent = []
    for _ in range(2):
        started = time.process_time()
        response = await client.post("/graphql", content=body, headers=JSON)
        spent.append(time.process_time() - started)
        assert response.status_code in (200, 400, 413), response.text
    assert min(spent) < 0.2


@pytest.mark.parametrize(
    "variables",
    [
        '{"a": ' + "[" * 500 + "]" * 500 + "}",
        '{"a": ' + '{"not": ' * 500 + "1" + "}" * 500 + "}",
        '{"a": "\\ud800"}',
        '{"a": "\\u0000"}',
        '{"a": 1' + "0" * 4_000 + "}",
        '{"a": [' + "1," * 300_000 + "1]}",
        "{" + ",".join(f'"v{n}": {n}' for n in range(60_000)) + "}",
    ],
)
async def test_hostile_variables_are_answered_without_a_500(connect: Connect, variables: str) -> None:
    query = "query ($a: String!) { __type(name: $a) { name } }"
    body = f'{{"query": "{query}", "variables": {variables}}}'
    response = await connect().post("/graphql", content=body.encode(), headers=JSON)
    assert response.status_code in (200, 400)


WORDS = [*"{}()[]:,@$!|&=.#", "...", '"', '"""', "\n", "\x00", "\ufeff", "é", "1", "-", "1e9", "true", "null", "on"]
NAMES = ["query", "mutation", "fragment", "F", "Query", "Child", "Node", "greeting", "child", "children", "id", "name"]


@given(text=st.lists(st.sampled_from([*WORDS, *NAMES, " ", " "]), max_size=60).map("".join) | st.text())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_text_is_answered_by_a_500(connect: Connect, text: str) -> None:
    response = await connect(answerer).post("/graphql", json={"query": text}, headers=JSON)
    assert response.status_code in (200, 400)


@given(body=st.binary(max_size=200) | st.text(alphabet='{}[]",:query1 \\u', max_size=60).map(str.encode))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_body_is_answered_by_a_500(connect: Connect, body: bytes) -> None:
    response = await connect(answerer).post("/graphql", content=body, headers=JSON)
    assert response.status_code == 400


async def test_the_answerer_gets_the_operation_the_variables_and_the_actor(connect: Connect) -> None:
    asked = []

    async def recording(
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        *_: object,
    ) -> Answer:
        asked.append((document.text, operation is document.operations["B"], variables, actor))
        return Answer({"greeting": "hi"})

    text = "query A { greeting } query B { greeting }"
    body = {"query": text, "operationName": "B", "variables": {"x": 1}}
    response = await connect(recording).post("/graphql", json=body)
    assert response.json() == {"data": {"greeting": "hi"}}
    assert asked == [(text, True, {"x": 1}, Actor("a test", INVESTIGATOR))]
