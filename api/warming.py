"""Warming: questions asked once before a person asks them, since planning a new statement takes longest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import orjson
from starlette.types import ASGIApp, Message

from api.telemetry import ROUTE

MOST_SECONDS = 5.0
"""For one document: by then it is planned, and to look through all of a large graph is nobody's wish."""


async def warm(app: ASGIApp, documents: Iterable[str], *, token: str, most: float = MOST_SECONDS) -> None:
    """Ask each document of the application, one after another, as a client would; what it answers does not matter.

    One that takes more than `most` seconds is cancelled. Ends early when its task is cancelled, which the application
    itself answers as any client's request.
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
