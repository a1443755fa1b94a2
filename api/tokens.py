"""Access tokens: who asks, in what role, until when.

Made with Fernet of `cryptography`, because it is one well-kept call that authenticates in constant time, and
hides the holder's name from whoever finds a token in a log. Without padding, a token is safe in addresses,
headers and shells.
"""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import orjson
from cryptography.fernet import Fernet, InvalidToken

from api.policy import ROLES, Actor, Role
from graph.errors import BadInput, Unauthenticated

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token says: the actor, and when it ends (seconds since 1970)."""

    actor: Actor
    expires: float

    def check(self) -> Actor:
        """Return the actor, or raise `Unauthenticated` when the time is over."""
        if time.time() >= self.expires:
            raise Unauthenticated("The token has expired; make a new one with `sightline token`.")
        return self.actor


def issue_token(key: bytes, actor: Actor, lifetime: timedelta) -> str:
    """Return a token for the actor; `key` is 32 bytes, the same in every process.

    Raises `BadInput` when the token would be too long to read again.
    """
    claims = {"name": actor.name, "role": actor.role.name, "expires": time.time() + lifetime.total_seconds()}
    token = _fernet(key).encrypt(orjson.dumps(claims)).rstrip(b"=").decode()
    if len(token) > _LONGEST:
        raise BadInput("The name for the token is too long; give a shorter one.")
    return token


def read_token(key: bytes, token: str, *, roles: Mapping[str, Role] = ROLES) -> Actor:
    """Return the actor of a token; raises `Unauthenticated` when it is forged, damaged or has expired."""
    return open_token(key, token, roles=roles).check()


def open_token(key: bytes, token: str, *, roles: Mapping[str, Role] = ROLES) -> Grant:
    """Return what a token says, whatever the time; raises `Unauthenticated` when it is not one of ours."""
    if len(token) > _LONGEST or not token.isascii():
        raise Unauthenticated("The token is not valid here; make a new one with `sightline token`.")
    try:
        claims = orjson.loads(_fernet(key).decrypt(token + "=" * (-len(token) % 4)))
        name, role, expires = claims["name"], claims["role"], claims["expires"]
    except (InvalidToken, orjson.JSONDecodeError, LookupError, TypeError) as error:
        raise Unauthenticated("The token is not valid here; make a new one with `sightline token`.") from error
    if role not in roles:
        raise Unauthenticated("The token's role is no longer known; make a new one with `sightline token`.")
    return Grant(Actor(name, roles[role]), expires)


def _fernet(key: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(key))
