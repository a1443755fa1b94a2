"""Sweeping a small graph, and reading what it kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from graph.store import Store
from queries.findings.report import SweepReport
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Indicator, Thresholds, indicators
from queries.library import load_library

DAY = date(2024, 5, 31)
NOTICE = "childrenWithoutNoticeToAppear"
MANY = "sponsorsWithMultipleChildren"
MISSED = "childrenWithoutContactAfterMissedHearing"
SHARED = "addressesSharedBySponsors"


class Swept:
    """A store with the sweeps of the library's indicators."""

    def __init__(
        self, store: Store, *names: str, thresholds: Thresholds | None = None, batch_size: int = 2, hold: float = 60.0
    ) -> None:
        self.store = store
        known = indicators(load_library(), thresholds or Thresholds())
        self.indicators: list[Indicator] = [one for one in known if one.name in names]
        self.sweeper = Sweeper(store, self.indicators, batch_size=batch_size, hold=hold)

    async def sweep(self, day: date = DAY, *, full: bool = False, only: Iterable[str] = ()) -> SweepReport:
        """Sweep."""
        return await self.sweeper(day=day, full=full, only=only)

    async def findings(self, *names: str) -> dict[str, Any]:
        """Return properties of the findings by key: one, or the list of several."""
        values = ", ".join(f"f.{name}" for name in names)
        rows = await self.store.read(f"MATCH (f:Finding) RETURN f.key, [{values}]")
        return {str(key): found[0] if len(names) == 1 else found for key, found in rows}  # type: ignore[index]

    async def state(self) -> list[Any]:
        """Return everything that a finding says, times aside, with its evidence and the kinds of its changes."""
        return await self.store.read(
            "MATCH (f:Finding) RETURN f.key, f.status, f.values, f.thresholds, f.weight, f.since, f.version, "
            "COLLECT { MATCH (f)-[r:HAS_EVIDENCE]->(n) RETURN r.column + ' ' + n.key ORDER BY r.column }, "
            "COLLECT { MATCH (f)-[:HAS_CHANGE]->(c) RETURN c.kind ORDER BY c.key } ORDER BY f.key"
        )

    async def changes(self) -> list[Any]:
        """Return all changes as `[finding, kind, from, to]`, in the order of each finding's."""
        return await self.store.read(
            "MATCH (f:Finding)-[:HAS_CHANGE]->(c) RETURN f.key, c.kind, c.from, c.to "
            "ORDER BY f.key, toInteger(split(c.key, '/')[-1])"
        )


@pytest.fixture
def swept(empty: Store) -> Swept:
    """An empty store with the sweeps of two indicators."""
    return Swept(empty, NOTICE, MANY)
