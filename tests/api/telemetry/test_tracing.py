from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import perf_counter

import httpx
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.execution import Answer
from api.serving.lifespan import open_joined
from api.serving.workers import Job
from api.telemetry import Telemetry
from api.telemetry.tracing import open_tracing
from graph.errors import BadInput, StoreTimeout
from graph.opening import ConnectionInfo
from graph.settings import Settings

Connect = Callable[..., httpx.AsyncClient]

PERSONAL = '{ child(id: "Ana Lopez") { firstName } }'


@pytest.fixture
def collected() -> Iterator[tuple[str, list[bytes]]]:
    """A collector of traces: its address, and the bodies that it was sent."""
    bodies: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", bodies
        server.shutdown()


async def test_a_collector_gets_the_spans(connect: Connect, collected: tuple[str, list[bytes]]) -> None:
    address, bodies = collected
    async with open_tracing(address) as tracing:
        await connect(telemetry=Telemetry(tracing)).get("/graphql", params={"query": PERSONAL})
    (body,) = bodies
    assert b"GET /graphql" in body
    assert b"Ana" not in body


async def test_what_traces_need_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "api.telemetry.tracing", None)
    traced = settings.model_copy(update={"otlp_endpoint": "http://127.0.0.1:9/v1/traces"})
    job = Job(traced, ConnectionInfo("bolt://127.0.0.1:9", "neo4j", "", "neo4j", embedded=False), ())
    with pytest.raises(BadInput, match="the extra `traces`"):
        async with open_joined(job):
            pass


async def test_a_request_is_a_trace_without_what_was_asked(
    connect: Connect, spans: InMemorySpanExporter, traced: Telemetry
) -> None:
    async def staged(*_: object) -> Answer:
        with traced.compiling():
            pass
        with traced.running():
            pass
        return Answer({"child": None})

    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    response = await connect(staged, telemetry=traced).get(
        "/graphql", params={"query": PERSONAL}, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    )
    compiling, running, request = spans.get_finished_spans()
    assert [span.name for span in (compiling, running, request)] == ["compile", "statement", "GET /graphql"]
    assert request.context is not None
    assert [span.parent and span.parent.span_id for span in (compiling, running)] == [request.context.span_id] * 2
    assert f"{request.context.trace_id:032x}" == trace
    assert dict(request.attributes or {}) == {
        "http.request.method": "GET",
        "http.route": "/graphql",
        "http.response.status_code": 200,
        "graphql.operation.type": "query",
        "sightline.code": "OK",
        "sightline.request_id": response.headers["x-request-id"],
    }
    assert "Ana" not in "".join(span.to_json() for span in (compiling, running, request))


async def test_a_statement_that_fails_is_noted_by_its_kind(spans: InMemorySpanExporter, traced: Telemetry) -> None:
    with pytest.raises(StoreTimeout), traced.running():
        raise StoreTimeout("Ana Lopez")
    (span,) = spans.get_finished_spans()
    assert dict(span.attributes or {}) == {"db.system.name": "neo4j", "error.type": "StoreTimeout"}
    assert span.status.is_ok is False
    assert "Ana" not in span.to_json()


async def test_a_collector_that_is_away_does_not_hold_up_the_end() -> None:
    started = perf_counter()
    async with open_tracing("http://127.0.0.1:9/v1/traces") as tracing:
        with tracing.stage("compile"):
            pass
    assert perf_counter() - started < 5
