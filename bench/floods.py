"""Floods: how long another client's page and `/readyz` take while one token asks for as much as it can.

Each flood is 100 to 110 clients of one token. They repeat their request as soon as it is answered, or a second after it
is refused: heavy operations, operations that wait for a future bookmark, and files that nobody reads.
"""

from __future__ import annotations

import asyncio
import secrets
import statistics
import time
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.client import request
from bench.graphs import at_scale
from bench.measuring import connected
from bench.results import summary
from bench.systems import System, answering, database, ours, token_of
from bench.workloads import Asked
from graph.store import Store

SCALE = 0.02
CLIENTS = 110
UNREAD = 100
MOST = 3.0
"""How many times as long as on a quiet server the other client's page may take."""
MOST_SECONDS = 20.0
WARMING = 300
BEGINNING_SECONDS = 3.0
_QUESTIONS = " ".join(f'a{n}: childrenNeverReached(asOf: "2024-05-{n + 1:02}") {{ totalCount }}' for n in range(30))
_HEAVY = f"{{ {_QUESTIONS} }}"
_LONG = "/export/childrenNeverReached.csv"


async def floods(data: Path, folder: Path, *, turns: int) -> dict[str, Any]:
    """Return the figures of each flood: the medians of the other client's page and of `/readyz`, before and during."""
    secret = secrets.token_urlsafe(32)
    async with at_scale(data, SCALE) as (opened, _):
        mark = await _bookmark_to_come(opened.store)
        with ours(database(opened.access), folder / "floods", secret=secret) as system:
            await answering(system.url)
            stranger = System("ours", system.url, token_of(secret))
            await _times(stranger, WARMING)
            found = {}
            for name, flood in _floods(system, mark).items():
                quiet = await _times(stranger, turns)
                async with _running(flood):
                    meanwhile = await _times(stranger, turns)
                found[name] = _figures(quiet, meanwhile)
            return found


def _floods(system: System, mark: str) -> dict[str, list[Callable[[], Awaitable[bytes]]]]:
    heavy = request(system.url, {"query": _HEAVY}, token=system.token)
    waiting = request(system.url, {"query": "{ __typename children { totalCount } }"}, token=system.token)
    waiting = waiting.replace(b"\r\n", b"\r\nX-Sightline-Bookmarks: " + mark.encode() + b"\r\n", 1)
    parts = urlsplit(system.url)
    unread = f"GET {_LONG} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {system.token}\r\n\r\n".encode()
    return {
        "heavy": [lambda: _asked(parts.port or 80, heavy)] * CLIENTS,
        "bookmarks": [lambda: _asked(parts.port or 80, waiting)] * CLIENTS,
        "unread": [lambda: _unread(parts.port or 80, unread)] * UNREAD,
    }


async def _asked(port: int, wanted: bytes) -> bytes:
    """Send a request, and return the first line of the answer when all of it has arrived."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(wanted)
        return await reader.readline()
    finally:
        writer.close()


async def _unread(port: int, wanted: bytes) -> bytes:
    """Send a request, and read only the first line of the answer until the server cuts the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_000)
    try:
        writer.write(wanted)
        first = await reader.readline()
        if b" 200 " in first:
            await asyncio.sleep(60)
        return first
    finally:
        writer.transport.abort()


@asynccontextmanager
async def _running(clients: list[Callable[[], Awaitable[bytes]]]) -> AsyncIterator[None]:
    async def again(ask: Callable[[], Awaitable[bytes]]) -> None:
        while True:
            answer = b""
            with suppress(OSError):
                answer = await ask()
            if b" 200 " not in answer:
                await asyncio.sleep(1)

    tasks = [asyncio.create_task(again(ask)) for ask in clients]
    try:
        await asyncio.sleep(BEGINNING_SECONDS)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _times(stranger: System, turns: int) -> dict[str, list[float]]:
    """Return the times of the page and of `/readyz`, requested one after the other."""
    page = Asked("page", ("page", {}), ("", {}), ("", ()))
    port = urlsplit(stranger.url).port or 80
    found: dict[str, list[float]] = {"page": [], "readyz": []}
    ends = time.monotonic() + MOST_SECONDS
    async with connected(stranger) as asker:
        while len(found["page"]) < turns and time.monotonic() < ends:
            found["page"].append(await asker.seconds(page))
            began = time.perf_counter()
            if b" 200 " not in await _asked(port, b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"):
                raise ConnectionError("the server says that it is not ready")
            found["readyz"].append(time.perf_counter() - began)
    return found


async def _bookmark_to_come(store: Store) -> str:
    """Return a bookmark of a transaction far ahead."""
    await store.write("CYPHER 25 MERGE (:BenchMark {key: 'bench'})")
    await store.write("CYPHER 25 MATCH (n:BenchMark) DELETE n")
    (mark,) = store.last_bookmarks()
    return "FB:" + b64encode(b64decode(mark.removeprefix("FB:") + "===")[:19] + b"\xca\x7f\xff\xff\xff\x90").decode()


def _figures(quiet: Mapping[str, list[float]], meanwhile: Mapping[str, list[float]]) -> dict[str, Any]:
    ratio = round(statistics.median(meanwhile["page"]) / statistics.median(quiet["page"]), 2)
    return {
        "over_quiet": ratio,
        "same": ratio <= MOST,
        "page_ms": {"quiet": summary(quiet["page"]), "meanwhile": summary(meanwhile["page"])},
        "readyz_ms": {"quiet": summary(quiet["readyz"]), "meanwhile": summary(meanwhile["readyz"])},
    }
