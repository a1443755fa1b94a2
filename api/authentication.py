"""From the `Authorization` header to an actor."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from api.policy import ROLES, Actor, Role
from api.tokens import Grant, open_token
from graph.errors import Unauthenticated

_REMEMBERED = 1_024


class Authenticator:
    """Reads bearer tokens (RFC 6750), and remembers the last ones that were good.

    `key` is the 32-byte key that tokens are made with.
    """

    def __init__(self, key: bytes, *, roles: Mapping[str, Role] = ROLES) -> None:
        def grant(authorization: bytes) -> Grant:
            return open_token(key, _bearer(authorization), roles=roles)

        self._grant = lru_cache(_REMEMBERED)(grant)

    def actor(self, authorization: bytes | None) -> Actor:
        """Return who sends the header; raises `Unauthenticated` without a good, unexpired token."""
        if not authorization:
            raise Unauthenticated("Send a token: 'Authorization: Bearer TOKEN'; `sightline token` makes one.")
        return self._grant(authorization).check()


def _bearer(authorization: bytes) -> str:
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Only 'Authorization: Bearer TOKEN' is read; `sightline token` makes a token.")
    return token.strip()
