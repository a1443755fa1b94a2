"""A cheap client: requests are bytes made beforehand, and answers are the bytes of a body."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self, cast
from urllib.parse import urlsplit


def request(url: str, content: object, *, token: str) -> bytes:
    """Return a whole HTTP/1.1 request that posts JSON to an address."""
    parts = urlsplit(url)
    body = json.dumps(content).encode()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection(asyncio.Protocol):
    """One connection that is kept open, with one request at a time."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._end = -1
        self._start = 0
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def to(cls, url: str) -> Self:
        """Open a connection to the server of an address."""
        parts = urlsplit(url)
        _, protocol = await asyncio.get_running_loop().create_connection(cls, parts.hostname or "", parts.port or 80)
        return protocol

    async def send(self, wanted: bytes) -> bytes:
        """Send a request and return the body of its answer; raises `ConnectionError` for any status but 200."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._buffer.clear()
        self._end = -1
        self._transport.write(wanted)
        return await self._answer

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer; its length is in its headers."""
        self._buffer += data
        if self._end < 0:
            self._read_head()
        if 0 <= self._end <= len(self._buffer) and self._answer is not None and not self._answer.done():
            self._answer.set_result(bytes(self._buffer[self._start : self._end]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Make the waiting request fail."""
        self._fail("the server closed the connection")

    def _read_head(self) -> None:
        at = self._buffer.find(b"\r\n\r\n")
        if at < 0:
            return
        head = self._buffer[:at].lower()
        _, found, rest = head.partition(b"\r\ncontent-length:")
        if not found or not head.startswith(b"http/1.1 200"):
            self._fail(bytes(self._buffer[:1000]).decode("utf-8", "replace"))
            return
        self._start = at + 4
        self._end = self._start + int(rest.partition(b"\r\n")[0])

    def _fail(self, reason: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError(reason))


async def ask(connection: Connection, wanted: bytes) -> Any:
    """Return an answer's JSON; raises `ConnectionError` when it has errors."""
    found = json.loads(await connection.send(wanted))
    if found.get("errors"):
        raise ConnectionError(json.dumps(found["errors"][0])[:1000])
    return found["data"]
