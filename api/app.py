"""The application: routes, and what stands around them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from graphql import GraphQLSchema
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ExceptionHandler, Lifespan

from api.authentication import Authenticator
from api.endpoint import GraphQLEndpoint
from api.envelope import Envelope
from api.errors import NothingHere, RequestRefused
from api.execution import Answerer
from api.export import ExportEndpoint, Exports
from api.headers import JSON, read_headers
from api.health import Readiness, healthz
from api.introspection import Introspection
from api.limits import Limits
from api.playground.pages import Playground
from api.policy import READ_METRICS, READ_SCHEMA
from api.responses import reply_to_error
from api.telemetry import Telemetry, observed
from graph.errors import SightlineError


def create_app(
    *,
    schema: GraphQLSchema,
    schema_text: Callable[[], str],
    answerer: Answerer,
    readiness: Callable[[], Awaitable[bool]],
    token_key: bytes,
    limits: Limits | None = None,
    playground: Playground | None = None,
    exports: Exports | None = None,
    telemetry: Telemetry | None = None,
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """Return the ASGI application.

    `schema` is what documents are validated against, `schema_text` returns what `/schema.graphql` shows; both need
    a token, as does everything but the health checks. `readiness` tells whether the database answers.
    `token_key` is the derived key of `api.keys.TOKENS`. Without a `playground` there is no page, without `exports`
    no download. `lifespan` opens and closes what the answerer uses.
    """
    limits = limits or Limits()
    telemetry = telemetry or Telemetry()
    authenticator = Authenticator(token_key, sessions=playground.sessions if playground else None)
    introspection = Introspection(schema, answerer, limits=limits)
    endpoint = GraphQLEndpoint(schema=schema, answerer=introspection, authenticator=authenticator, limits=limits)

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
            *([ExportEndpoint(exports, authenticator).route()] if exports else ()),
        ],
        middleware=[Middleware(Envelope, telemetry, {"/graphql": endpoint})],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


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
