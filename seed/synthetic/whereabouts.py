"""Whereabouts: where a child lives and since when, according to the records up to a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from seed.synthetic.block import Child, Home


class Known(NamedTuple):
    """A time at a home: first day, last day (unknown while it lasts), and whether the court was given the address."""

    home: Home
    since: int
    until: int | None
    given: bool


def known_of(child: Child, day: int) -> Iterator[Known]:
    """Yield what is on record up to a day: the child's own reports, its releases, and its last sponsor's reports."""
    own = [report for report in child.reports if report.since <= day and report.reported <= day]
    yield from (Known(one.home, one.since, one.until, one.agency.startswith("EOIR")) for one in own)
    released = [placement for placement in child.placements if placement.released <= day]
    for placement in released:
        moved = [
            report.until
            for report in (*placement.sponsor.reports, *child.reports)
            if report.home is placement.home and report.reported <= day
        ]
        later = [one.released for one in child.placements if one.released > placement.released]
        ends = [placement.ended, *later, *(until for until in moved if until is None or until >= placement.released)]
        yield Known(placement.home, placement.released, _first(ends), given=False)
    if released:
        last = released[-1]
        for report in last.sponsor.reports:
            known = report.since <= day and report.reported <= day
            there = report.until is None or report.until >= last.released
            if known and there and (last.ended is None or report.since <= last.ended):
                yield Known(report.home, report.since, _first([report.until, last.ended]), given=False)


def _first(days: list[int | None]) -> int | None:
    return min((day for day in days if day is not None), default=None)


def latest_of(known: list[Known], day: int) -> list[Known]:
    """Return the latest that are current on a day, or else those that ended last; one given to the court goes first."""
    standing = [one for one in known if one.until is None or one.until >= day]
    standing = [one for one in standing if one.given] or standing
    if standing:
        return [one for one in standing if one.since == max(other.since for other in standing)]
    return [one for one in known if one.until == max(other.until or 0 for other in known)]
