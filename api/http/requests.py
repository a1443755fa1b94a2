"""Turns an HTTP request into a GraphQL request, according to the GraphQL-over-HTTP specification."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import cast
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive, Scope

from api.errors import RequestRefused
from api.execution import GraphQLRequest
from api.headers import Headers
from api.http.disconnect import ClientGone

_BODY_DEADLINE = 30.0
_LONGEST_QUERY_STRING = 32_768
MOST_SECONDS = "mostSeconds"
"""The extension of a request by which a client asks not to run what is expected to take longer."""
_FORM = "application/x-www-form-urlencoded"
_LONGEST_WAIT = 86_400
_PARAMETERS = ("query", "operationName", "variables", "extensions")


async def read_request(scope: Scope, headers: Headers, receive: Receive, *, limit: int) -> GraphQLRequest:
    """Read the request; `limit` is the largest body in bytes.

    Raises `RequestRefused` with the status that the specification names, or `ClientGone`.
    """
    if scope["method"] == "GET":
        return _from_parameters(_parse_query_string(scope["query_string"]))
    return _from_parameters(await read_object(headers, receive, limit=limit, holding=" with 'query'"))


async def read_object(headers: Headers, receive: Receive, *, limit: int, holding: str = "") -> Mapping[str, object]:
    """Read the JSON object in a request's body; `holding` is the error's text about what it must contain.

    Raises as `read_request` does.
    """
    _check_body_headers(headers, limit)
    return _parse_json(await _read_body_in_time(receive, limit), holding)


async def read_form(headers: Headers, receive: Receive, *, limit: int) -> Mapping[str, str]:
    """Read the form in a request's body; raises as `read_request` does."""
    if headers.body_type()[0] != _FORM:
        raise RequestRefused(f"Send the body as 'Content-Type: {_FORM}'.", status=415)
    body = await _read_body_in_time(receive, limit)
    return dict(parse_qsl(body.decode("latin-1"), max_num_fields=len(_PARAMETERS)))


async def _read_body_in_time(receive: Receive, limit: int) -> bytes:
    try:
        async with asyncio.timeout(_BODY_DEADLINE):
            return await _read_body(receive, limit)
    except TimeoutError:
        raise RequestRefused(
            f"The body did not arrive within {_BODY_DEADLINE:.0f} seconds.",
            status=408,
            headers=[(b"connection", b"close")],
        ) from None


def _check_body_headers(headers: Headers, limit: int) -> None:
    if headers.content_encoding not in (None, b"identity"):
        raise RequestRefused(
            "Send the body without a Content-Encoding.", status=415, headers=[(b"accept-encoding", b"identity")]
        )
    kind, charset = headers.body_type()
    if kind != "application/json":
        raise RequestRefused(
            "Send the body as 'Content-Type: application/json'.", status=415, headers=[(b"accept", b"application/json")]
        )
    if charset not in ("utf-8", "utf8"):
        raise RequestRefused("Send the body in UTF-8.", status=415, headers=[(b"accept-charset", b"utf-8")])
    length = headers.content_length or b""
    if length.isdigit() and (len(length) > 12 or int(length) > limit):
        raise _too_large(limit)


def _too_large(limit: int) -> RequestRefused:
    return RequestRefused(f"The body is larger than {limit:,} bytes; send less at once.", status=413)


async def _read_body(receive: Receive, limit: int) -> bytes:
    message = await receive()
    chunks: list[bytes] = []
    size = 0
    while True:
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)
        message = await receive()


def _parse_json(body: bytes, holding: str) -> Mapping[str, object]:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RequestRefused("The body is not valid JSON in UTF-8.") from None
    if isinstance(content, list):
        raise RequestRefused("Batches are not answered; send each operation in a request of its own.")
    if not isinstance(content, dict):
        raise RequestRefused(f"The body must be a JSON object{holding}.")
    return content


def _parse_query_string(query_string: bytes) -> Mapping[str, object]:
    if len(query_string) > _LONGEST_QUERY_STRING:
        raise RequestRefused("The address is too long; send the operation by POST.", status=414)
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=len(_PARAMETERS) * 4
        )
    except ValueError:
        raise RequestRefused("The address's parameters are not percent-encoded UTF-8, or are too many.") from None
    parameters: dict[str, object] = {}
    for name, value in pairs:
        if name in parameters and name in _PARAMETERS:
            raise RequestRefused(f"The parameter '{name}' is given twice; give it once.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        text = parameters.pop(name, "")
        if text:
            try:
                parameters[name] = orjson.loads(cast("str", text))
            except orjson.JSONDecodeError:
                raise RequestRefused(f"The parameter '{name}' is not valid JSON.") from None
    return parameters


def _from_parameters(parameters: Mapping[str, object]) -> GraphQLRequest:
    query = parameters.get("query")
    operation_name = parameters.get("operationName")
    variables = parameters.get("variables")
    extensions = parameters.get("extensions")
    if query is None:
        raise RequestRefused("The request has no 'query'; give the document's text there.")
    if not isinstance(query, str):
        raise RequestRefused("'query' must be a string.")
    if operation_name is not None and not isinstance(operation_name, str):
        raise RequestRefused("'operationName' must be a string.")
    if variables is not None and not isinstance(variables, dict):
        raise RequestRefused("'variables' must be an object.")
    if extensions is not None and not isinstance(extensions, dict):
        raise RequestRefused("'extensions' must be an object.")
    return GraphQLRequest(query, operation_name or None, variables or {}, _most_seconds(extensions or {}))


def _most_seconds(extensions: Mapping[str, object]) -> float | None:
    """Return the time after which the client wants to be asked first; clients' other extensions are left alone."""
    most = extensions.get(MOST_SECONDS)
    if most is None:
        return None
    if isinstance(most, bool) or not isinstance(most, int | float) or not 0 < most < _LONGEST_WAIT:
        raise RequestRefused(f"The extension '{MOST_SECONDS}' must be a number of seconds, such as 10.")
    return float(most)
