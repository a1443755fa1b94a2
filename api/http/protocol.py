"""uvicorn's HTTP protocol class with what it lacks: limits before the body, and requests that offer HTTP/2."""

from __future__ import annotations

import asyncio

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

_LARGEST_HEAD = 65_536
_HEAD_DEADLINE = 30.0
_WRITE_DEADLINE = 10.0
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_NO_HOST = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 29\r\n"
    b"connection: close\r\n\r\nSend the Host header, once.\r\n"
)
_UPGRADE_HEADERS = (b"connection", b"upgrade", b"http2-settings")


class BoundedProtocol(HttpToolsProtocol):
    """Limits what a client may send before its body, and how long it may leave an answer unread.

    Headers of more than 64 KiB are refused (431), and so is a request that does not have exactly one `Host` (400). The
    connection is closed if the headers or a refused body have not ended after 30 s. It is cut off if the client reads
    nothing of a long answer for 10 s; the work on the answer is then cancelled.

    An offer to upgrade is declined by answering the request normally, including its body (RFC 9110, section 7.8).
    Java's HTTP client sends such an offer by default. The parser would drop that request's body, so it is fed the
    request again without the offer.
    """

    _head = 0
    _in_message = False
    _deadline: asyncio.TimerHandle | None = None
    _offered: bytes | None = None
    _unread: asyncio.TimerHandle | None = None
    _arrived = 0
    _refusal: bytes | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Feed the parser, counting what comes before the end of the headers."""
        self._unset_keepalive_if_required()
        if self._deadline is None and self._idle():
            self._expect()
        if not self._in_message:
            self._head += len(data)
        self._arrived = max(self._head, len(data))
        try:
            self._feed(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            if self._refusal is None:
                self.send_400_response("This is not HTTP/1.1.")
            else:
                self.transport.write(self._refusal)
                self.transport.close()
        if not self._in_message and self._head > _LARGEST_HEAD and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Start to answer, unless the request must be parsed again or is refused."""
        self._settle()
        self._check_head()
        self._head = 0
        self._in_message = True
        if self.parser.should_upgrade():
            kept = [pair for pair in self.headers if pair[0] not in _UPGRADE_HEADERS]
            lines = [b"%s: %s" % pair for pair in kept]
            self._offered = b"\r\n".join([b"%s %s HTTP/1.1" % (self.parser.get_method(), self.url), *lines, b"\r\n"])
        else:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note the body's end, and wait for the next request if this one is already answered."""
        self._in_message = False
        if self._offered is None:
            super().on_message_complete()
            if self._deadline is not None:
                self._settle()
                self._expect()

    def shutdown(self) -> None:
        """Let an answer finish; close at once if the only request has not arrived completely."""
        if self._in_message and not self.pipeline:
            self.transport.close()
        else:
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._settle()
        self._read_on()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for the client to read."""
        super().pause_writing()
        self._look_later()

    def resume_writing(self) -> None:
        """Stop waiting: the client has read."""
        self._read_on()
        super().resume_writing()

    def _look_later(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(_WRITE_DEADLINE, self._cut_off_unless_read, left)

    def _cut_off_unless_read(self, left: int) -> None:
        if self.transport.get_write_buffer_size() < left:
            self._look_later()
        else:
            self.transport.abort()

    def _read_on(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _check_head(self) -> None:
        """Refuse headers that are too large, or that do not name exactly one host.

        Raises an exception that makes the parser stop.
        """
        if self._arrived > _LARGEST_HEAD:
            size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if size > _LARGEST_HEAD:
                self._refuse(_TOO_LARGE)
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts != 1 and (hosts or self.parser.get_http_version() == "1.1"):
            self._refuse(_NO_HOST)

    def _refuse(self, response: bytes) -> None:
        self._refusal = response
        raise ConnectionError("the request is refused")

    def _feed(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            again, self._offered = self._offered or b"", None
            self.parser = httptools.HttpRequestParser(self)
            self.parser.feed_data(again + data[upgrade.args[0] :])

    def _idle(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _expect(self) -> None:
        self._deadline = self.loop.call_later(_HEAD_DEADLINE, self._close)

    def _settle(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()
