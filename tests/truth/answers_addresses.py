"""Second answers to the questions about addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record
from tests.truth.notions_places import (
    EVER,
    NO_HOME,
    UNRELATED,
    areas,
    by,
    dated_releases,
    grown_up,
    names_home,
    sharing,
    sponsor_stays,
    unless_after,
)

Word = tuple[date, str, Record]
"""What an agency says of where a child is: since when, the key of what says it, and the address."""


@answers("addressesDisputedByAgencies")
def addresses_disputed_by_agencies(dump: Dump, agencies: list[str], includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    """Give each child and two agencies that have different current addresses of it."""
    for child in dump.all("Child"):
        if not includeGrownUp and grown_up(child, asOf):
            continue
        latest: dict[str, Word] = {}
        for agency, word in _words(dump, child, asOf):
            latest[agency] = max(word, latest.get(agency, word))
        chosen = sorted(code for code in latest if not agencies or code in agencies)
        for one, two in combinations(chosen, 2):
            if latest[one][2] != latest[two][2]:
                yield {
                    "child": child,
                    "agencyA": one,
                    "agencyB": two,
                    "addressA": latest[one][2],
                    "addressB": latest[two][2],
                    "reportedSince": max(latest[one][0], latest[two][0]),
                }


def _words(dump: Dump, child: Record, day: date) -> Iterator[tuple[str, Word]]:
    for report in dump.out(child, "RESIDES_AT"):
        holds = by(report["since"], day) and (report["until"] or EVER) >= day
        if holds and report["reportedBy"] and _is_told(report.other):
            yield _agency_of(dump, report["reportedBy"]), (report["since"], report["key"], report.other)
    placements = dated_releases(dump, child, day)
    for placement in placements:
        on, ended = placement["releasedOn"], placement["endedOn"]
        again = any(one["releasedOn"] > on for one in placements)
        if not again and not (ended and on <= ended < day):
            for address in dump.ends(placement, "RELEASED_TO"):
                if _is_told(address):
                    yield "ORR", (on, placement.key, address)


def _is_told(address: Record) -> bool:
    return bool(address["deliverability"] != "BLANK")


def _agency_of(dump: Dump, code: str) -> str:
    """Return the code of the nearest agency that an office is part of, or its own."""
    level = [one for one in dump.all("Agency") if one["code"] == code]
    seen: set[Record] = set()
    while level:
        found = [str(one["code"]) for one in level if one["kind"] == "AGENCY"]
        if found:
            return min(found)
        seen |= {*level}
        level = [one for one in dump.ends(level, "PART_OF") if one not in seen]
    return code


def together(dump: Dump, address: Record, day: date) -> int:
    """Return the most sponsors who are at an address on one day."""
    stays = list(sponsor_stays(dump, address, day))
    return max((len({one.who for one in stays if one.since <= on.since <= one.until}) for on in stays), default=0)


def released_there(dump: Dump, address: Record, day: date, *, unrelated: bool = False) -> int:
    """Return the number of children who were released to an address up to a day."""
    placements = [
        one
        for one in dump.starts(address, "RELEASED_TO")
        if by(one["releasedOn"], day) and (not unrelated or one["relationship"] in UNRELATED)
    ]
    return len(dump.starts(placements, "HAS_PLACEMENT"))


@answers("addressesSharedBySponsors")
def addresses_shared_by_sponsors(dump: Dump, minSponsors: int, maxSharing: int, asOf: date) -> Iterator[Row]:
    """Give each address where several sponsors are at one time."""
    for address in dump.all("Address"):
        count = together(dump, address, asOf)
        if names_home(address) and sharing(dump, address) <= maxSharing and count >= minSponsors:
            yield {
                "address": address,
                "sponsorCount": count,
                "childCount": released_there(dump, address, asOf),
                "unrelatedCount": released_there(dump, address, asOf, unrelated=True),
            }


@answers("releaseAddressesUnusable")
def release_addresses_unusable(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    """Give each release to an address that cannot be used, or without any place."""
    for child in dump.all("Child"):
        if not includeGrownUp and grown_up(child, asOf):
            continue
        for placement in dump.ends(child, "HAS_PLACEMENT"):
            addresses = dump.ends(placement, "RELEASED_TO")
            bad = [one for one in addresses if one["deliverability"] in NO_HOME]
            nowhere = not addresses and not dump.ends(placement, "RELEASED_IN")
            if unless_after(placement["releasedOn"], asOf) and (bad or nowhere):
                yield {
                    "child": child,
                    "placement": placement,
                    "address": bad[0] if bad else None,
                    "fault": bad[0]["deliverability"] if bad else "NO_ADDRESS",
                    "releasedOn": placement["releasedOn"],
                }


@answers("releaseSpikes")
def release_spikes(dump: Dump, minReleases: int, minTimes: int, withinDays: int, asOf: date) -> Iterator[Row]:
    """Give each building and postal area with many releases within some days."""
    buildings: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for address in dump.all("Address"):
        words = tuple((address[name] or "").strip().lower() for name in ("street", "city", "state", "postalCode"))
        if words[0]:
            buildings[words].append(address)
    places = [("BUILDING", some[0], dump.starts(some, "RELEASED_TO")) for some in buildings.values()]
    for area in dump.all("PostalArea"):
        released = [one for one in dump.all("Placement") if area in areas(dump, one)]
        places.append(("POSTAL_AREA", area, released))
    for kind, place, placements in places:
        dated = [one for one in placements if by(one["releasedOn"], asOf)]
        spike, usual = _spike(dated, withinDays, asOf)
        if len(spike) >= minReleases and len(spike) >= minTimes * usual:
            days = [one["releasedOn"] for one in spike]
            yield {
                "kind": kind,
                "place": place.key,
                "address": place if kind == "BUILDING" else None,
                "postalArea": place if kind == "POSTAL_AREA" else None,
                "releaseCount": len(spike),
                "sponsorCount": len(dump.ends(spike, "WITH_SPONSOR")),
                "unrelatedCount": sum(one["relationship"] in UNRELATED for one in spike),
                "usualCount": usual,
                "firstReleasedOn": min(days),
                "lastReleasedOn": max(days),
            }


def _spike(placements: list[Record], within: int, day: date) -> tuple[list[Record], float]:
    """Return the releases of the fullest window, and the usual number for as many days."""
    best: list[Record] = []
    for first in sorted({one["releasedOn"] for one in placements}):
        window = [one for one in placements if first <= one["releasedOn"] <= first + timedelta(days=within)]
        best = window if len(window) > len(best) else best
    others = len(placements) - len(best)
    if not others:
        return best, 0.0
    start = min(one["releasedOn"] for one in best)
    inside = min((day - start).days, within) + 1
    outside = (day - min(one["releasedOn"] for one in placements)).days + 1 - inside
    return best, others * inside / outside
