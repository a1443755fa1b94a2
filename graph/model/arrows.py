"""Directions as Cypher writes them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ARROWS: Mapping[str, tuple[str, str]] = MappingProxyType({">": ("-", "->"), "<": ("<-", "-"), "-": ("-", "-")})
"""What stands before and after a relationship, by its direction: `>` out, `<` in, `-` either."""
