"""Directions and hops in Cypher's notation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.model.derived import Hop

ARROWS: Mapping[str, tuple[str, str]] = MappingProxyType({">": ("-", "->"), "<": ("<-", "-"), "-": ("-", "-")})
"""What comes before and after a relationship, by its direction: `>` out, `<` in, `-` either."""


def arrow(hop: Hop, *, backward: bool = False) -> str:
    """Return a hop as the part of a pattern between two nodes, or the way back."""
    direction = {"<": ">", ">": "<"}.get(hop.direction, "-") if backward else hop.direction
    before, after = ARROWS[direction]
    return f"{before}[:{hop.type}]{after}"
