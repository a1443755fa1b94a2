from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import httpx
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette

from api.access.policy import INVESTIGATOR, Actor
from api.access.sessions import Sessions
from api.access.sign_in import SignIns
from api.execution import Answer
from api.playground.pages import Playground
from api.telemetry import Telemetry
from api.telemetry.logs import start_logging
from graph.errors import StoreTimeout
from graph.settings import Settings, read_settings

Connect = Callable[..., httpx.AsyncClient]
MakeApp = Callable[..., Starlette]

PERSONAL = '{ child(id: "Ana Lopez") { firstName } }'


async def never(*_: object) -> Answer:
    raise StoreTimeout("The database did not answer in time.")


async def numbers(client: httpx.AsyncClient) -> dict[str, float]:
    text = (await client.get("/metrics")).text
    return {name: float(value) for name, value in re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE)}


async def test_requests_are_counted_by_route_and_code(connect: Connect) -> None:
    client = connect()
    await client.get("/graphql", params={"query": "{ greeting }"})
    await client.get("/graphql", params={"query": "{ nothing }"})
    await client.get("/graphql", params={"query": "{ greeting }"}, headers={"authorization": ""})
    await client.get("/Ana-Lopez")
    await client.request("ANA", "/healthz")
    found = await numbers(client)
    counted = {name: value for name, value in found.items() if name.startswith("sightline_requests_total")}
    assert counted == {
        'sightline_requests_total{code="OK",route="/graphql"}': 1,
        'sightline_requests_total{code="GRAPHQL_VALIDATION_FAILED",route="/graphql"}': 1,
        'sightline_requests_total{code="UNAUTHENTICATED",route="/graphql"}': 1,
        'sightline_requests_total{code="NOT_FOUND",route="other"}': 1,
        'sightline_requests_total{code="BAD_USER_INPUT",route="/healthz"}': 1,
    }
    assert found['sightline_request_seconds_count{route="/graphql"}'] == 3


@pytest.mark.usefixtures("restored_logging")
async def test_signing_in_is_watched_without_the_token(
    connect: Connect, spans: InMemorySpanExporter, traced: Telemetry, tmp_path: Path
) -> None:
    stream = io.StringIO()
    start_logging(read_settings(log_level="info"), stream=stream)
    sign_ins = SignIns(tmp_path)
    token = sign_ins.issue(Actor("Ana Lopez", INVESTIGATOR))
    client = connect(telemetry=traced, playground=Playground(Sessions(b"s" * 32), sign_ins, [], 100))
    origin = str(client.base_url).rstrip("/")
    statuses = [(await client.get("/sign-in", params={"token": token})).status_code]
    for _ in range(2):
        pressed = await client.post("/sign-in", data={"token": token}, headers={"origin": origin})
        statuses.append(pressed.status_code)
    for path in ("/", "/playground/Ana-Lopez", "/playground/Ana/Lopez"):
        statuses.append((await client.get(path)).status_code)
    told = (await client.get("/metrics")).text
    assert statuses == [200, 303, 401, 200, 404, 404]
    for route, code in (
        ("/sign-in", "OK"),
        ("/sign-in", "UNAUTHENTICATED"),
        ("/", "OK"),
        ("/playground/{path}", "NOT_FOUND"),
    ):
        assert f'sightline_requests_total{{code="{code}",route="{route}"}}' in told
    for text in (told, stream.getvalue(), "".join(span.to_json() for span in spans.get_finished_spans())):
        assert "/sign-in" in text
        assert not [secret for secret in (token, "Ana", *client.cookies.values()) if secret in text]


async def test_what_the_database_did_to_a_request_is_counted(connect: Connect) -> None:
    client = connect(never)
    await client.get("/graphql", params={"query": PERSONAL})
    assert (await numbers(client))['sightline_requests_total{code="TIMEOUT",route="/graphql"}'] == 1


@pytest.mark.parametrize(("authorization", "status"), [("", 401), ("Bearer nonsense", 401)])
async def test_the_numbers_need_a_token(connect: Connect, authorization: str, status: int) -> None:
    response = await connect().get("/metrics", headers={"authorization": authorization})
    assert response.status_code == status
    assert "sightline_requests" not in response.text


async def test_the_numbers_are_in_prometheus_own_format(connect: Connect) -> None:
    response = await connect().get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "# TYPE sightline_requests_total counter" in response.text


@pytest.fixture
def restored_logging() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("sightline")
    before = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:], root.level, ours.level = before
    ours.setLevel(before[2])


@pytest.mark.usefixtures("restored_logging")
async def test_a_request_is_one_line_of_json_without_what_was_asked(connect: Connect) -> None:
    stream = io.StringIO()
    start_logging(read_settings(log_format="json", log_level="info"), stream=stream)
    response = await connect().get("/graphql", params={"query": PERSONAL})
    line = json.loads(stream.getvalue())
    assert 0 < line.pop("milliseconds") < 10_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert isinstance(line.pop("pid"), int)
    assert line == {
        "level": "info",
        "logger": "sightline.requests",
        "message": "request",
        "requestId": response.headers["x-request-id"],
        "method": "GET",
        "route": "/graphql",
        "status": 200,
        "code": "OK",
        "operation": "query",
    }


@pytest.mark.usefixtures("restored_logging")
@pytest.mark.parametrize("form", ["text", "json"])
async def test_texts_of_others_stay_out_of_the_log(form: str) -> None:
    stream = io.StringIO()
    start_logging(read_settings(log_format=form), stream=stream)
    try:
        raise ValueError("Ana Lopez")
    except ValueError:
        logging.getLogger("asyncio").exception("it failed for %s", "Ana Lopez")
    logging.getLogger("sightline.engine").warning("the database is started again")
    logging.getLogger("sightline.requests").info("request")
    foreign, own = stream.getvalue().splitlines()
    assert "Ana" not in foreign
    assert "ValueError" in foreign
    assert "the database is started again" in own


async def test_watching_costs_microseconds() -> None:
    telemetry = Telemetry()
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": []}
    best = 1.0
    for _ in range(20):
        started = perf_counter()
        for _ in range(100):
            with telemetry.request(scope, "0123456789abcdef") as observation:
                observation.status = 200
                telemetry.metrics.program_hit.inc()
                with telemetry.running():
                    pass
        best = min(best, (perf_counter() - started) / 100)
    assert best < 50e-6


def test_settings_choose_the_log(settings: Settings) -> None:
    assert (settings.log_format, settings.log_level, settings.otlp_endpoint) == ("text", "warning", None)
