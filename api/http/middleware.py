"""The outermost layer: adds a request id and common headers, hides stack traces, and observes requests."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import JSON
from api.http.responses import log_unexpected, reply_to_error
from api.telemetry import CLIENT_GONE, Observation, Telemetry
from graph.errors import StoreUnavailable

_HEADERS = {
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}


class RequestMiddleware:
    """Wraps an application; a header that a response sets itself is left as it is.

    The applications in `direct`, by path, are called without the layers between: they answer their own errors.
    """

    def __init__(self, app: ASGIApp, telemetry: Telemetry, direct: Mapping[str, ASGIApp] | None = None) -> None:
        self._app = app
        self._telemetry = telemetry
        self._direct = direct or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = os.urandom(8).hex()
        with self._telemetry.request(scope, request_id) as observation:
            await self._answer(scope, receive, send, observation)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, observation: Observation) -> None:
        request_id = observation.request_id
        started = False

        async def complete(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                observation.status = message["status"]
                headers = list(message.get("headers", ()))
                present = {name for name, _ in headers}
                headers += [item for item in _HEADERS.items() if item[0] not in present]
                headers.append((b"x-request-id", request_id.encode()))
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self._direct.get(scope["path"], self._app)(scope, receive, complete)
        except asyncio.CancelledError:
            if started:
                raise
            task = asyncio.current_task()
            if task is None or not task.cancelling():
                observation.code = CLIENT_GONE  # the cancellation was caught: the client has left
                return
            stopping = StoreUnavailable("The server is stopping; try again soon.")
            reply = reply_to_error(stopping, media_type=JSON, request_id=request_id)
            observation.code = reply.code
            await reply.send(complete)
        except Exception as error:
            if started:
                log_unexpected(error, request_id)
                raise ConnectionError("The response could not be completed.") from None
            reply = reply_to_error(error, media_type=JSON, request_id=request_id)
            observation.code = reply.code
            await reply.send(complete)
