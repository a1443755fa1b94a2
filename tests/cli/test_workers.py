from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import psutil
import pytest

from api.access.policy import INVESTIGATOR, Actor
from api.access.sign_in import SignIns
from cli.tokens import make_token
from graph.opening import Opened
from graph.settings import read_settings
from graph.store import Store
from tests.cli.conftest import COMMAND, Command
from tests.cli.instances import PATIENCE, Instance, Relay, log_lines, until, workers
from tests.cli.test_serving import STOPPED, stop

KEY = "of two instances, and long enough"


@contextmanager
def instance(folder: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[Instance]:
    """Run `serve` with a log for machines, and wait until it is ready."""
    data, log = folder / "data", folder / "log"
    given = {"SIGHTLINE_DATA_DIR": str(data), "SIGHTLINE_LOG_FORMAT": "json", "SIGHTLINE_LOG_LEVEL": "info"}
    variables = {**os.environ, **given, **environment}
    with log.open("w") as file, (folder / "out").open("w") as out:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", *arguments], env=variables, stdout=out, stderr=file, text=True
        )
    try:
        until(lambda: any(line["message"] == "ready" for line in log_lines(log)) or process.poll() is not None)
        (ready,) = [line for line in log_lines(log) if line["message"] == "ready"]
        data = Path(variables["SIGHTLINE_DATA_DIR"])
        settings = read_settings(data_dir=data, secret_key=environment.get("SIGHTLINE_SECRET_KEY"))
        token = make_token(settings, name="a test", lifetime=timedelta(hours=1))
        yield Instance(process, str(ready["address"]), token, log, data)
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)
    assert (folder / "out").read_text() == ""


@pytest.fixture(scope="module")
def relay(opened: Opened) -> Iterator[Relay]:
    relay = Relay(int(opened.access.uri.rpartition(":")[2]))
    yield relay
    relay.close()


@pytest.fixture(scope="module")
def shared(opened: Opened) -> dict[str, str]:
    """What instances on different machines share."""
    return {"NEO4J_PASSWORD": opened.access.password, "SIGHTLINE_SECRET_KEY": KEY}


@pytest.fixture(scope="module")
def several(shared: Mapping[str, str], relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance of two workers, whose way to the database can be cut."""
    here = {"NEO4J_URI": f"bolt://127.0.0.1:{relay.port}"}
    with instance(tmp_path_factory.mktemp("several"), {**shared, **here}, "--workers", "2") as running:
        yield running


@pytest.fixture(scope="module")
def single(shared: Mapping[str, str], opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A second instance on the same database, by an address that asks for routing."""
    here = {"NEO4J_URI": opened.access.uri.replace("bolt", "neo4j")}
    with instance(tmp_path_factory.mktemp("single"), {**shared, **here}) as running:
        yield running


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


def test_a_browser_signs_in_once_and_is_known_to_every_worker_and_instance(several: Instance, single: Instance) -> None:
    token = SignIns(several.data).issue(Actor("a test", INVESTIGATOR))

    def sign_in(_: int) -> httpx.Response:
        return httpx.post(
            f"{several.url}/sign-in", data={"token": token}, headers={"origin": several.url}, timeout=PATIENCE
        )

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(sign_in, range(16)))
    assert sorted(answer.status_code for answer in answers) == [303, *[401] * 15]
    until(lambda: len(several.pids(route="/sign-in")) == 2)

    (signed_in,) = [answer for answer in answers if answer.status_code == 303]
    cookie = signed_in.headers["set-cookie"].partition(";")[0]
    page = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    for server in (several, single):
        asked = [server.ask("{ __typename }", **page, origin=server.url) for _ in range(8)]
        assert [answer.json() for answer in asked] == [{"data": {"__typename": "Query"}}] * 8
    assert httpx.get(single.url, headers={"cookie": cookie}).status_code == 200
    for secret in (token, cookie.partition("=")[2]):
        assert secret not in several.log.read_text() + single.log.read_text()

    out = httpx.post(f"{several.url}/sign-out", headers={"cookie": cookie, "origin": several.url}, timeout=PATIENCE)
    assert out.status_code == 303
    for server in (several, single):
        until(lambda: all(server.ask("{ __typename }", **page, origin=server.url).status_code == 401 for _ in range(8)))  # noqa: B023
    assert several.ask("{ __typename }").status_code == 200


