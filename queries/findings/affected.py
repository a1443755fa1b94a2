"""Which subjects the touched records of a sweep affect; each walk to them is made once for all indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from graph.store import Store
from queries.findings.impact import Reach
from queries.findings.statements import SWEEP_SECONDS


@dataclass(frozen=True, slots=True)
class Affected:
    """Finds the subjects that touched records, keys by label, affect; it takes a little over `most` of a walk."""

    store: Store
    touched: Mapping[str, list[str]]
    most: int
    _walked: dict[str, list[str]] = field(default_factory=dict)

    async def subjects(self, reach: Reach) -> list[str]:
        """Return the keys of the subjects of a question, in order."""
        keys: set[str] = set()
        for label, touched in self.touched.items():
            for walk in reach.walks(label):
                if walk not in self._walked:
                    values = {"p": [touched, self.most + 1]}
                    self._walked[walk] = cast(
                        list[str], await self.store.read_value(walk, values, timeout=SWEEP_SECONDS)
                    )
                keys.update(self._walked[walk])
        return sorted(keys)
