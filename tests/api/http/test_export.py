from __future__ import annotations

import asyncio
import csv
import io
import re
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Message

from api.access.authentication import Authenticator
from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, MONITOR, Access, Actor, Role
from api.access.tokens import issue_token
from api.http.export import Asked, ExportEndpoint, Exports, visible
from api.serving.service import build_api, create_service
from api.telemetry import Telemetry
from graph.errors import Forbidden, StoreTimeout
from graph.model import MODEL, Sensitivity
from graph.settings import Settings
from graph.store import Store
from queries.asking.statement import rows_statement
from queries.export.files import file_of
from queries.export.writers import FileFormat
from tests.queries.export.reading import Graph, sheets
from tests.queries.files import BODY, HEADER, checked
from tests.queries.scenarios import DAY, LIBRARY

QUESTION = "sponsorsWithMultipleChildren"
SLOW = "busySponsors"
COUNTING = (
    "WITH sponsor, childCount, sum(COUNT { UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a }) AS n"
)


def token_of(settings: Settings, role: Role = INVESTIGATOR) -> str:
    return issue_token(derived_key(secret_key(settings), TOKENS), Actor("a test", role), timedelta(hours=1))


@pytest.fixture(scope="module")
def app(settings: Settings, store: Store) -> Starlette:
    slow = checked(HEADER, BODY.replace("RETURN", f"{COUNTING}\nRETURN"))
    return create_service(settings, store, build_api([*LIBRARY, slow]))


@pytest.fixture(scope="module")
def client(settings: Settings, app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://sightline",
        headers={"authorization": f"Bearer {token_of(settings)}"},
    )


@pytest.fixture
async def sponsors(empty: Store) -> Store:
    await empty.write(
        "UNWIND range(1, 1200) AS i CREATE (s:Sponsor {key: 's' + i, lastName: '=Reyes'}) WITH s, i UNWIND [1, 2] AS n "
        "CREATE (:Child {key: s.key + '-' + n})-[:HAS_PLACEMENT]->"
        "(:Placement {key: s.key + 'p' + n, releasedOn: date('2024-01-0' + n)})-[:WITH_SPONSOR]->(s)"
    )
    return empty


async def test_a_file_is_the_one_that_the_command_writes(client: httpx.AsyncClient, sponsors: Store) -> None:
    arguments = {"minChildren": 2, "asOf": DAY}
    for format_ in (FileFormat.CSV, FileFormat.JSON, FileFormat.GRAPHML):
        response = await client.post(f"/export/{QUESTION}.{format_}", json={"parameters": arguments})
        pieces = [piece async for piece in file_of(sponsors, LIBRARY[QUESTION], arguments, format_)]
        assert response.content == b"".join(pieces)
        assert (response.status_code, response.headers["content-type"]) == (200, format_.media_type)
        assert response.headers["content-disposition"] == f'attachment; filename="{QUESTION}.{format_}"'
        assert response.headers["cache-control"] == "no-store"


async def test_the_first_rows_and_defaults(client: httpx.AsyncClient, sponsors: Store) -> None:
    response = await client.post(f"/export/{QUESTION}.csv", json={"first": 3})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["sponsor.lastName"] for row in rows] == ["'=Reyes"] * 3
    assert len((await client.get(f"/export/{QUESTION}.json")).json()) == 1200
    assert len(sheets((await client.get(f"/export/{QUESTION}.xlsx")).content)[0]) == 1201
    graph = Graph((await client.post(f"/export/{QUESTION}.graphml", json={"first": 1})).content)
    assert {data["label"] for data in graph.nodes.values()} == {"Row", "Sponsor", "Placement"}


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "part"),
    [
        ("/export/sponsorsWithManyChildren.csv", {}, 404, "NOT_FOUND", "did you mean sponsorsWithMultipleChildren?"),
        (f"/export/{QUESTION}.pdf", {}, 404, "NOT_FOUND", "use csv, json, xlsx, graphml"),
        (f"/export/{QUESTION}", {}, 404, "NOT_FOUND", "no question"),
        (f"/export/{QUESTION}.csv", {"parameters": {"minChildren": 0}}, 400, "BAD_USER_INPUT", "minChildren must be"),
        (f"/export/{QUESTION}.csv", {"parameters": {"asOf": "soon"}}, 400, "BAD_USER_INPUT", "asOf must be"),
        (f"/export/{QUESTION}.csv", {"parameters": {"least": 1}}, 400, "BAD_USER_INPUT", "has no parameter least"),
        (f"/export/{QUESTION}.csv", {"parameters": []}, 400, "BAD_USER_INPUT", "'parameters' must be"),
        (
            f"/export/{QUESTION}.csv",
            {"minChildren": 2},
            400,
            "BAD_USER_INPUT",
            "parameters and first, and nothing else",
        ),
        (f"/export/{QUESTION}.csv", {"first": 0}, 400, "BAD_USER_INPUT", "'first' must be"),
        (f"/export/{QUESTION}.csv", {"first": True}, 400, "BAD_USER_INPUT", "'first' must be"),
        (f"/export/{QUESTION}.csv", [], 400, "BAD_USER_INPUT", "Batches"),
        (f"/export/{QUESTION}.csv?minChildren=2", {}, 400, "BAD_USER_INPUT", "in the body of a POST"),
        ("/export/", {}, 404, "NOT_FOUND", "nothing at this address"),
    ],
)
async def test_what_cannot_be_exported_is_said_in_a_sentence(
    client: httpx.AsyncClient, path: str, body: object, status: int, code: str, part: str
) -> None:
    response = await client.post(path, json=body)
    [error] = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (status, code)
    assert part in error["message"]
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert response.headers["content-type"].startswith("application/json")
    assert "content-disposition" not in response.headers