def test_a_revoked_token_is_refused_by_every_worker_and_instance(
    several: Instance, single: Instance, opened: Opened, sightline: Command
) -> None:
    """It is revoked on a third machine, which shares with the others nothing but the database and the secret key."""
    settings = read_settings(data_dir=several.data, secret_key=KEY)
    token, other = (make_token(settings, name="a test", lifetime=timedelta(hours=1)) for _ in range(2))
    bearer = {"authorization": f"Bearer {token}"}
    assert single.ask("{ __typename }", **bearer).status_code == 200

    third = {"NEO4J_URI": opened.access.uri, "NEO4J_PASSWORD": opened.access.password, "SIGHTLINE_SECRET_KEY": KEY}
    assert sightline("token", "revoke", token, environment=third).status == 0
    for server in (several, single):
        until(lambda: all(server.ask("{ __typename }", **bearer).status_code == 401 for _ in range(8)))  # noqa: B023
        refused = server.ask("{ __typename }", **bearer).json()["errors"][0]
        assert (refused["extensions"]["code"], "revoked" in refused["message"]) == ("UNAUTHENTICATED", True)
        assert server.ask("{ __typename }", authorization=f"Bearer {other}").status_code == 200


def test_a_worker_that_dies_is_started_again(several: Instance) -> None:
    """A request that was on its way to the one that died is lost with it."""
    first, second = both_asked(several)
    assert isinstance(first, int)
    os.kill(first, signal.SIGKILL)

    def answered_by_another() -> bool:
        try:
            return several.ask("{ __typename }").status_code == 200 and len(several.pids() - {first, second}) == 1
        except httpx.TransportError:
            return False

    until(answered_by_another)
    assert [line["level"] for line in several.lines() if line["logger"] == "sightline.workers"] == ["warning"]


def test_readiness_follows_the_database_in_every_worker(several: Instance, relay: Relay) -> None:
    def status(_: int) -> int:
        return httpx.get(f"{several.url}/readyz", timeout=PATIENCE).status_code

    def statuses() -> set[int]:
        with ThreadPoolExecutor(8) as pool:
            return set(pool.map(status, range(8)))

    until(lambda: statuses() == {200})
    relay.cut()
    until(lambda: statuses() == {503})
    assert httpx.get(f"{several.url}/healthz").status_code == 200
    answer = several.ask("{ children { totalCount } }")
    relay.mend()
    until(lambda: statuses() == {200})
    assert answer.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"

    told = len(several.lines())

    def both_answer() -> bool:
        several.ask("{ children { totalCount } }")
        answers = [line for line in several.lines()[told:] if line.get("route") == "/graphql"]
        return len({line["pid"] for line in answers if line["status"] == 200}) == 2

    until(both_answer)


async def test_two_instances_are_one_service(several: Instance, single: Instance, empty: Store) -> None:
    """A token of one is good for the other, and so are its ids and cursors; both read what was just written."""
    await empty.write("UNWIND range(1, 5) AS n CREATE (:Sponsor {key: 's' + n, lastName: 'L' + n})")
    (bookmark,) = empty.last_bookmarks()
    assert single.token != several.token
    ours = replace(several, token=single.token)
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


@pytest.mark.database
@pytest.mark.parametrize("name", ["several", "single"])
def test_serving_stops_in_time_although_clients_stay(name: str, request: pytest.FixtureRequest) -> None:
    """The last test of these instances."""
    server: Instance = request.getfixturevalue(name)
    processes = workers(server.process)
    with ExitStack() as connected:
        for _ in range(8):
            client = connected.enter_context(httpx.Client(base_url=server.url))
            assert client.get("/healthz").status_code == 200
        status, seconds = stop(server.process, signal.SIGINT)

    assert (status, seconds < STOPPED) == (0, True)
    assert len(processes) == {"several": 2, "single": 0}[name]
    assert [pid for pid in processes if psutil.pid_exists(pid)] == []


def test_workers_on_an_own_database_end_with_a_parent_that_is_killed(
    environment: Mapping[str, str], opened: Opened, tmp_path: Path
) -> None:
    with instance(tmp_path, environment, "--workers", "2") as server:
        ready = httpx.get(f"{server.url}/readyz").status_code
        processes = workers(server.process)
        server.process.kill()
        until(lambda: not any(psutil.pid_exists(pid) for pid in processes))

    assert (ready, len(processes)) == (200, 2)


def test_why_workers_cannot_start_is_told(sightline: Command, tmp_path: Path) -> None:
    broken = {"SIGHTLINE_OTLP_ENDPOINT": "http://127.0.0.1:9", "SIGHTLINE_SECRET_KEY": "short"}
    done = sightline("serve", "--workers", "2", "--port", "0", environment=broken)
    assert (done.status, done.out) == (1, "")
    assert "SIGHTLINE_SECRET_KEY has fewer than 32 characters" in done.err.splitlines()[-1]


def test_a_taken_port_is_told_to_workers_too(alone: Command, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = alone("serve", "--workers", "2", environment={"SIGHTLINE_PORT": str(taken.getsockname()[1])})

    assert "set SIGHTLINE_PORT to a free one" in done.sentence
    assert not (tmp_path / "data").exists()
