"""Which subjects the touched records of a sweep affect; each walk to them is made once for all indicators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from queries.findings.impact import Reach


@dataclass(frozen=True, slots=True)
class Affected:
    """Finds the subjects that touched records, keys by label, affect; it takes a little over `most` of a walk.

    `read` returns the only value that a statement gives.
    """

    read: Callable[[str, dict[str, object]], Awaitable[object]]
    touched: Mapping[str, list[str]]
    most: int
    _walked: dict[str, list[str]] = field(default_factory=dict)

    async def subjects(self, reach: Reach) -> list[str]:
        """Return the keys of the subjects of a question, in order."""
        keys: set[str] = set()
        for label, touched in self.touched.items():
            for walk in reach.walks(label):
                if walk not in self._walked:
                    found = await self.read(walk, {"p": [touched, self.most + 1]})
                    self._walked[walk] = cast(list[str], found)
                keys.update(self._walked[walk])
        return sorted(keys)
