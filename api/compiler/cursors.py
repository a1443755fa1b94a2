"""Cursors: a row's position in an order, encrypted because it holds names and birth dates and may be in an address."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph.errors import BadInput

_BINDING = 12


@dataclass(frozen=True, slots=True)
class Place:
    """The content of a cursor: the order's values at a row, and a digest of the order and filter that it belongs to."""

    values: tuple[object, ...]
    binding: bytes
    text: str

    @property
    def pattern(self) -> tuple[bool, ...]:
        """Tell for each value whether it is unknown."""
        return tuple(value is None for value in self.values)


def binding(*parts: object) -> bytes:
    """Return the digest that ties a cursor to the order and filter that it was made with."""
    text = orjson.dumps(parts, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return hashlib.blake2b(text, digest_size=_BINDING).digest()


class CursorBox:
    """Seals and opens cursors with the key that all processes share (AES-SIV, RFC 5297)."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(key)

    def seal(self, values: Sequence[object], bound: bytes) -> str:
        """Return the cursor of a row; the same row under the same order and filter gives the same one."""
        sealed = self._cipher.encrypt(bound + orjson.dumps(list(values)), None)
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, text: str) -> Place:
        """Return what a cursor says; raises `BadInput` for a text that is not one of our cursors."""
        try:
            opened = self._cipher.decrypt(urlsafe_b64decode(text + "=" * (-len(text) % 4)), None)
        except (ValueError, InvalidTag):
            raise BadInput("That is not a cursor; give the endCursor or startCursor of a page, unchanged.") from None
        return Place(tuple(orjson.loads(opened[_BINDING:])), opened[:_BINDING], text)
