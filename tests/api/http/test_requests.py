from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

Connect = Callable[..., httpx.AsyncClient]
JSON = {"content-type": "application/json"}


async def test_a_query_is_answered_by_get_and_by_post(connect: Connect) -> None:
    client = connect()
    wanted = {"data": {"child": {"firstName": "Ana"}}}
    query, variables = "query Q($id: ID!) { child(id: $id) { firstName } }", {"id": "1"}

    posted = await client.post("/graphql", json={"query": query, "variables": variables, "operationName": "Q"})
    got = await client.get(
        "/graphql", params={"query": query, "variables": '{"id": "1"}', "operationName": "Q", "extensions": "{}"}
    )

    assert (posted.status_code, posted.json()) == (200, wanted)
    assert (got.status_code, got.json()) == (200, wanted)


@pytest.mark.parametrize("query", ["mutation { write }", "mutation { noSuchField }"])
async def test_a_mutation_by_get_is_refused_even_when_it_is_not_valid(connect: Connect, query: str) -> None:
    response = await connect().get("/graphql", params={"query": query})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


async def test_get_chooses_by_the_operation_that_would_run(connect: Connect) -> None:
    query = "query Read { greeting } mutation Write { write }"
    read = await connect().get("/graphql", params={"query": query, "operationName": "Read"})
    write = await connect().get("/graphql", params={"query": query, "operationName": "Write"})
    assert (read.status_code, write.status_code) == (200, 405)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "QUERY"])
async def test_other_methods_are_refused(connect: Connect, method: str) -> None:
    response = await connect().request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


async def test_subscriptions_are_not_answered(connect: Connect) -> None:
    response = await connect().post("/graphql", json={"query": "subscription { written }"})
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
async def test_json_in_utf_8_is_read(connect: Connect, content_type: str) -> None:
    body = '{"query": "{ child(id: \\"ñ\\") { id } }"}'.encode()
    response = await connect().post("/graphql", content=body, headers={"content-type": content_type})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/graphql"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=iso-8859-1"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
async def test_other_media_types_are_refused(connect: Connect, headers: dict[str, str]) -> None:
    response = await connect().post("/graphql", content=b'{"query": "{ greeting }"}', headers=headers)
    assert response.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"NONSENSE",
        b'{"query":',
        b'{"query": "\xff\xfe"}',
        b'{"query": "\\ud800"}',
        b"\xef\xbb\xbf{}",
        b'{"query": NaN}',
        b"[" * 100_000,
        b"null",
        b"7",
        b'"{ greeting }"',
        b"[]",
        b'[{"query": "{ greeting }"}]',
        b"{}",
        b'{"qeury": "{ greeting }"}',
        b'{"query": null}',
        b'{"query": 1}',
        b'{"query": ["{ greeting }"]}',
        b'{"query": "{ greeting }", "variables": []}',
        b'{"query": "{ greeting }", "variables": "{}"}',
        b'{"query": "{ greeting }", "operationName": 1}',
        b'{"query": "{ greeting }", "extensions": []}',
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_body_that_is_no_request_is_refused(connect: Connect, body: bytes, accept: str) -> None:
    response = await connect().post("/graphql", content=body, headers={**JSON, "accept": accept})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert "data" not in response.json()


async def test_a_batch_is_refused_with_its_reason(connect: Connect) -> None:
    response = await connect().post("/graphql", json=[{"query": "{ greeting }"}])
    assert response.json()["errors"][0]["message"].startswith("Batches are not answered")


async def test_nulls_and_unknown_properties_are_ignored(connect: Connect) -> None:
    body: dict[str, Any] = {"query": "{ greeting }", "variables": None, "operationName": None, "extensions": None}
    response = await connect().post("/graphql", json={**body, "later": 1})
    assert response.json() == {"data": {"greeting": "hello"}}


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=%ED%A0%80",
        "query=%FF",
        "query={greeting}&query={greeting}",
        "query={greeting}&variables=[]",
        "query={greeting}&variables={",
        "query={greeting}&extensions=1",
        "query={greeting}&" + "a=1&" * 30,
    ],
)
async def test_an_address_that_is_no_request_is_refused(connect: Connect, query_string: str) -> None:
    response = await connect().get(f"/graphql?{query_string}")
    assert response.status_code == 400


async def test_an_address_that_is_too_long_is_refused(connect: Connect) -> None:
    response = await connect().get("/graphql", params={"query": "{ greeting }" + " " * 40_000})
    assert response.status_code == 414


async def test_a_body_over_the_limit_is_refused_by_its_length_or_as_it_arrives(connect: Connect) -> None:
    client = connect()
    arrived = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal arrived
        for _ in range(100):
            arrived += 1
            yield b" " * 100_000

    told = await client.post("/graphql", content=b" " * 1_048_577, headers=JSON)
    chunked = await client.post("/graphql", content=chunks(), headers=JSON)

    assert (told.status_code, chunked.status_code) == (413, 413)
    assert arrived == 11


async def test_a_body_in_chunks_is_read(connect: Connect) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for byte in b'{"query": "{ greeting }"}':
            yield bytes([byte])

    response = await connect().post("/graphql", content=chunks(), headers=JSON)
    assert response.json() == {"data": {"greeting": "hello"}}
