"""Finds the actor of a request from its headers: by a bearer token, or by the playground's cookie."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import lru_cache

from api.access.policy import ROLES, Actor, Role
from api.access.sessions import Sessions
from api.access.tokens import Grant, open_token
from api.headers import Headers
from graph.errors import Unauthenticated

_REMEMBERED = 1_024


class Authenticator:
    """Reads bearer tokens (RFC 6750), and remembers the most recent valid ones.

    `key` is the 32-byte key that tokens are made with. `sessions` read the cookie of requests without a token.
    `revoked` has the ids of tokens that are no longer valid.
    """

    def __init__(
        self,
        key: bytes,
        *,
        sessions: Sessions | None = None,
        revoked: Container[str] = (),
        roles: Mapping[str, Role] = ROLES,
    ) -> None:
        def grant(authorization: bytes) -> Grant:
            return open_token(key, _bearer(authorization), roles=roles)

        self._grant = lru_cache(_REMEMBERED)(grant)
        self._sessions = sessions
        self._revoked = revoked

    def actor(self, authorization: bytes | None) -> Actor:
        """Return the actor whose token the header has; raises `Unauthenticated` without a valid, unexpired token."""
        if not authorization:
            raise Unauthenticated("Send a token: 'Authorization: Bearer TOKEN'; `sightline token` makes one.")
        return self._grant(authorization).check(self._revoked)

    def sender(self, headers: Headers, *, method: str) -> Actor:
        """Return the actor who sends a request, by its token or else by its cookie; raises `Unauthenticated`.

        If there is a token, the cookie is ignored.
        """
        if headers.authorization is None and headers.cookie is not None and self._sessions is not None:
            return self._sessions.actor(headers, method=method)
        return self.actor(headers.authorization)


def _bearer(authorization: bytes) -> str:
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Only 'Authorization: Bearer TOKEN' is read; `sightline token` makes a token.")
    return token.strip()
