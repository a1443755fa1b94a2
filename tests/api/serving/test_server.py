from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from api.serving.server import serve
from graph.errors import BadInput
from graph.settings import read_settings

pytestmark = pytest.mark.slow(reason="starts the server in a process of its own, over and over")
SERVE = """
import asyncio, os, sys
from contextlib import asynccontextmanager
from graphql import build_schema
from api.http.app import create_app
from api.execution import Answer
from api.access.policy import INVESTIGATOR, Actor
from api.serving.server import serve
from api.access.tokens import issue_token
from datetime import timedelta
from graph.errors import StoreUnavailable
from graph.settings import read_settings

key = b"k" * 32

@asynccontextmanager
async def open_app():
    if sys.argv[1] == "broken":
        raise StoreUnavailable("The database is away.")
    if sys.argv[1] == "starting":
        print("starting", flush=True)
        await asyncio.sleep(60)
    yield create_app(
        schema=build_schema("type Query { greeting: String }"), schema_text=str, answerer=answerer,
        readiness=readiness, token_key=key,
    )
    await asyncio.sleep(0.05)
    print("closed", flush=True)

async def answerer(document, operation, variables, actor, bookmarks, most_seconds):
    await asyncio.sleep(float(sys.argv[2]))
    return Answer({"greeting": "hello"})

async def readiness():
    return True

def started(url):
    print(url, issue_token(key, Actor("a test", INVESTIGATOR), timedelta(hours=1)), flush=True)

try:
    serve(open_app, read_settings(host="127.0.0.1", port=0), on_started=started)
except StoreUnavailable as error:
    sys.exit(str(error))
print("served", flush=True)
"""


@contextmanager
def running(mode: str = "", slowness: float = 0) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, mode, str(slowness)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def unopened() -> AbstractAsyncContextManager[Starlette]:
    raise AssertionError("Nothing is opened before the port is had.")


def line(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_a_signal_then_closes_what_it_opened(number: signal.Signals) -> None:
    with running() as process:
        url, token = line(process)
        query = {"query": '{ greeting(name: "Ana Lopez") { ... }'}
        headers = {"authorization": f"Bearer {token}"}
        assert httpx.get(f"{url}/graphql", params=query, headers=headers).status_code == 200
        assert "server" not in httpx.get(f"{url}/healthz").headers
        process.send_signal(number)
        output, errors = process.communicate(timeout=20)
        assert (process.returncode, output, errors) == (0, "closed\nserved\n", "")


def test_a_request_under_way_when_it_stops_gets_an_answer() -> None:
    with running(slowness=60) as process:
        url, token = line(process)
        query = (
            b"GET /graphql?query={greeting} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\n\r\n" % token.encode()
        )
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as connection:
            connection.sendall(query)
            time.sleep(0.2)
            started = time.monotonic()
            process.send_signal(signal.SIGTERM)
            connection.settimeout(20)
            assert connection.recv(4096).startswith(b"HTTP/1.1 503")
        output, _ = process.communicate(timeout=20)
        assert time.monotonic() - started < 10
        assert (process.returncode, output) == (0, "closed\nserved\n")


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_it_starts_ends_it(number: signal.Signals) -> None:
    with running("starting") as process:
        assert line(process) == ["starting"]
        process.send_signal(number)
        output, errors = process.communicate(timeout=20)
        assert (process.returncode, output, errors) == (0, "served\n", "")


def test_an_application_that_cannot_open_says_why() -> None:
    with running("broken") as process:
        output, errors = process.communicate(timeout=10)
        assert (process.returncode, output, errors) == (1, "", "The database is away.\n")


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=f"Port {port} of 127.0.0.1 cannot be had"):
            serve(unopened, read_settings(host="127.0.0.1", port=port))


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(BadInput, match="is not an address to listen on"):
        serve(unopened, read_settings(host="no such host", port=0))
