from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from graphql import GraphQLSchema
from starlette.applications import Starlette

from api.execution import Answerer
from api.http.app import create_app
from graph.errors import StoreUnavailable

Connect = Callable[..., httpx.AsyncClient]


async def test_the_schema_is_shown_as_text(connect: Connect) -> None:
    response = await connect().get("/schema.graphql")
    assert (response.status_code, response.text) == (200, "type Query")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/nothing", "/graphql/", "/metrics/", "/graphql/x", "//graphql", "/%00", "/%ff"])
async def test_an_unknown_address_is_a_404_in_json(connect: Connect, path: str) -> None:
    response = await connect().get(path)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/schema.graphql"])
async def test_a_wrong_method_is_told_with_the_right_ones(connect: Connect, path: str) -> None:
    response = await connect().post(path)
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert response.json()["errors"][0]["extensions"]["requestId"] == response.headers["x-request-id"]


async def test_every_response_carries_the_same_guard(connect: Connect) -> None:
    client = connect()
    responses = [await client.get(path) for path in ("/graphql", "/schema.graphql", "/healthz", "/readyz", "/nothing")]
    for response in responses:
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in response.headers
        assert "server" not in response.headers
    assert len({response.headers["x-request-id"] for response in responses}) == len(responses)


async def test_the_lifespan_surrounds_the_application(small_schema: GraphQLSchema, executing: Answerer) -> None:
    seen = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        seen.append("opened")
        yield
        seen.append("closed")

    async def readiness() -> bool:
        raise StoreUnavailable("Away.")

    app = create_app(
        schema=small_schema,
        schema_text=str,
        answerer=executing,
        readiness=readiness,
        token_key=b"k" * 32,
        lifespan=lifespan,
    )
    async with app.router.lifespan_context(app):
        seen.append("open")
    assert seen == ["opened", "open", "closed"]
