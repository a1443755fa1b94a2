"""What a supervisor is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """What a supervisor needs to know."""

    root: str
    jars: tuple[str, ...]
    heap: str
    page_cache: str
