"""The request to a new supervisor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """What a supervisor needs to know; a `bolt_port` other than 0 is the port that clients already use."""

    root: str
    jars: tuple[str, ...]
    heap: str
    page_cache: str
    bolt_port: int = 0