async def test_who_may_not_ask_gets_no_file(client: httpx.AsyncClient, settings: Settings) -> None:
    path = f"/export/{QUESTION}.csv"
    for value, status, code in (
        ("", 401, "UNAUTHENTICATED"),
        ("Bearer nonsense", 401, "UNAUTHENTICATED"),
        (f"Bearer {token_of(settings, MONITOR)}", 403, "FORBIDDEN"),
    ):
        response = await client.post(path, json={}, headers={"authorization": value})
        [error] = response.json()["errors"]
        assert (response.status_code, error["extensions"]["code"]) == (status, code)
    response = await client.put(path, json={})
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


async def test_requests_are_counted_under_one_name(client: httpx.AsyncClient, empty: Store) -> None:
    await client.get(f"/export/{QUESTION}.csv")
    await client.get("/export/Ana-Lopez.csv")
    text = (await client.get("/metrics")).text
    counted = set(re.findall(r'sightline_requests_total\{code="(\w+)",route="(/export/[^"]*)"\}', text))
    assert {("OK", "/export/{question}.{format}"), ("NOT_FOUND", "/export/{question}.{format}")} <= counted
    assert "Ana" not in text
    assert QUESTION not in text


async def test_a_client_that_goes_away_ends_its_question(
    app: Starlette,
    served: Callable[[Starlette], AbstractAsyncContextManager[int]],
    settings: Settings,
    sponsors: Store,
) -> None:
    async def until(wanted: int) -> None:
        statement = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $p"
        while True:
            if len(await sponsors.read(statement, {"p": "UNWIND range(1, 100000) AS a"})) == wanted:
                return
            await asyncio.sleep(0.05)

    async with served(app) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (
            f"GET /export/{SLOW}.csv HTTP/1.1\r\nhost: sightline\r\nauthorization: Bearer {token_of(settings)}\r\n\r\n"
        )
        writer.write(head.encode())
        async with asyncio.timeout(60):
            await until(1)
            writer.close()
            await until(0)


