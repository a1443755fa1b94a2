"""Turns an answer or an error into bytes, with the status and media type that the specification names.

In `application/graphql-response+json` the status says what happened to the operation. In `application/json`, for older
clients, errors in the operation itself are answered with 200. Refusals by the server (401, 403, 429, 5xx) and of the
HTTP request (405, 413, ...) keep their status in both.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.types import Send

from api.errors import TAKES_LONG, Rejected, RequestRefused
from api.execution import Answer
from api.headers import JSON
from graph.errors import SightlineError

logger = logging.getLogger("sightline.api")

INTERNAL = "INTERNAL_SERVER_ERROR"
STATUSES: Mapping[str, int] = {
    "GRAPHQL_PARSE_FAILED": 400,
    "GRAPHQL_VALIDATION_FAILED": 400,
    "BAD_USER_INPUT": 400,
    "COST_LIMIT_EXCEEDED": 400,
    TAKES_LONG: 400,
    "NOT_FOUND": 404,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "RATE_LIMITED": 429,
    "TIMEOUT": 504,
    "SERVICE_UNAVAILABLE": 503,
    INTERNAL: 500,
}

_OF_THE_OPERATION = frozenset(code for code, status in STATUSES.items() if status in (400, 404))
_UNEXPECTED = "Something went wrong on the server; report this with the requestId."
_LONGEST_MESSAGE = 1_000
_MOST_ERRORS = 20
_EXTRA_HEADERS: Mapping[int, tuple[tuple[bytes, bytes], ...]] = {
    401: ((b"www-authenticate", b'Bearer realm="sightline"'),),
    429: ((b"retry-after", b"1"),),
    503: ((b"retry-after", b"5"),),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete response."""

    status: int
    body: bytes
    media_type: str = JSON
    headers: tuple[tuple[bytes, bytes], ...] = ()
    code: str | None = None
    """The code of the first error; None when there is none."""

    async def send(self, send: Send) -> None:
        """Send it through an ASGI server."""
        headers = [
            (b"content-type", f"{self.media_type}; charset=utf-8".encode()),
            (b"content-length", str(len(self.body)).encode()),
            *self.headers,
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def reply_to(answer: Answer, *, media_type: str, request_id: str) -> Reply:
    """Return the response for an answer."""
    content: dict[str, object] = {}
    status = 200
    code = None
    if answer.errors:
        errors = [_complete(error, request_id) for error in answer.errors]
        content["errors"] = errors
        code = errors[0]["extensions"]["code"]
        if not answer.has_data:
            status = _status(code, media_type)
    if answer.has_data:
        content["data"] = answer.data
    if answer.extensions:
        content["extensions"] = answer.extensions
    return Reply(status, orjson.dumps(content), media_type, _EXTRA_HEADERS.get(status, ()), code)


def reply_to_error(error: Exception, *, media_type: str, request_id: str) -> Reply:
    """Return the response for whatever was raised before there was data; unexpected errors are logged, not shown."""
    errors = [_format(wrong, code, request_id) for wrong, code in _expected(error)[:_MOST_ERRORS]]
    if not errors:
        log_unexpected(error, request_id)
        errors = [_format(GraphQLError(_UNEXPECTED), INTERNAL, request_id)]
    body = orjson.dumps({"errors": errors})
    code = errors[0]["extensions"]["code"]
    if isinstance(error, RequestRefused):
        return Reply(error.status, body, media_type, error.headers, code)
    status = _status(code, media_type)
    return Reply(status, body, media_type, _EXTRA_HEADERS.get(status, ()), code)


def log_unexpected(error: BaseException, request_id: str) -> None:
    """Log an error's types, position and request, but not its text, which may contain personal data."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
    logger.error("request %s failed: %s at %s", request_id, " from ".join(kinds), place)


def _expected(error: Exception) -> list[tuple[GraphQLError, str]]:
    """Split an error into those that clients may see, with their codes; none when it is unexpected."""
    if isinstance(error, Rejected):
        return [(wrong, error.code) for wrong in error.errors]
    if isinstance(error, GraphQLError):
        if error.original_error is None:
            return [(error, str((error.extensions or {}).get("code", "BAD_USER_INPUT")))]
        if isinstance(error.original_error, SightlineError) and error.original_error.code != INTERNAL:
            return [(error, error.original_error.code)]
    elif isinstance(error, SightlineError) and error.code != INTERNAL:
        return [(GraphQLError(str(error)), error.code)]
    return []


def _format(error: GraphQLError, code: str, request_id: str) -> dict[str, Any]:
    formatted: dict[str, Any] = {"message": _shortened(error.message)}
    if error.locations:
        formatted["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        formatted["path"] = error.path
    formatted["extensions"] = {**(error.extensions or {}), "code": code, "requestId": request_id}
    return formatted


def _complete(error: Mapping[str, Any], request_id: str) -> dict[str, Any]:
    extensions = error.get("extensions") or {}
    if "code" not in extensions:
        return {**error, "message": _UNEXPECTED, "extensions": {"code": INTERNAL, "requestId": request_id}}
    return {
        **error,
        "message": _shortened(error["message"]),
        "extensions": {**extensions, "requestId": request_id},
    }


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}..."


def _status(code: str, media_type: str) -> int:
    if media_type == JSON and code in _OF_THE_OPERATION:
        return 200
    return STATUSES.get(code, 500)
