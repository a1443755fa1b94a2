"""Second answers about reports of concern."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.truth.answers import Row, answers
from tests.truth.answers_care import children, each_release
from tests.truth.dump import Dump, Record
from tests.truth.notions import current_placements, grown_up, in_hhs_custody, latest_releases, sponsors, up_to


def day_of(report: Record) -> date | None:
    """Return the day on which a report was made or, where that is unknown, received."""
    day: date | None = report["reportedOn"] or report["receivedOn"]
    return day


def sponsors_of_concern(dump: Dump, report: Record) -> set[Record]:
    """Return the sponsors whom a report names, and those with whom a child that it concerns was on its day."""
    found = set(dump.ends(report, "NAMES", "Sponsor"))
    day = day_of(report)
    assert day is not None
    for child in dump.ends(report, "CONCERNS"):
        for placement in latest_releases(dump, child, day):
            if placement["endedOn"] is None or placement["endedOn"] >= day:
                found |= set(sponsors(dump, placement))
    return found


def reports(dump: Dump, kinds: list[str], day: date) -> list[Record]:
    """Return the reports of some kinds dated up to a day."""
    return [one for one in dump.all("ConcernReport") if one["kind"] in kinds and up_to(day_of(one), day)]


@answers("childrenWithSponsorsOfConcern")
def children_with_sponsors_of_concern(dump: Dump, kinds: list[str], includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        current = current_placements(dump, child, asOf)
        current = [one for one in current if not in_hhs_custody(dump, child, one["releasedOn"], asOf)]
        keepers = dump.ends(current, "WITH_SPONSOR")
        found = {
            one: concerned
            for one in reports(dump, kinds, asOf)
            if (concerned := sponsors_of_concern(dump, one).intersection(keepers))
            and child not in dump.ends(one, "CONCERNS")
        }
        if found:
            yield {
                "child": child,
                "sponsor": min(set().union(*found.values())),
                "concernCount": len(found),
                "lastReportedOn": max(filter(None, map(day_of, found))),
            }


@answers("concernsNotFollowedUp")
def concerns_not_followed_up(dump: Dump, maxDays: int, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for report in dump.all("ConcernReport"):
        about = dump.ends(report, "CONCERNS")
        grown = bool(about) and all(grown_up(child, asOf) for child in about)
        if up_to(report["closedOn"], asOf) or (grown and not includeGrownUp):
            continue
        if up_to(report["triagedOn"], asOf):
            state, since = "NOT_REFERRED", report["triagedOn"]
            if dump.ends(report, "REFERRED_TO"):
                continue
        else:
            state = "NOT_TRIAGED"
            since = next((one for one in (report["receivedOn"], report["reportedOn"]) if up_to(one, asOf)), None)
        if since is not None and (asOf - since).days > maxDays:
            yield {
                "report": report,
                "child": about[0] if about else None,
                "state": state,
                "waitingSince": since,
                "daysWaiting": (asOf - since).days,
            }


@answers("releasesAfterConcern")
def releases_after_concern(dump: Dump, kinds: list[str], includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, includeGrownUp):
        found = {
            one: concerned
            for one in reports(dump, kinds, asOf)
            if (day_of(one) or asOf) < placement["releasedOn"]
            and (concerned := sponsors_of_concern(dump, one).intersection(sponsors(dump, placement)))
        }
        if found:
            yield {
                "child": child,
                "placement": placement,
                "sponsor": min(set().union(*found.values())),
                "concernCount": len(found),
                "lastReportedOn": max(filter(None, map(day_of, found))),
                "releasedOn": placement["releasedOn"],
            }
