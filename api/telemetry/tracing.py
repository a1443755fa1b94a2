"""Traces with OpenTelemetry: one span for each request, and one each for compiling it and for running its statement.

This needs the packages of the extra `traces`, so the module is imported only if `SIGHTLINE_OTLP_ENDPOINT` is set. Spans
contain no documents, variables, arguments, query strings, error texts or addresses.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import Scope

_EXPORT_SECONDS = 1.0
_LEAVING_SECONDS = 0.5
_PROPAGATED = (b"traceparent",)
_DATABASE = {"db.system.name": "neo4j"}


class Span:
    """One span, current inside a `with` block; of an error, only the type is recorded."""

    __slots__ = ("_span", "_token")

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def __enter__(self) -> None:
        self._token = context.attach(trace.set_span_in_context(self._span))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        context.detach(self._token)
        if kind is not None:
            self._span.set_attribute("error.type", kind.__name__)
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()

    def answered(self, *, request_id: str, status: int, code: str, operation: str | None) -> None:
        """Record how a request was answered."""
        self._span.set_attribute("sightline.request_id", request_id)
        self._span.set_attribute("sightline.code", code)
        self._span.set_attribute("http.response.status_code", status)
        if operation is not None:
            self._span.set_attribute("graphql.operation.type", operation)
        if status >= 500:
            self._span.set_status(Status(StatusCode.ERROR))


class Tracing:
    """Makes spans and passes them to a processor; the trace of a client's `traceparent` is continued."""

    def __init__(self, processor: SpanProcessor) -> None:
        self.provider = TracerProvider(resource=Resource.create({"service.name": "sightline"}), shutdown_on_exit=False)
        self.provider.add_span_processor(processor)
        self._tracer = self.provider.get_tracer("sightline")
        self._propagator = TraceContextTextMapPropagator()

    def request(self, method: str, route: str, scope: Scope) -> Span:
        """Return the span of a request, to be entered."""
        carrier = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"] if name in _PROPAGATED
        }
        return Span(
            self._tracer.start_span(
                f"{method} {route}",
                context=self._propagator.extract(carrier) if carrier else None,
                kind=SpanKind.SERVER,
                attributes={"http.request.method": method, "http.route": route},
            )
        )

    def stage(self, name: str) -> Span:
        """Return the span of a part of the current request, to be entered."""
        if name == "statement":
            return Span(self._tracer.start_span(name, kind=SpanKind.CLIENT, attributes=_DATABASE))
        return Span(self._tracer.start_span(name))


@asynccontextmanager
async def open_tracing(endpoint: str) -> AsyncIterator[Tracing]:
    """Send spans to a collector with OTLP over HTTP; at the end, at most half a second is spent on sending the rest."""
    exporter = OTLPSpanExporter(endpoint=endpoint, timeout=_EXPORT_SECONDS)
    tracing = Tracing(BatchSpanProcessor(exporter))
    try:
        yield tracing
    finally:
        milliseconds = int(_LEAVING_SECONDS * 1000)
        await asyncio.to_thread(tracing.provider.force_flush, milliseconds)
        exporter.shutdown()  # type: ignore[no-untyped-call]
        await asyncio.to_thread(tracing.provider.shutdown)
