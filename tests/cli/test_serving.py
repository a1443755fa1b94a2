from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cli.serving import reachable
from graph.store import Store
from seed.seeding import seed_store
from tests.cli.conftest import COMMAND, Command

STOPPED = 10.0
"""Seconds within which everything has stopped: 3 on a machine of one's own, and room for a busy one."""


@contextmanager
def serving(environment: Mapping[str, str], *arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run `serve` on a free port; give the process and the lines of its greeting."""
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    greeting: list[str] = []
    try:
        for line in process.stdout:
            greeting.append(line.removesuffix("\n"))
            if line.startswith("curl "):
                break
        yield process, greeting
    finally:
        process.kill()
        process.communicate(timeout=30)


def stop(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, float]:
    """Send a signal; return the exit status and the seconds it took."""
    started = time.monotonic()
    process.send_signal(number)
    return process.wait(timeout=30), time.monotonic() - started


def post(line: str) -> httpx.Response:
    """Do what a curl line of the greeting does, as a shell would read it."""
    words = shlex.split(line)
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    return httpx.post(words[2], headers=headers, content=words[words.index("--data") + 1], timeout=60)


def sign_in(greeting: list[str]) -> httpx.Response:
    """Open the address for the browser, and press the button there."""
    address = next(line.split()[1] for line in greeting if line.startswith("  Playground "))
    assert '<button type="submit"' in httpx.get(address).text
    url, _, token = address.partition("?token=")
    return httpx.post(url, data={"token": token}, headers={"origin": url.removesuffix("/sign-in")})


def paste(line: str) -> object:
    """Run a line in a shell, as it stands."""
    return json.loads(subprocess.run(["bash", "-c", line], capture_output=True, timeout=30, check=True).stdout)


async def test_the_greeting_ends_with_a_line_that_works(environment: Mapping[str, str], empty: Store) -> None:
    await empty.write(
        "CREATE (s:Sponsor {key: 's', lastName: 'Reyes'}) WITH s UNWIND range(1, 3) AS n "
        "CREATE (:Child {key: 'c' + n})-[:HAS_PLACEMENT]->(:Placement {key: 'p' + n, releasedOn: date('2024-01-01')})"
        "-[:WITH_SPONSOR]->(s)"
    )
    with serving(environment) as (process, greeting):
        answer = post(greeting[-1])
        pasted = paste(greeting[-1])
        signed_in = sign_in(greeting)
        status, seconds = stop(process, signal.SIGINT)

    asked = answer.json()["data"]["sponsorsWithMultipleChildren"]
    assert asked["totalCount"] == 1
    assert asked["nodes"][0]["sponsor"] == {"firstName": None, "lastName": "Reyes"}
    assert pasted == answer.json()
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/")
    assert any("3 children, 7 nodes, 6 relationships" in line for line in greeting)
    assert (status, seconds < STOPPED) == (0, True)


def test_a_fresh_graph_is_filled_and_everything_stops_in_time(environment: Mapping[str, str], tmp_path: Path) -> None:
    """The whole way of `make run`: an engine of its own, the demo, an answer, and the end of both processes."""
    own = {**environment, "SIGHTLINE_DATA_DIR": str(tmp_path / "data")}
    with serving(own, "--seed-when-empty", "demo") as (process, greeting):
        answer = post(greeting[-1])
        server = json.loads((tmp_path / "data" / "engine.json").read_text())["server_pid"]
        status, seconds = stop(process, signal.SIGTERM)

    assert answer.json()["data"]["sponsorsWithMultipleChildren"]["totalCount"] > 10
    assert any("every person is made up, as of 2024-05-31; 2,000 children" in line for line in greeting)
    assert (status, seconds < STOPPED) == (0, True)
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_a_taken_port_is_told_before_a_database_is_started(alone: Command, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = alone("serve", environment={"SIGHTLINE_PORT": str(taken.getsockname()[1])})

    assert "set SIGHTLINE_PORT to a free one" in done.sentence
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://0.0.0.0:80", "http://127.0.0.1:80"),
        ("http://[::]:8000", "http://[::1]:8000"),
        ("http://[fe80::1]:8000", "http://[fe80::1]:8000"),
    ],
)
def test_the_address_shown_can_be_reached(address: str, url: str) -> None:
    assert reachable(address) == url


async def test_a_graph_that_is_not_whole_is_never_served_without_a_word(
    environment: Mapping[str, str], empty: Store
) -> None:
    await seed_store(empty, scale=0.01)
    await empty.write("MATCH ()-[r:WITH_SPONSOR]->() DELETE r")
    with serving(environment) as (_, greeting):
        told = next(line for line in greeting if line.startswith("  Incomplete "))
    assert "of WITH_SPONSOR" in told
    assert "run `sightline seed`" in told
