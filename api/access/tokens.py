"""Tokens of every kind (access, session, sign-in): who the actor is, in what role, and until when.

Each kind is made with a separate key, so that none can be used in place of another.

They are made with Fernet of `cryptography`, because it is a single, well-maintained call that authenticates in constant
time and hides the holder's name from anyone who finds a token in a log. Without padding, a token is safe in addresses,
headers and shells.
"""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import orjson
from cryptography.fernet import Fernet, InvalidToken

from api.access.policy import ROLES, Actor, Role
from graph.errors import BadInput, Unauthenticated
from graph.text import clean

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token says: the actor, and when it expires (seconds since 1970). Its id is the actor's `holder`."""

    actor: Actor
    expires: float

    @property
    def id(self) -> str:
        """The id that the token is revoked by: 16 hexadecimal digits."""
        return self.actor.holder

    def is_over(self) -> bool:
        """Tell whether the token has expired."""
        return time.time() >= self.expires

    def check(self, revoked: Container[str] = ()) -> Actor:
        """Return the actor, or raise `Unauthenticated` if the token has expired or its id is among those revoked."""
        if self.is_over():
            raise Unauthenticated("The token has expired; make a new one with `sightline token`.")
        if self.id in revoked:
            raise Unauthenticated("The token was revoked; make a new one with `sightline token`.")
        return self.actor


def issue_token(key: bytes, actor: Actor, lifetime: timedelta) -> str:
    """Return a token for the actor; `key` is 32 bytes, the same in every process.

    Raises `BadInput` if the token would be too long to be read again.
    """
    claims = {
        "id": secrets.token_hex(8),
        "name": clean(actor.name),
        "role": actor.role.name,
        "agency": actor.agency,
        "expires": time.time() + lifetime.total_seconds(),
    }
    token = _fernet(key).encrypt(orjson.dumps(claims)).rstrip(b"=").decode()
    if len(token) > _LONGEST:
        raise BadInput("The name for the token is too long; give a shorter one.")
    return token


def open_token(key: bytes, token: str, *, roles: Mapping[str, Role] = ROLES) -> Grant:
    """Return what a token says, even if it has expired; raises `Unauthenticated` if it is not one of ours.

    If a token is from before tokens had ids, its id is made from its content, so it is the same however the token is
    encoded. If it is from before tokens named an agency, it has none.
    """
    if len(token) > _LONGEST or not token.isascii():
        raise Unauthenticated("The token is not valid here; make a new one with `sightline token`.")
    try:
        said = _fernet(key).decrypt(token + "=" * (-len(token) % 4))
        claims = orjson.loads(said)
        name, role, expires = claims["name"], claims["role"], claims["expires"]
        id_ = claims.get("id") or sha256(said).hexdigest()[:16]
        agency = claims.get("agency", "")
    except (InvalidToken, orjson.JSONDecodeError, LookupError, TypeError) as error:
        raise Unauthenticated("The token is not valid here; make a new one with `sightline token`.") from error
    if role not in roles:
        raise Unauthenticated("The token's role is no longer known; make a new one with `sightline token`.")
    return Grant(Actor(name, roles[role], agency, holder=id_), expires)


def _fernet(key: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(key))
