"""Browser sessions: a cookie that says who is signed in, and the rules for when it is accepted.

The cookie goes with whatever requests a page makes the browser send. So it is accepted only if no other site can misuse
the request: for a POST that the browser says comes from this origin, or for a request that has no effect and whose
response only this origin can read. A session is a token made with a separate key, so a cookie is not a valid bearer
token, nor the reverse. Signing out revokes it.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import cookie_parser
from starlette.responses import Response

from api.access.policy import Actor
from api.access.revocations import Revocations
from api.access.tokens import Grant, issue_token, open_token
from api.headers import Headers
from graph.errors import Unauthenticated

LIFETIME = timedelta(hours=12)

_HOW = "Open a sign-in address first; `sightline sign-in` prints one."


class Sessions:
    """Makes and reads the session cookie; `key` is the key derived for `api.access.keys.SESSIONS`.

    Each installation has a different name for the cookie, since browsers share cookies among all ports of a host.
    """

    def __init__(self, key: bytes, revocations: Revocations | None = None) -> None:
        self._key = key
        self._revocations = revocations or Revocations()
        self._name = f"sightline-{sha256(b'cookie name' + key).hexdigest()[:12]}"

    def start(self, response: Response, actor: Actor, *, secure: bool) -> None:
        """Sign the actor in with a cookie that the response sets; `secure` if the address is https."""
        self._set(response, issue_token(self._key, actor, LIFETIME), LIFETIME, secure=secure)

    def end(self, response: Response, headers: Headers) -> None:
        """End the session that a request comes from, for everyone who has its cookie; the response deletes the cookie.

        Raises `BadInput` if that cannot be stored.
        """
        try:
            grant = self._grant(headers)
        except Unauthenticated:
            pass
        else:
            self._revocations.revoke(grant.id, grant.expires)
        self._set(response, "", timedelta(0), secure=headers.secure)

    def visitor(self, headers: Headers) -> Actor:
        """Return the actor who requests a page or one of its files; raises `Unauthenticated`.

        No other site can read the response, and the request changes nothing, so the cookie is enough.
        """
        return self._grant(headers).actor

    def actor(self, headers: Headers, *, method: str) -> Actor:
        """Return the actor who sends a request of the page; raises `Unauthenticated` if it may come from elsewhere."""
        actor = self.visitor(headers)
        if method != "POST":
            raise Unauthenticated("The playground's cookie counts for POST alone; send a token for other methods.")
        if not from_same_origin(headers):
            raise Unauthenticated("The playground's cookie counts for its own page alone; send a token from elsewhere.")
        return actor

    def _grant(self, headers: Headers) -> Grant:
        token = cookie_parser((headers.cookie or b"").decode("latin-1")).get(self._name)
        if token is None:
            raise Unauthenticated(_HOW)
        try:
            grant = open_token(self._key, token)
            grant.check(self._revocations)
        except Unauthenticated:
            raise Unauthenticated(f"The session is over. {_HOW}") from None
        return grant

    def _set(self, response: Response, value: str, lifetime: timedelta, *, secure: bool) -> None:
        seconds = int(lifetime.total_seconds())
        response.set_cookie(self._name, value, seconds, secure=secure, httponly=True, samesite="strict")


def from_same_origin(headers: Headers) -> bool:
    """Tell whether the browser confirms that a page of this origin sent the request.

    `Sec-Fetch-Site` says so if the browser considers the address trustworthy (https, loopback). `Origin` is sent with
    every POST. Its scheme is compared only if the request is known to have come over https, since otherwise a proxy may
    have terminated TLS.
    """
    if headers.fetch_site is not None and headers.fetch_site != b"same-origin":
        return False
    if headers.origin is None:
        return False
    origin = urlsplit(headers.origin.decode("latin-1"))
    if headers.secure and origin.scheme != "https":
        return False
    return bool(origin.netloc) and origin.netloc.lower() == (headers.host or b"").decode("latin-1").lower()
