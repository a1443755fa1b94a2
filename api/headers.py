"""The request headers that matter here, and what media type the client wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Scope

from api.errors import RequestRefused

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"

_LONGEST_ACCEPT = 2_000
_MOST_BOOKMARKS = 20
_BOOKMARK = re.compile(rb"FB:[A-Za-z0-9+/=_-]{1,1000}")  # the server fails on marks that begin otherwise
_UTF_8 = ("utf-8", "utf8")


@dataclass(slots=True)
class Headers:
    """The headers that are read, as sent; repeated ones are joined by a comma, cookies by a semicolon."""

    accept: bytes | None = None
    authorization: bytes | None = None
    content_type: bytes | None = None
    content_length: bytes | None = None
    content_encoding: bytes | None = None
    cookie: bytes | None = None
    host: bytes | None = None
    origin: bytes | None = None
    fetch_site: bytes | None = None
    bookmarks: bytes | None = None
    secure: bool = False
    """Whether the request came by https, as a trusted proxy may tell."""

    def body_type(self) -> tuple[str, str]:
        """Return the body's media type and charset, in lower case; UTF-8 when none is given."""
        return _body_type((self.content_type or b"")[:_LONGEST_ACCEPT])

    def response_type(self) -> str:
        """Return the media type to answer in; raises `RequestRefused` (406) when none is acceptable."""
        if self.accept is None:
            return JSON
        media_type = _negotiate(self.accept[:_LONGEST_ACCEPT])
        if media_type is None:
            raise RequestRefused(f"Only '{GRAPHQL_RESPONSE}' and '{JSON}', in UTF-8, can be answered.", status=406)
        return media_type

    def bookmark_list(self) -> tuple[str, ...]:
        """Return the database's bookmarks that the answer must not be older than; raises `RequestRefused`."""
        if self.bookmarks is None:
            return ()
        marks = [mark.strip() for mark in self.bookmarks.split(b",")]
        if len(marks) > _MOST_BOOKMARKS or not all(map(_BOOKMARK.fullmatch, marks)):
            raise RequestRefused(
                f"X-Sightline-Bookmarks holds up to {_MOST_BOOKMARKS} of the database's bookmarks, joined by commas."
            )
        return tuple(mark.decode("ascii") for mark in marks)


_NAMES = {
    b"accept": "accept",
    b"authorization": "authorization",
    b"content-type": "content_type",
    b"content-length": "content_length",
    b"content-encoding": "content_encoding",
    b"cookie": "cookie",
    b"host": "host",
    b"origin": "origin",
    b"sec-fetch-site": "fetch_site",
    b"x-sightline-bookmarks": "bookmarks",
}


def read_headers(scope: Scope) -> Headers:
    """Pick the headers from an ASGI scope."""
    headers = Headers(secure=scope.get("scheme") == "https")
    for name, value in scope["headers"]:
        field = _NAMES.get(name)
        if field is not None:
            before = getattr(headers, field)
            joint = b"; " if field == "cookie" else b", "
            setattr(headers, field, value if before is None else before + joint + value)
    return headers


@lru_cache(256)
def _negotiate(accept: bytes) -> str | None:
    """Choose by RFC 9110, section 12.5.1.

    The most specific range decides each type's quality; the higher quality wins, then the more specific range,
    then the order of the client.
    """
    ranges = []
    for place, text in enumerate(accept.decode("latin-1").split(",")):
        kind, parameters = _parse_media_type(text)
        if kind and parameters.get("charset", "utf-8") in _UTF_8:
            ranges.append((kind, _quality(parameters.get("q", "1")), place))
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen = None
    for media_type in (JSON, GRAPHQL_RESPONSE):
        fitting = [
            (specific, quality, -place)
            for kind, quality, place in ranges
            for specific, pattern in enumerate(("*/*", "application/*", media_type))
            if kind == pattern
        ]
        if fitting:
            specific, quality, place = max(fitting)
            if quality > 0 and (quality, specific, place) > best:
                best, chosen = (quality, specific, place), media_type
    return chosen


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


@lru_cache(64)
def _body_type(content_type: bytes) -> tuple[str, str]:
    kind, parameters = _parse_media_type(content_type.decode("latin-1"))
    return kind, parameters.get("charset", "utf-8")


def _parse_media_type(text: str) -> tuple[str, dict[str, str]]:
    kind, *rest = text.split(";")
    pairs = (part.partition("=") for part in rest)
    parameters = {name.strip().lower(): value.strip().strip('"').lower() for name, _, value in pairs}
    return kind.strip().lower(), parameters