async def test_a_file_that_nobody_reads_holds_no_statement_and_its_token_may_have_few(
    settings: Settings,
    sponsors: Store,
    served: Callable[[Starlette], AbstractAsyncContextManager[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.http.protocol._WRITE_DEADLINE", 1.0)
    long = checked(HEADER, BODY.replace("RETURN", "UNWIND range(1, 20) AS again\nRETURN"))
    app = create_service(settings, sponsors, build_api([*LIBRARY, long]))
    head = f"GET /export/{SLOW}.csv HTTP/1.1\r\nhost: sightline\r\nauthorization: Bearer "

    async def until_none_runs() -> None:
        statement = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $p"
        while True:
            if not await sponsors.read(statement, {"p": "range(1, 20) AS again"}):
                return
            await asyncio.sleep(0.1)

    async def asked(port: int, token: str) -> asyncio.StreamWriter:
        small = socket.socket()
        small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        small.connect(("127.0.0.1", port))
        reader, writer = await asyncio.open_connection(sock=small, limit=1_000)
        writer.write(f"{head}{token}\r\n\r\n".encode())
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
        return writer

    first, second = token_of(settings), token_of(settings)
    async with served(app) as port, asyncio.timeout(200):
        unread = [await asked(port, first) for _ in range(2)]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            refused = await client.get(f"/export/{QUESTION}.csv", headers={"authorization": f"Bearer {first}"})
            if refused.status_code != 200:  # the two are cut off by then on a slow machine
                assert refused.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
            other = await client.get(f"/export/{QUESTION}.csv", headers={"authorization": f"Bearer {second}"})
            assert other.status_code == 200, other.text[:300]
        await until_none_runs()
        for writer in unread:
            writer.close()


class Endless(Exports):
    """Makes files without an end, and without a database."""

    async def file(self, *_: object) -> AsyncGenerator[bytes]:
        while True:
            yield b"row"


async def test_a_file_has_a_deadline_that_asking_and_sending_share(settings: Settings, store: Store) -> None:
    exports = Endless(store, MODEL, {question.name: question for question in LIBRARY}, deadline=0.1)
    endpoint = ExportEndpoint(exports, Authenticator(derived_key(secret_key(settings), TOKENS)), at_once=1)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "path_params": {"file": f"{QUESTION}.csv"},
        "headers": [(b"authorization", f"Bearer {token_of(settings)}".encode())],
    }
    Telemetry().request(scope, "an id")
    sent: list[str] = []

    async def receive() -> Message:
        await asyncio.sleep(600)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message["type"])
        await asyncio.sleep(0 if len(sent) < 10 else 600)

    for _ in range(2):
        sent.clear()
        with pytest.raises(StoreTimeout, match="was not read in time"):
            await asyncio.wait_for(endpoint(scope, receive, send), 60)
        assert sent == ["http.response.start", *["http.response.body"] * 9]


def test_a_question_that_reads_what_may_not_be_read_makes_no_file(store: Store) -> None:
    exports = Exports(store, MODEL, {question.name: question for question in LIBRARY})
    access = Access(frozenset(Sensitivity) - {Sensitivity.LOCATION})
    with pytest.raises(Forbidden, match=r"may not read Address\.deliverability"):
        exports.file(LIBRARY["releaseAddressesUnusable"], FileFormat.CSV, Asked({}), access, ())


async def test_a_column_that_may_not_be_read_is_left_out(empty: Store) -> None:
    await empty.write("CREATE (:Placement {key: 'p'})-[:RELEASED_TO]->(:Address {key: 'a', city: 'El Paso'})")
    columns = "//   placement: Placement -- The release.\n//   city: String of Address.city -- Where."
    header = re.sub(r"(?s)// parameters:.*?// key", f"// columns:\n{columns}\n// key", HEADER)
    header = header.replace("key: sponsor", "key: placement").replace("order: childCount DESC", "order: placed")
    header = header.replace("// key", "//   placed: Int! -- One.\n// key")
    body = "MATCH (p:Placement)-[:RELEASED_TO]->(a) RETURN p AS placement, a.city AS city, 1 AS placed\n"
    question = checked(header, body)
    exports = Exports(empty, MODEL, {question.name: question})
    heads = []
    for access in (INVESTIGATOR.access, Access(frozenset(Sensitivity) - {Sensitivity.LOCATION})):
        pieces = [piece async for piece in exports.file(question, FileFormat.CSV, Asked({}), access, ())]
        heads.append(b"".join(pieces).decode("utf-8-sig").splitlines())
    assert "city" in heads[0][0].split(",")
    assert "El Paso" in heads[0][1]
    assert "city" not in heads[1][0].split(",")
    assert "El Paso" not in heads[1][1]


def test_what_may_not_be_read_is_in_no_statement() -> None:
    access = Access(frozenset(Sensitivity) - {Sensitivity.IDENTITY}, frozenset({("Sponsor", "childCount")}))
    shown = visible(MODEL, access)
    statement = rows_statement(LIBRARY[QUESTION], shown, limited=False)
    assert "sponsor.identityVerified" in statement
    assert not [name for name in ("lastName", "dateOfBirth", "sponsor.childCount") if name in statement]
    assert visible(MODEL, INVESTIGATOR.access) is MODEL
    assert all(not relationship.properties for relationship in visible(MODEL, MONITOR.access).relationships)
