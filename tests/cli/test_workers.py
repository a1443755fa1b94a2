from __future__ import annotations

import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from graph.open import Opened
from graph.store import Store
from tests.cli.conftest import Command
from tests.cli.test_serving import STOPPED, serving, stop

PATIENCE = 30.0
KEY = "of two instances, and long enough"


class Relay:
    """A way to a server that can be cut and mended."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._connections: set[socket.socket] = set()
        self._cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._cut = True
        for connection in list(self._connections):
            connection.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._cut = False

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._cut:
                client.close()
            else:
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            self._connections.add(client)
            other = {client: server, server: client}
            try:
                while data := (reading := select.select([client, server], [], [])[0][0]).recv(65536):
                    other[reading].sendall(data)
            except OSError:
                pass
            finally:
                self._connections.discard(client)


@dataclass(frozen=True)
class Instance:
    """One running `serve`."""

    process: int
    url: str
    token: str
    log: Path

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def ask(self, document: str, **headers: str) -> httpx.Response:
        sent = {"authorization": f"Bearer {self.token}", **headers}
        return httpx.post(f"{self.url}/graphql", json={"query": document}, headers=sent, timeout=PATIENCE)

    def pids(self) -> set[object]:
        return {line["pid"] for line in self.lines() if line["logger"] == "sightline.requests"}


def until(wanted: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < ends
        time.sleep(0.05)


def instance(greeting: list[str], process: int, log: Path) -> Instance:
    words = greeting[-1].split("'")
    return Instance(process, greeting[-1].split()[2].removesuffix("/graphql"), words[1].split()[-1], log)


@pytest.fixture(scope="module")
def relay(opened: Opened) -> Iterator[Relay]:
    relay = Relay(int(opened.access.uri.rpartition(":")[2]))
    yield relay
    relay.close()


@pytest.fixture(scope="module")
def shared(opened: Opened) -> dict[str, str]:
    """What instances on different machines share."""
    return {
        "NEO4J_PASSWORD": opened.access.password,
        "SIGHTLINE_SECRET_KEY": KEY,
        "SIGHTLINE_LOG_FORMAT": "json",
        "SIGHTLINE_LOG_LEVEL": "info",
    }


@pytest.fixture(scope="module")
def several(shared: Mapping[str, str], relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance of two workers, whose way to the database can be cut."""
    folder = tmp_path_factory.mktemp("several")
    here = {"NEO4J_URI": f"bolt://127.0.0.1:{relay.port}", "SIGHTLINE_DATA_DIR": str(folder / "data")}
    with (
        (folder / "log").open("w") as log,
        serving({**shared, **here}, "--workers", "2", log=log) as (process, greeting),
    ):
        yield instance(greeting, process.pid, folder / "log")


