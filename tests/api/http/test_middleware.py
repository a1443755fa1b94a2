from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.http.middleware import RequestMiddleware
from api.telemetry import Telemetry

ASGI = Callable[[Scope, Receive, Send], object]


def client(app: ASGI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sightline")  # type: ignore[arg-type]


async def test_what_nobody_expected_is_answered_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("Ana Lopez")

    with caplog.at_level(logging.DEBUG):
        response = await client(RequestMiddleware(broken, Telemetry())).get("/")
    assert response.status_code == 500
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert "RuntimeError" in caplog.text
    assert "Ana" not in caplog.text + response.text


async def test_what_breaks_in_the_middle_closes_the_connection(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("Ana Lopez")

    with pytest.raises(ConnectionError) as broken_off:
        await client(RequestMiddleware(broken, Telemetry())).get("/")
    assert broken_off.value.__suppress_context__
    assert "Ana" not in caplog.text


async def test_a_cancellation_that_was_taken_back_is_a_client_that_left() -> None:
    telemetry = Telemetry()

    async def leaving(scope: Scope, receive: Receive, send: Send) -> None:
        raise asyncio.CancelledError

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await RequestMiddleware(leaving, telemetry)({"type": "http", "method": "GET", "path": "/graphql"}, receive, send)
    assert sent == []
    assert 'code="CLIENT_GONE",route="/graphql"} 1.0' in telemetry.metrics.text().decode()
    assert "SERVICE_UNAVAILABLE" not in telemetry.metrics.text().decode()


async def test_a_server_that_stops_says_so() -> None:
    async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(60)

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    task = asyncio.create_task(
        RequestMiddleware(waiting, Telemetry())({"type": "http", "method": "GET", "path": "/"}, receive, send)
    )
    await asyncio.sleep(0)
    task.cancel()
    await task
    assert sent[0]["status"] == 503


async def test_headers_that_a_response_sets_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-security-policy", b"default-src 'self'"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})

    response = await client(RequestMiddleware(page, Telemetry())).get("/")
    assert response.headers.get_list("content-security-policy") == ["default-src 'self'"]
