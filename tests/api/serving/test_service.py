from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, Actor
from api.access.sign_in import SignIns
from api.access.tokens import issue_token
from api.compiler.ids import global_id
from api.execution import Answer
from api.serving.service import build_api, create_service
from graph.settings import Settings
from graph.store import Store

COUNTING = "UNWIND range(1, 1000000000) AS number RETURN count(number % 7)"


@pytest.fixture(scope="module")
def client(settings: Settings, store: Store) -> httpx.AsyncClient:
    token = issue_token(derived_key(secret_key(settings), TOKENS), Actor("a test", INVESTIGATOR), timedelta(hours=1))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_service(settings, store, build_api([]))),
        base_url="http://sightline",
        headers={"authorization": f"Bearer {token}", "accept": "application/graphql-response+json"},
    )


async def test_a_question_is_answered_from_the_graph(client: httpx.AsyncClient, empty: Store) -> None:
    await empty.write("CREATE (:Sponsor {key: 'a', lastName: 'Reyes'}), (:Sponsor {key: 'b', lastName: 'Cruz'})")
    query = '{ sponsors(first: 5) { totalCount nodes { key lastName } } __type(name: "Sponsor") { name } }'
    response = await client.post("/graphql", json={"query": query})
    assert response.json() == {
        "data": {
            "sponsors": {
                "totalCount": 2,
                "nodes": [{"key": "a", "lastName": "Reyes"}, {"key": "b", "lastName": "Cruz"}],
            },
            "__type": {"name": "Sponsor"},
        }
    }


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ sponsors(first: 1000) { nodes { key } } }", {}),
        ('{ sponsors(after: "nonsense") { nodes { key } } }', {}),
        ("query ($n: Int) { sponsors(first: $n) { nodes { key } } }", {"n": "many"}),
    ],
)
async def test_what_cannot_be_used_is_bad_input(
    client: httpx.AsyncClient, query: str, variables: dict[str, object]
) -> None:
    response = await client.post("/graphql", json={"query": query, "variables": variables})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")


async def test_the_schema_and_the_readiness_are_the_graphs(client: httpx.AsyncClient) -> None:
    assert "type Sponsor implements" in (await client.get("/schema.graphql")).text
    assert (await client.get("/readyz")).status_code == 200


async def test_a_client_that_goes_away_ends_its_statement(
    make_app: Callable[..., Starlette],
    served: Callable[[Starlette], AbstractAsyncContextManager[int]],
    token: str,
    store: Store,
) -> None:
    async def counting(*_: object) -> Answer:
        return Answer({"greeting": await store.read_value(COUNTING)})

    async def running() -> int:
        rows = await store.read("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range'")
        return len(rows)

    async def until(wanted: int) -> None:
        while True:
            if await running() == wanted:
                return
            await asyncio.sleep(0.02)

    async with served(make_app(counting)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"GET /graphql?query={{greeting}} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n".encode()
        )
        async with asyncio.timeout(10):
            await until(1)
            writer.close()
            await until(0)


async def test_what_is_reviewed_in_a_browser_is_stored_under_the_reviewers_own_name(
    settings: Settings, empty: Store
) -> None:
    await empty.write("CREATE (:Finding {key: 'c/x', status: 'OPEN', version: 1, values: '{}', thresholds: '{}'})")
    sign_ins = SignIns(settings.data_dir)
    origin = {"origin": "http://sightline", "sec-fetch-site": "same-origin"}
    transport = httpx.ASGITransport(create_service(settings, empty, build_api([])))
    for version, (name, change) in enumerate(
        [("Rosa Ortiz", "reviewFinding(input: {id: $id, version: 1, status: CONFIRMED})"),
         ("T. Nguyen", 'assignFinding(input: {id: $id, version: 2, assignee: "somebody"})')],
        start=1,
    ):  # fmt: skip
        async with httpx.AsyncClient(transport=transport, base_url="http://sightline") as browser:
            token = sign_ins.issue(Actor(name, INVESTIGATOR))
            assert (await browser.post("/sign-in", data={"token": token}, headers=origin)).status_code == 303
            query = f"mutation ($id: ID!) {{ {change} {{ errors {{ code message }} finding {{ version }} }} }}"
            body = {"query": query, "variables": {"id": global_id("Finding", "c/x")}}
            (payload,) = (await browser.post("/graphql", json=body, headers=origin)).json()["data"].values()
            assert payload == {"errors": [], "finding": {"version": version + 1}}
    found = await empty.read("MATCH (c:FindingChange) RETURN c.kind, c.actor ORDER BY c.key")
    assert found == [["REVIEWED", "Rosa Ortiz"], ["ASSIGNED", "T. Nguyen"]]
