"""What is recorded about a request: metrics, a log line, and a trace if tracing is on.

None of them contains a document, a variable, an argument, a query string, an address or a person's name.
"""

from __future__ import annotations

import logging
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING

from prometheus_client import Histogram
from starlette.types import Scope

from api.telemetry.metrics import Metrics

if TYPE_CHECKING:
    from api.telemetry.tracing import Span, Tracing

OBSERVATION = "sightline.observation"
CLIENT_GONE = "CLIENT_GONE"
OTHER = "other"
ROUTE = "sightline.route"
"""The key in a scope of the route to record for a request that no client sent."""

logger = logging.getLogger("sightline.requests")

_ROUTES = frozenset(
    (
        *("/", "/graphql", "/schema.graphql", "/healthz", "/readyz", "/metrics"),
        *("/sign-in", "/sign-out", "/playground/questions.json"),
    )
)
_FILES = "/playground/"
_FILE = "/playground/{path}"
_EXPORTS = "/export/"
_EXPORT = "/export/{question}.{format}"
_IMPORTS = "/import/"
_IMPORT = "/import/{importer}"
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_CODES = {401: "UNAUTHENTICATED", 403: "FORBIDDEN", 404: "NOT_FOUND", 429: "RATE_LIMITED", 503: "SERVICE_UNAVAILABLE"}


class Telemetry:
    """Observes the requests of one application; without `tracing`, no traces are made."""

    def __init__(self, tracing: Tracing | None = None) -> None:
        self.metrics = Metrics()
        self.tracing = tracing

    def request(self, scope: Scope, request_id: str) -> Observation:
        """Return the observation of a request, to be entered; whatever answers the request finds it in the scope."""
        return Observation(self, scope, request_id)

    def compiling(self) -> Stage:
        """Return the measurement of compiling an operation, to be entered."""
        return Stage(self.metrics.compile_seconds, self.tracing, "compile")

    def running(self) -> Stage:
        """Return the measurement of running a statement, to be entered."""
        return Stage(self.metrics.statement_seconds, self.tracing, "statement")


class Observation:
    """What is known about one request; the code that answers it fills in `operation` and `code`."""

    __slots__ = ("_began", "_span", "_telemetry", "code", "method", "operation", "request_id", "route", "status")

    def __init__(self, telemetry: Telemetry, scope: Scope, request_id: str) -> None:
        self._telemetry = telemetry
        self._span: Span | None = None
        self.request_id = request_id
        self.method: str = scope["method"] if scope["method"] in _METHODS else OTHER
        self.route: str = scope.get(ROUTE) or _route(scope["path"])
        self.operation: str | None = None
        self.status = 0
        self.code: str | None = None
        scope[OBSERVATION] = self
        if telemetry.tracing is not None:
            self._span = telemetry.tracing.request(self.method, self.route, scope)

    def __enter__(self) -> Observation:
        if self._span is not None:
            self._span.__enter__()
        self._began = perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = perf_counter() - self._began
        code = self.code or self._code()
        self._telemetry.metrics.answered(self.route, code, seconds)
        if logger.isEnabledFor(logging.INFO):
            logger.info("request", extra={"fields": self._fields(code, seconds)})
        if self._span is not None:
            self._span.answered(request_id=self.request_id, status=self.status, code=code, operation=self.operation)
            self._span.__exit__(kind, error, trace)

    def _code(self) -> str:
        if self.status == 0:
            return CLIENT_GONE
        if self.status < 400:
            return "OK"
        return _CODES.get(self.status, "BAD_USER_INPUT" if self.status < 500 else "INTERNAL_SERVER_ERROR")

    def _fields(self, code: str, seconds: float) -> dict[str, object]:
        fields: dict[str, object] = {
            "requestId": self.request_id,
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "code": code,
            "milliseconds": round(seconds * 1000, 2),
        }
        if self.operation is not None:
            fields["operation"] = self.operation
        return fields


class Stage:
    """Measures a part of a request inside a `with` block."""

    __slots__ = ("_began", "_histogram", "_span")

    def __init__(self, histogram: Histogram, tracing: Tracing | None, name: str) -> None:
        self._histogram = histogram
        self._span = None if tracing is None else tracing.stage(name)

    def __enter__(self) -> None:
        if self._span is not None:
            self._span.__enter__()
        self._began = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._histogram.observe(perf_counter() - self._began)
        if self._span is not None:
            self._span.__exit__(kind, error, trace)


def _route(path: str) -> str:
    """Return the route that a path is counted under: one of a fixed few, whatever the path."""
    if path in _ROUTES:
        return path
    if path.startswith(_EXPORTS):
        return _EXPORT
    if path.startswith(_IMPORTS):
        return _IMPORT
    return _FILE if path.startswith(_FILES) else OTHER


def observed(scope: Scope) -> Observation:
    """Return the observation of a request."""
    observation: Observation = scope[OBSERVATION]
    return observation
