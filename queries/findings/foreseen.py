"""Which findings a change would open or close, told while its transaction is open and others read the graph as it was.

The questions are asked about what was touched, before and after the change. So it does not matter when the last sweep
was, and what reviewers decided is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Self, cast

from queries.findings.affected import Affected
from queries.findings.impact import Reach, reach_of
from queries.findings.patterns import Unclear
from queries.findings.statements import Occasion, looked_statement
from queries.findings.sweep import MOST_TOUCHED
from queries.findings.thresholds import Indicator

ReadValue = Callable[[str, dict[str, object]], Awaitable[object]]
"""Runs a statement and returns its only value."""


@dataclass(slots=True)
class Foreseen:
    """How many findings would open and close, by indicator, and the indicators that cannot tell.

    An indicator cannot tell when it is not known which subjects a touched record affects, or when they are too many. If
    too many records were touched, none was asked.
    """

    opening: Counter[str] = field(default_factory=Counter)
    closing: Counter[str] = field(default_factory=Counter)
    untold: list[str] = field(default_factory=list)
    too_many: bool = False

    def lines(self) -> Iterator[str]:
        """Yield the findings as sentences, one per line."""
        for what, counted in (("open", self.opening), ("close", self.closing)):
            if counted.total():
                yield f"Findings that would {what}: {counted.total():,}"
                yield from (f"  {name}: {count:,}" for name, count in counted.most_common() if count)
        if self.too_many:
            yield f"More than {MOST_TOUCHED:,} records would change: findings are not foreseen; run `sightline sweep`"
        if self.untold:
            yield f"Findings that cannot be foreseen: those of {', '.join(self.untold)}"


async def foresee(
    before: ReadValue,
    after: ReadValue,
    touched: Mapping[str, Collection[str]],
    indicators: Sequence[Indicator],
    day: date,
) -> Foreseen:
    """Return what a change to the touched records, keys by label, opens and closes on a day.

    `before` reads the graph without the change, and `after` with it.
    """
    found = Foreseen(too_many=sum(map(len, touched.values())) > MOST_TOUCHED)
    if found.too_many:
        return found
    occasion = Occasion("", datetime.now(UTC), day)
    sides = [await _Side.of(read, touched, occasion) for read in (before, after)]
    for one in indicators:
        try:
            reach = reach_of(one.question)
        except Unclear:
            found.untold.append(one.name)
            continue
        subjects = {key for side in sides for key in await side.affected.subjects(reach)}
        if len(subjects) > MOST_TOUCHED:
            found.untold.append(one.name)
        elif subjects:
            then, now = [await side.rows(one, reach, subjects) for side in sides]
            found.opening[one.name] += len(now - then)
            found.closing[one.name] += len(then - now)
    return found


@dataclass(frozen=True, slots=True)
class _Side:
    """The graph before or after the change; what is not in it is not asked about, as a question takes long to plan."""

    read: ReadValue
    affected: Affected
    occasion: Occasion

    @classmethod
    async def of(cls, read: ReadValue, touched: Mapping[str, Collection[str]], occasion: Occasion) -> Self:
        there = {label: await _there(read, label, keys) for label, keys in touched.items()}
        return cls(read, Affected(read, {label: keys for label, keys in there.items() if keys}, MOST_TOUCHED), occasion)

    async def rows(self, one: Indicator, reach: Reach, subjects: Collection[str]) -> set[str]:
        """Return the keys of the findings about these subjects."""
        there = await _there(self.read, reach.label, subjects)
        if not there:
            return set()
        parameters = self.occasion.parameters(None, *one.values(self.occasion.day), there)
        rows = cast(list[list[object]], await self.read(looked_statement(one.question, reach), parameters))
        return {cast(str, row[1]) for row in rows if row[1] is not None}


async def _there(read: ReadValue, label: str, keys: Collection[str]) -> list[str]:
    """Return the keys that nodes of a label have."""
    statement = f"CYPHER 25 UNWIND $keys AS key MATCH (n:{label} {{key: key}}) RETURN collect(n.key)"
    return cast(list[str], await read(statement, {"keys": sorted(keys)}))
