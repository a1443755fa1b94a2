"""Which findings a change would open or close, told while its transaction is open and others read the graph as it was.

The questions are asked about what was touched, before and after the change. So it does not matter when the last sweep
was, and what reviewers decided is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import cast

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

    An indicator cannot tell when it is not known which subjects a touched record affects, or when they are too many.
    """

    opening: Counter[str] = field(default_factory=Counter)
    closing: Counter[str] = field(default_factory=Counter)
    untold: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the findings as sentences, one per line."""
        for what, counted in (("open", self.opening), ("close", self.closing)):
            if counted.total():
                yield f"Findings that would {what}: {counted.total():,}"
                yield from (f"  {name}: {count:,}" for name, count in counted.most_common() if count)
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
    found = Foreseen()
    keys = {label: sorted(some) for label, some in touched.items()}
    occasion = Occasion("", datetime.now(UTC), day)
    sides = [(read, Affected(read, keys, MOST_TOUCHED)) for read in (before, after)]
    many = sum(map(len, keys.values())) > MOST_TOUCHED
    for one in indicators:
        subjects: set[str] = set()
        try:
            reach = reach_of(one.question)
            if not many:
                subjects = {key for _, affected in sides for key in await affected.subjects(reach)}
        except Unclear:
            found.untold.append(one.name)
            continue
        if many or len(subjects) > MOST_TOUCHED:
            found.untold.append(one.name)
        elif subjects:
            then, now = [await _rows(read, one, reach, subjects, occasion) for read, _ in sides]
            found.opening[one.name] += len(now - then)
            found.closing[one.name] += len(then - now)
    return found


async def _rows(read: ReadValue, one: Indicator, reach: Reach, subjects: set[str], occasion: Occasion) -> set[str]:
    """Return the keys of the findings about these subjects."""
    parameters = occasion.parameters(None, *one.values(occasion.day), sorted(subjects))
    rows = cast(list[list[object]], await read(looked_statement(one.question, reach), parameters))
    return {cast(str, row[1]) for row in rows if row[1] is not None}
