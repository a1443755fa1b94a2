"""Warming: asks questions once before a person asks them, because planning a new statement takes longest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import orjson
from starlette.types import ASGIApp, Message

from api.telemetry import ROUTE

MOST_SECONDS = 5.0
"""Seconds for one document: by then it is planned, and there is no need to read all of a large graph."""


async def warm(app: ASGIApp, documents: Iterable[str], *, token: str, most: float = MOST_SECONDS) -> None:
    """Send each document to the application, one after another, as a client would, and ignore the answers.

    A document that takes more than `most` seconds is cancelled. This ends early when its task is cancelled, which the
    application itself treats like a client that disconnects.
    """
    task = asyncio.current_task()
    for document in documents:
        with suppress(TimeoutError):
            async with asyncio.timeout(most):
                await _post(app, orjson.dumps({"query": document}), token)
        if task is not None and task.cancelling():
            raise asyncio.CancelledError


async def _post(app: ASGIApp, body: bytes, token: str) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"authorization", f"Bearer {token}".encode()),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ],
        "client": None,
        ROUTE: "warming",
        "server": None,
    }
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            await asyncio.Event().wait()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        pass

    await app(scope, receive, send)