@pytest.fixture(scope="module")
def single(shared: Mapping[str, str], opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A second instance on the same database, by an address that asks for routing."""
    folder = tmp_path_factory.mktemp("single")
    here = {"NEO4J_URI": opened.access.uri.replace("bolt", "neo4j"), "SIGHTLINE_DATA_DIR": str(folder / "data")}
    with (folder / "log").open("w") as log, serving({**shared, **here}, log=log) as (process, greeting):
        yield instance(greeting, process.pid, folder / "log")


def both_asked(several: Instance) -> set[object]:
    """Ask over new connections until two workers have answered; return their process ids."""
    before = several.pids()

    def asked() -> bool:
        several.ask("{ __typename }")
        return len(several.pids()) >= max(2, len(before))

    until(asked)
    return several.pids()


def test_workers_share_the_port_and_their_numbers(several: Instance, sightline: Command) -> None:
    both_asked(several)
    for _ in range(12):
        assert several.ask("{ nonsense").status_code == 200
    monitor = sightline("token", "--role", "monitor", environment={"SIGHTLINE_SECRET_KEY": KEY})
    headers = {"authorization": f"Bearer {monitor.out.strip()}"}
    for _ in range(4):
        text = httpx.get(f"{several.url}/metrics", headers=headers).text
        assert 'sightline_requests_total{code="GRAPHQL_PARSE_FAILED",route="/graphql"} 12.0' in text
    assert several.ask("{ __typename }", authorization=headers["authorization"]).status_code == 403


def test_a_worker_that_dies_is_started_again(several: Instance) -> None:
    first, second = both_asked(several)
    assert isinstance(first, int)
    os.kill(first, signal.SIGKILL)

    until(lambda: several.ask("{ __typename }").status_code == 200 and len(several.pids() - {first, second}) == 1)
    assert [line["level"] for line in several.lines() if line["logger"] == "sightline.workers"] == ["warning"]


def test_readiness_follows_the_database_in_every_worker(several: Instance, relay: Relay) -> None:
    def statuses() -> set[int]:
        return {httpx.get(f"{several.url}/readyz", timeout=PATIENCE).status_code for _ in range(8)}

    until(lambda: statuses() == {200})
    relay.cut()
    until(lambda: statuses() == {503})
    answer = several.ask("{ children { totalCount } }")
    relay.mend()
    until(lambda: statuses() == {200})
    assert answer.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    until(lambda: several.ask("{ children { totalCount } }").status_code == 200)


async def test_two_instances_are_one_service(several: Instance, single: Instance, empty: Store) -> None:
    """A token of one is good for the other, and so are its ids and cursors; both read what was just written."""
    await empty.write("UNWIND range(1, 5) AS n CREATE (:Sponsor {key: 's' + n, lastName: 'L' + n})")
    (bookmark,) = empty.last_bookmarks()
    assert single.token != several.token
    ours = Instance(several.process, several.url, single.token, several.log)
    page = "{ sponsors(first: 2, orderBy: [{field: LAST_NAME}]%s) { nodes { id key } pageInfo { endCursor } } }"

    first = single.ask(page % "", **{"x-sightline-bookmarks": bookmark}).json()["data"]["sponsors"]
    cursor = first["pageInfo"]["endCursor"]
    second = ours.ask(page % f', after: "{cursor}"').json()["data"]["sponsors"]
    again = ours.ask(f'{{ node(id: "{first["nodes"][0]["id"]}") {{ key }} }}').json()

    assert [node["key"] for node in first["nodes"] + second["nodes"]] == ["s1", "s2", "s3", "s4"]
    assert again == {"data": {"node": {"key": "s1"}}}


@pytest.mark.parametrize("bookmarks", ["Ana Lopez", ",", "x" * 2000, ",".join("x" * 30)])
async def test_bookmarks_that_are_none_are_refused(single: Instance, bookmarks: str) -> None:
    response = single.ask("{ children { totalCount } }", **{"x-sightline-bookmarks": bookmarks})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_bookmarks_that_the_database_does_not_know_are_told(single: Instance) -> None:
    answer = single.ask("{ children { totalCount } }", **{"x-sightline-bookmarks": "FB:nonsense"}).json()
    assert answer["errors"][0]["message"] == "the database does not know these bookmarks; leave them out"


def test_workers_of_an_own_database_stop_in_time(environment: Mapping[str, str], opened: Opened) -> None:
    with serving({**environment, "SIGHTLINE_WORKERS": "2"}) as (process, greeting):
        url = greeting[-1].split()[2].removesuffix("/graphql")
        workers = [int(pid) for pid in children(process.pid)]
        ready = httpx.get(f"{url}/readyz").status_code
        status, seconds = stop(process, signal.SIGINT)

    assert (ready, status, seconds < STOPPED) == (200, 0, True)
    assert workers
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_workers_end_with_a_parent_that_is_killed(environment: Mapping[str, str], opened: Opened) -> None:
    with serving({**environment, "SIGHTLINE_WORKERS": "2"}) as (process, _):
        workers = [int(pid) for pid in children(process.pid)]
        process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def children(pid: int) -> list[str]:
    return [str(child.pid) for child in psutil.Process(pid).children() if "api.worker" in child.cmdline()]


def test_why_workers_cannot_start_is_told(sightline: Command, tmp_path: Path) -> None:
    broken = {"SIGHTLINE_OTLP_ENDPOINT": "http://127.0.0.1:9", "SIGHTLINE_SECRET_KEY": "short"}
    done = sightline("serve", "--workers", "2", "--port", "0", environment=broken)
    assert "SIGHTLINE_SECRET_KEY has fewer than 32 characters" in done.sentence


def test_a_taken_port_is_told_to_workers_too(alone: Command, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = alone("serve", "--workers", "2", environment={"SIGHTLINE_PORT": str(taken.getsockname()[1])})

    assert "set SIGHTLINE_PORT to a free one" in done.sentence
    assert not (tmp_path / "data").exists()
