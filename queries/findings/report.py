"""What a sweep reports about its work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did for one indicator: how many findings got which status; `whole` if every row was looked at."""

    indicator: str
    whole: bool
    opened: int
    reopened: int
    changed: int
    resolved: int
    unchanged: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """An indicator that could not be swept, and why; the next sweep looks at all of it again."""

    indicator: str
    why: str


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep did; `reason` says why it looked at everything, and is empty when it did not."""

    day: date
    reason: str
    swept: tuple[Swept, ...]
    failed: tuple[Failed, ...] = ()
