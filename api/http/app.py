"""The application: its routes, and the middleware around them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Sequence
from typing import Any, Protocol, cast

from graphql import GraphQLSchema
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ExceptionHandler, Lifespan
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.access.authentication import Authenticator
from api.access.policy import READ_METRICS, READ_SCHEMA
from api.access.sessions import Sessions
from api.documents.limits import Limits
from api.errors import NothingHere, RequestRefused
from api.execution import Answerer
from api.headers import JSON, read_headers
from api.http.endpoint import GraphQLEndpoint
from api.http.export import ExportEndpoint, Exports
from api.http.health import Readiness, healthz
from api.http.imports import ImportEndpoint, Imports
from api.http.middleware import RequestMiddleware
from api.http.responses import reply_to_error
from api.telemetry import Telemetry, observed
from graph.errors import SightlineError


class Pages(Protocol):
    """Pages for people, and the sessions that they sign in to."""

    @property
    def sessions(self) -> Sessions:
        """The sessions whose cookie is used in place of a token."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the pages."""


def create_app(
    *,
    schema: GraphQLSchema,
    schema_text: Callable[[], str],
    answerer: Answerer,
    readiness: Callable[[], Awaitable[bool]],
    token_key: bytes,
    limits: Limits | None = None,
    revoked: Container[str] = (),
    trusted_proxies: Sequence[str] = (),
    playground: Pages | None = None,
    exports: Exports | None = None,
    imports: Imports | None = None,
    telemetry: Telemetry | None = None,
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """Return the ASGI application.

    `schema` is what documents are validated against, and `schema_text` returns what `/schema.graphql` shows; both need
    a token, like everything except the health checks. `readiness` tells whether the database answers. `token_key` is
    the derived key of `api.access.keys.TOKENS`; `revoked` holds the ids of tokens that are no longer valid. Headers
    from `trusted_proxies` about the original client are believed. Without a `playground` there is no page, and without
    `exports` or `imports` there are no downloads or uploads. `lifespan` opens and closes what the answerer uses.
    """
    limits = limits or Limits()
    telemetry = telemetry or Telemetry()
    sessions = playground.sessions if playground else None
    authenticator = Authenticator(token_key, sessions=sessions, revoked=revoked)
    endpoint = GraphQLEndpoint(schema=schema, answerer=answerer, authenticator=authenticator, limits=limits)

    def schema_graphql(request: Request) -> Response:
        authenticator.actor(read_headers(request.scope).authorization).require(READ_SCHEMA)
        return PlainTextResponse(schema_text())

    async def metrics(request: Request) -> Response:
        authenticator.actor(read_headers(request.scope).authorization).require(READ_METRICS)
        return telemetry.metrics.response()

    handlers: dict[object, ExceptionHandler] = {HTTPException: _refuse, SightlineError: _refuse}
    app = Starlette(
        routes=[
            Route("/graphql", endpoint),
            Route("/schema.graphql", schema_graphql),
            Route("/metrics", metrics),
            Route("/healthz", healthz),
            Route("/readyz", Readiness(readiness).readyz),
            *(playground.routes() if playground else ()),
            *([ExportEndpoint(exports, authenticator, at_once=limits.exports).route()] if exports else ()),
            *([ImportEndpoint(imports, authenticator, largest=limits.upload).route()] if imports else ()),
        ],
        middleware=[*_believing(trusted_proxies), Middleware(RequestMiddleware, telemetry, {"/graphql": endpoint})],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


def _believing(proxies: Sequence[str]) -> list[Middleware]:
    """Return middleware that takes scheme and client from these proxies' headers; proxies are addresses or networks."""
    return [Middleware(cast(Any, ProxyHeadersMiddleware), list(proxies))] if proxies else []


async def _refuse(request: Request, error: Exception) -> Response:
    """Answer an error outside the GraphQL endpoint in the same form as inside it."""
    if isinstance(error, HTTPException):
        headers = [(name.lower().encode(), value.encode()) for name, value in (error.headers or {}).items()]
        if error.status_code == 404:
            error = NothingHere("There is nothing at this address; the API is at /graphql.", status=404)
        else:
            error = RequestRefused(f"{error.detail}.", status=error.status_code, headers=headers)
    observation = observed(request.scope)
    reply = reply_to_error(error, media_type=JSON, request_id=observation.request_id)
    observation.code = reply.code
    return Response(reply.body, reply.status, {n.decode(): v.decode() for n, v in reply.headers}, JSON)
