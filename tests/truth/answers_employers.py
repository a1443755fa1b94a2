"""Second answers to the questions about employers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.truth.answers import Row, answers
from tests.truth.answers_addresses import released_there, together
from tests.truth.dump import Dump, Record
from tests.truth.notions_places import UNRELATED, areas, by, grown_up, names_home, sharing, years_on


@answers("employersAtSponsorAddresses")
def employers_at_sponsor_addresses(dump: Dump, minSponsors: int, maxSharing: int, asOf: date) -> Iterator[Row]:
    """Give each employer and an address of it where several sponsors are at one time."""
    for employer in dump.all("Employer"):
        for address in dump.ends(employer, "LOCATED_AT"):
            count = together(dump, address, asOf)
            if names_home(address) and sharing(dump, address) <= maxSharing and count >= minSponsors:
                children = released_there(dump, address, asOf)
                yield {"employer": employer, "address": address, "sponsorCount": count, "childCount": children}


def _areas_of(dump: Dump, employer: Record) -> set[Record]:
    return {*dump.ends(employer, "IN_AREA"), *dump.ends(dump.ends(employer, "LOCATED_AT"), "IN_AREA")}


def _findings(dump: Dump, employer: Record, on: date, years: int, minors: int, day: date) -> list[Record]:
    return [
        one
        for one in dump.ends(employer, "CITED_FOR")
        if by(one["foundOn"], day) and years_on(on, -years) <= one["foundOn"] <= years_on(on, years)
        if one["minorsAffected"] is not None and one["minorsAffected"] >= minors
    ]


@answers("laborConcernsNearCitedEmployers")
def labor_concerns_near_cited_employers(
    dump: Dump, withinYears: int, minMinors: int, includeGrownUp: bool, asOf: date
) -> Iterator[Row]:
    """Give each concern about labor or trafficking, its child, and a cited employer that is near or named."""
    for report in dump.all("ConcernReport"):
        on = report["reportedOn"]
        if report["kind"] not in ("LABOR", "TRAFFICKING") or not by(on, asOf):
            continue
        for child in dump.ends(report, "CONCERNS"):
            for employer in dump.all("Employer"):
                found = _findings(dump, employer, on, withinYears, minMinors, asOf)
                near = _nearness(dump, report, child, employer)
                if found and near and (includeGrownUp or not grown_up(child, asOf)):
                    yield {
                        "child": child,
                        "report": report,
                        "employer": employer,
                        "nearness": near,
                        "minorsAffected": sum(one["minorsAffected"] for one in found),
                        "reportedOn": on,
                        "lastFoundOn": max(one["foundOn"] for one in found),
                    }


def _nearness(dump: Dump, report: Record, child: Record, employer: Record) -> str | None:
    placements = [one for one in dump.ends(child, "HAS_PLACEMENT") if by(one["releasedOn"], report["reportedOn"])]
    if employer in dump.ends(report, "NAMES"):
        return "NAMED"
    if any(map(names_home, {*dump.ends(placements, "RELEASED_TO")} & {*dump.ends(employer, "LOCATED_AT")})):
        return "SAME_ADDRESS"
    near = {area for placement in placements for area in areas(dump, placement)}
    return "SAME_AREA" if near & _areas_of(dump, employer) else None


@answers("releasesNearCitedEmployers")
def releases_near_cited_employers(
    dump: Dump, withinYears: int, minMinors: int, includeGrownUp: bool, asOf: date
) -> Iterator[Row]:
    """Give each child, release to somebody unrelated, and postal area of it with a cited employer."""
    for child in dump.all("Child"):
        if not includeGrownUp and grown_up(child, asOf):
            continue
        for placement in dump.ends(child, "HAS_PLACEMENT"):
            on = placement["releasedOn"]
            if placement["relationship"] not in UNRELATED or not by(on, asOf):
                continue
            for area in areas(dump, placement):
                found = {
                    employer: _findings(dump, employer, on, withinYears, minMinors, asOf)
                    for employer in dump.all("Employer")
                    if area in _areas_of(dump, employer)
                }
                findings = {one for some in found.values() for one in some}
                if findings:
                    yield {
                        "child": child,
                        "placement": placement,
                        "postalArea": area,
                        "employerCount": sum(bool(some) for some in found.values()),
                        "minorsAffected": sum(one["minorsAffected"] for one in findings),
                        "lastFoundOn": max(one["foundOn"] for one in findings),
                    }
