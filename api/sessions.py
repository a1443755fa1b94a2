"""Sessions of browsers: a cookie that says who is signed in, and the rules under which it counts.

A cookie goes along with whatever a page makes the browser send, so it counts only where no other site can have
made it: for a POST that the browser says comes from this origin, or for what has no effect and is read by nobody
but this origin. A session is a token under a key of its own, so that a cookie is no bearer token, nor the reverse.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from api.headers import Headers
from api.policy import Actor
from api.tokens import issue_token, read_token
from graph.errors import Unauthenticated

LIFETIME = timedelta(hours=12)

_HOW = "Open a sign-in address first; `sightline sign-in` prints one."


class Sessions:
    """Makes and reads the session cookie; `key` is the derived key of `api.keys.SESSIONS`.

    The cookie's name is the installation's own, since browsers do not tell the ports of a host apart.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._name = f"sightline-{sha256(b'cookie name' + key).hexdigest()[:12]}"

    def start(self, actor: Actor, *, secure: bool) -> str:
        """Return the `Set-Cookie` value that signs the actor in; `secure` when the address is https."""
        return self._set(issue_token(self._key, actor, LIFETIME), int(LIFETIME.total_seconds()), secure=secure)

    def end(self, *, secure: bool) -> str:
        """Return the `Set-Cookie` value that signs out."""
        return self._set("", 0, secure=secure)

    def visitor(self, headers: Headers) -> Actor:
        """Return who asks for a page or a file of it; raises `Unauthenticated`.

        No other site can read such a response, and asking changes nothing, so the cookie is enough.
        """
        token = _cookie(headers.cookie or b"", self._name.encode())
        if token is None:
            raise Unauthenticated(_HOW)
        try:
            return read_token(self._key, token.decode("latin-1"))
        except Unauthenticated:
            raise Unauthenticated(f"The session is over. {_HOW}") from None

    def actor(self, headers: Headers, *, method: str) -> Actor:
        """Return who sends a request of the page; raises `Unauthenticated` for one that may come from elsewhere."""
        actor = self.visitor(headers)
        if method != "POST":
            raise Unauthenticated("The playground's cookie counts for POST alone; send a token for other methods.")
        if not from_same_origin(headers):
            raise Unauthenticated("The playground's cookie counts for its own page alone; send a token from elsewhere.")
        return actor

    def _set(self, value: str, seconds: int, *, secure: bool) -> str:
        cookie = f"{self._name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict"
        return f"{cookie}; Secure" if secure else cookie


def from_same_origin(headers: Headers) -> bool:
    """Tell whether the browser vouches that a page of this origin sent the request.

    `Sec-Fetch-Site` tells it where the address counts as trustworthy (https, loopback). `Origin` is sent with every
    POST; its scheme is not compared, because a proxy may have taken TLS off.
    """
    if headers.fetch_site is not None and headers.fetch_site != b"same-origin":
        return False
    if headers.origin is None:
        return False
    origin = urlsplit(headers.origin.decode("latin-1"))
    return bool(origin.netloc) and origin.netloc.lower() == (headers.host or b"").decode("latin-1").lower()


def _cookie(header: bytes, name: bytes) -> bytes | None:
    for pair in header.split(b";"):
        found, equals, value = pair.strip().partition(b"=")
        if equals and found == name:
            return value.strip()
    return None
