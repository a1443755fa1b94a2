"""uvicorn's HTTP protocol with what it lacks: bounds on what precedes a body, and requests that offer HTTP/2."""

from __future__ import annotations

import asyncio

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

_LARGEST_HEAD = 65_536
_HEAD_DEADLINE = 30.0
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_UPGRADE_HEADERS = (b"connection", b"upgrade", b"http2-settings")


class BoundedProtocol(HttpToolsProtocol):
    """Refuse (431) when 64 KiB bring no end of the headers; close when 30 s bring none, or no end of a refused body.

    An offer to upgrade is declined by answering the request as it is, body and all (RFC 9110, section 7.8);
    Java's HTTP client sends one by default. The parser would drop such a request's body, so it is fed the
    request once more without the offer.
    """

    _head = 0
    _in_message = False
    _deadline: asyncio.TimerHandle | None = None
    _offered: bytes | None = None

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
        try:
            self._feed(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.send_400_response("This is not HTTP/1.1.")
        if not self._in_message and self._head > _LARGEST_HEAD and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Start to answer, unless the request must be fed again."""
        self._settle()
        self._head = 0
        self._in_message = True
        if self.parser.should_upgrade():
            kept = [pair for pair in self.headers if pair[0] not in _UPGRADE_HEADERS]
            lines = [b"%s: %s" % pair for pair in kept]
            self._offered = b"\r\n".join([b"%s %s HTTP/1.1" % (self.parser.get_method(), self.url), *lines, b"\r\n"])
        else:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note the body's end, and wait for a next request if this one is answered already."""
        self._in_message = False
        if self._offered is None:
            super().on_message_complete()
            if self._deadline is not None:
                self._settle()
                self._expect()

    def shutdown(self) -> None:
        """Let an answer be finished; close at once where the only request has not come whole."""
        if self._in_message and not self.pipeline:
            self.transport.close()
        else:
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._settle()
        super().connection_lost(exc)

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
