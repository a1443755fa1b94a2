from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

import pytest
from starlette.applications import Starlette

from api.execution import Answer

Served = Callable[[Starlette], AbstractAsyncContextManager[int]]
MakeApp = Callable[..., Starlette]

BODY = b'{"query": "{ greeting }"}'
ANSWER = b'{"data":{"greeting":"hello"}}'
OFFER = "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"


def head(token: str, *lines: str) -> bytes:
    first = f"POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
    return (first + "".join(lines) + "\r\n").encode()


async def talk(port: int, *parts: bytes, end: bytes = b"}") -> bytes:
    """Send the parts one by one; return what comes up to `end`, or until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.01)
        return await asyncio.wait_for(reader.readuntil(end), 20)
    except asyncio.IncompleteReadError as closed:
        return closed.partial
    finally:
        writer.close()


async def test_an_offer_of_http_2_is_declined_by_answering(make_app: MakeApp, served: Served, token: str) -> None:
    length = f"content-length: {len(BODY)}\r\n"
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    async with served(make_app()) as port:
        assert ANSWER in await talk(port, head(token, OFFER, length) + BODY, end=ANSWER)
        assert ANSWER in await talk(port, head(token, OFFER, length), BODY[:5], BODY[5:], end=ANSWER)
        assert ANSWER in await talk(port, head(token, OFFER, "transfer-encoding: chunked\r\n"), chunks, end=ANSWER)


async def test_other_offers_and_methods(make_app: MakeApp, served: Served) -> None:
    async with served(make_app()) as port:
        offered = await talk(
            port, b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
        )
        assert offered.startswith(b"HTTP/1.1 200")
        for sent in (b"CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n", b"NONSENSE\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n"):
            assert (await talk(port, sent, end=b"\x00")).startswith(b"HTTP/1.1 400")


async def test_headers_without_end_are_refused(make_app: MakeApp, served: Served) -> None:
    async with served(make_app()) as port:
        parts = [b"GET /healthz HTTP/1.1\r\nhost: x\r\nx: ", *[b"a" * 10_000] * 8]
        assert (await talk(port, *parts, end=b"\r\n\r\n")).startswith(b"HTTP/1.1 431")


async def test_headers_that_are_too_large_are_refused_however_they_come(
    make_app: MakeApp, served: Served, token: str
) -> None:
    line = "x: " + "a" * 1_000 + "\r\n"
    large, good = head(token, line * 70), head(token, f"content-length: {len(BODY)}\r\n") + BODY
    async with served(make_app()) as port:
        assert (await talk(port, large, end=b"\r\n\r\n")).startswith(b"HTTP/1.1 431")
        assert (await talk(port, head(token, OFFER, line * 70), end=b"\r\n\r\n")).startswith(b"HTTP/1.1 431")
        after_another = await talk(port, b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n" + large, end=b"\0")
        assert b"HTTP/1.1 431" in after_another
        assert ANSWER in await talk(port, head(token, line * 60, f"content-length: {len(BODY)}\r\n") + BODY, end=ANSWER)
        large_body = b" " * 200_000 + BODY
        assert ANSWER in await talk(
            port, head(token, f"content-length: {len(large_body)}\r\n") + large_body + good, end=ANSWER
        )


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (b"HTTP/1.1\r\n", b"400"),
        (b"HTTP/1.1\r\nhost: x\r\nHost: x\r\n", b"400"),
        (b"HTTP/1.1\r\nhost: x\r\nhost: elsewhere\r\nconnection: upgrade\r\nupgrade: h2c\r\n", b"400"),
        (b"HTTP/1.0\r\nhost: x\r\nhost: y\r\n", b"400"),
        (b"HTTP/1.0\r\n", b"200"),
        (b"HTTP/1.1\r\nHOST: x\r\n", b"200"),
    ],
)
async def test_a_request_names_one_host(make_app: MakeApp, served: Served, lines: bytes, status: bytes) -> None:
    async with served(make_app()) as port:
        got = await talk(port, b"GET /healthz " + lines + b"\r\n", end=b"\r\n\r\n")
        assert got.split(b" ")[1] == status


async def test_an_answer_that_nobody_reads_is_cut_off(
    make_app: MakeApp, served: Served, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.protocol._WRITE_DEADLINE", 0.5)

    async def long(*_: object) -> Answer:
        return Answer({"greeting": "x" * 30_000_000})

    good = head(token, f"content-length: {len(BODY)}\r\n") + BODY
    async with served(make_app(long)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(good)
        await asyncio.sleep(2)
        assert len(await _rest(reader)) < 30_000_000
        writer.close()

        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(good)
        for _ in range(20):
            assert await reader.readexactly(1_000_000)
            await asyncio.sleep(0.1)
        writer.close()


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """Return what still comes before the connection ends or breaks."""
    pieces = []
    with suppress(ConnectionError):
        while piece := await asyncio.wait_for(reader.read(1_000_000), 60):
            pieces.append(piece)
    return b"".join(pieces)


async def test_headers_that_do_not_come_are_not_waited_for(
    make_app: MakeApp, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.protocol._HEAD_DEADLINE", 0.5)
    async with served(make_app()) as port:
        assert await talk(port) == b""
        assert await talk(port, b"GET /healthz HTTP/1.1\r\nhost: x\r\n") == b""
        assert (await talk(port, b"GET /healthz HTTP/1.1\r\nhost: x\r\n", b"\r\n")).startswith(b"HTTP/1.1 200")


async def test_a_slow_answer_is_no_slow_request(
    make_app: MakeApp, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.protocol._HEAD_DEADLINE", 0.1)

    async def slow() -> bool:
        await asyncio.sleep(0.3)
        return True

    async with served(make_app(readiness=slow)) as port:
        assert (await talk(port, b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def test_the_rest_of_a_refused_body_is_passed_over(make_app: MakeApp, served: Served, token: str) -> None:
    large = b" " * 3_000_000
    refused = head(token, f"content-length: {len(large)}\r\n")
    good = head(token, f"content-length: {len(BODY)}\r\n")
    async with served(make_app()) as port:
        got = await talk(port, refused, large, good + BODY, end=ANSWER)
        assert got.startswith(b"HTTP/1.1 413")
        assert got.endswith(ANSWER)


async def test_requests_sent_together_are_answered_in_turn(make_app: MakeApp, served: Served, token: str) -> None:
    good = head(token, f"content-length: {len(BODY)}\r\n") + BODY
    async with served(make_app()) as port:
        got = await talk(port, good * 2 + b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", end=b'{"status":"ok"}')
        assert got.count(ANSWER) == 2


async def test_a_request_that_has_not_come_whole_does_not_hold_up_the_end(
    make_app: MakeApp, served: Served, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with served(make_app()) as port:
        waiting = [
            asyncio.create_task(talk(port, head(token, "content-length: 500\r\n"), BODY, end=b"\x00")),
            asyncio.create_task(talk(port, b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-", end=b"\x00")),
        ]
        await asyncio.sleep(0.2)
    assert await asyncio.gather(*waiting) == [b"", b""]
    assert [record.name for record in caplog.records] == []  # uvicorn tells of tasks that it had to cancel


async def test_an_answer_is_finished_though_the_next_request_has_not_come_whole(
    make_app: MakeApp, served: Served, token: str
) -> None:
    begun = asyncio.Event()

    async def slow() -> bool:
        begun.set()
        await asyncio.sleep(0.3)
        return True

    async with served(make_app(readiness=slow)) as port:
        sent = b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n" + head(token, "content-length: 500\r\n") + BODY
        waiting = asyncio.create_task(talk(port, sent, end=b"\r\n\r\n"))
        await begun.wait()
    assert (await waiting).startswith(b"HTTP/1.1 200")
