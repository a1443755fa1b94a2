"""From a request's headers to an actor: a bearer token, or the cookie of the playground."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from api.headers import Headers
from api.policy import ROLES, Actor, Role
from api.sessions import Sessions
from api.tokens import Grant, open_token
from graph.errors import Unauthenticated

_REMEMBERED = 1_024


class Authenticator:
    """Reads bearer tokens (RFC 6750), and remembers the last ones that were good.

    `key` is the 32-byte key that tokens are made with; `sessions` read the cookie of whoever sends no token.
    """

    def __init__(self, key: bytes, *, sessions: Sessions | None = None, roles: Mapping[str, Role] = ROLES) -> None:
        def grant(authorization: bytes) -> Grant:
            return open_token(key, _bearer(authorization), roles=roles)

        self._grant = lru_cache(_REMEMBERED)(grant)
        self._sessions = sessions

    def actor(self, authorization: bytes | None) -> Actor:
        """Return who sends the header; raises `Unauthenticated` without a good, unexpired token."""
        if not authorization:
            raise Unauthenticated("Send a token: 'Authorization: Bearer TOKEN'; `sightline token` makes one.")
        return self._grant(authorization).check()

    def sender(self, headers: Headers, *, method: str) -> Actor:
        """Return who sends a request, by token or else by cookie; raises `Unauthenticated`.

        A token that is sent decides, whatever cookie goes along.
        """
        if headers.authorization is None and headers.cookie is not None and self._sessions is not None:
            return self._sessions.actor(headers, method=method)
        return self.actor(headers.authorization)


def _bearer(authorization: bytes) -> str:
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Only 'Authorization: Bearer TOKEN' is read; `sightline token` makes a token.")
    return token.strip()
