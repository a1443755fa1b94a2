"""Second answers about sponsors of several children, and what joins sponsors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from graph.text import fold
from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record, Tie
from tests.truth.notions import NO_HOME, children_of, releases, releases_to, siblings, unrelated, up_to


def hub(dump: Dump, phone: Record, most: int) -> bool:
    """Tell whether a number has too many owners, on all days together, to join anyone."""
    return len(dump.into(phone, "HAS_PHONE")) > most


def groups(dump: Dump, children: Iterable[Record]) -> int:
    """Return the number of groups of siblings among some children."""
    return len({siblings(dump, child) for child in children})


@answers("phonesSharedBySponsors")
def phones_shared_by_sponsors(dump: Dump, minSponsors: int, maxSharing: int, asOf: date) -> Iterator[Row]:
    for phone in dump.all("Phone"):
        owners = {
            tie.other
            for tie in dump.into(phone, "HAS_PHONE", "Sponsor")
            if (tie["since"] is None or tie["since"] <= asOf) and (tie["until"] is None or tie["until"] >= asOf)
        }
        if len(owners) >= minSponsors and not hub(dump, phone, maxSharing):
            yield {
                "phone": phone,
                "sponsorCount": len(owners),
                "childCount": len(children_of(dump, owners, asOf)),
            }


@answers("sponsorsMovingWithSeveralChildren")
def sponsors_moving(dump: Dump, minAddresses: int, minChildren: int, withinDays: int, asOf: date) -> Iterator[Row]:
    for sponsor in dump.all("Sponsor"):
        taken = children_of(dump, [sponsor], asOf)
        points = sorted(_points(dump, sponsor, asOf))
        best: tuple[int, date, date] | None = None
        for first, _ in points:
            window = [point for point in points if first <= point[0] <= first + timedelta(days=withinDays)]
            count = len({address for _, address in window})
            if best is None or count > best[0]:
                best = count, first, window[-1][0]
        if best is not None and best[0] >= minAddresses and len(taken) >= minChildren:
            yield {
                "sponsor": sponsor,
                "addressCount": best[0],
                "childCount": len(taken),
                "firstReportedOn": best[1],
                "lastReportedOn": best[2],
            }


def _points(dump: Dump, sponsor: Record, day: date) -> set[tuple[date, Record]]:
    """Return the days on which an address of a sponsor counts, each with the address."""
    placed = releases_to(dump, sponsor, day)
    found = {
        (placement["releasedOn"], address) for placement, _ in placed for address in dump.ends(placement, "RELEASED_TO")
    }
    found |= {
        (tie["since"], tie.other)
        for tie in dump.out(sponsor, "RESIDES_AT")
        if up_to(tie["since"], day) and any(_lasts(dump, placement, child, tie["since"]) for placement, child in placed)
    }
    return {(when, address) for when, address in found if address["deliverability"] not in NO_HOME}


def _lasts(dump: Dump, placement: Record, child: Record, day: date) -> bool:
    """Tell whether a child's placement lasts on a day."""
    released, ended = placement["releasedOn"], placement["endedOn"]
    if day < released or (ended is not None and released <= ended < day):
        return False
    return not any(released < one["releasedOn"] < day for one in releases(dump, child, day))


@answers("sponsorsUnderSeveralRecords")
def sponsors_under_several_records(dump: Dump, maxSharing: int, asOf: date) -> Iterator[Row]:
    records = [one for one in dump.all("Sponsor") if children_of(dump, [one], asOf)]
    for one, other in combinations(records, 2):
        if one["dateOfBirth"] is None or one["dateOfBirth"] != other["dateOfBirth"]:
            continue
        signs = {
            "sameName": _same(one, other, "firstName") and _same(one, other, "lastName"),
            "sharedPhone": _share_phone(dump, one, other, maxSharing, asOf),
            "sharedDocument": bool(_documents(dump, one, asOf) & _documents(dump, other, asOf)),
        }
        if any(signs.values()):
            yield {
                "sponsor": one,
                "otherRecord": other,
                **signs,
                "childCount": len(children_of(dump, [one, other], asOf)),
            }


def _same(one: Record, other: Record, name: str) -> bool:
    return one[name] is not None and other[name] is not None and fold(one[name]) == fold(other[name])


def _share_phone(dump: Dump, one: Record, other: Record, most: int, day: date) -> bool:
    return any(
        mine.other == theirs.other and _overlap(mine, theirs, day) and not hub(dump, mine.other, most)
        for mine in dump.out(one, "HAS_PHONE")
        for theirs in dump.out(other, "HAS_PHONE")
    )


def _overlap(one: Tie, other: Tie, day: date) -> bool:
    """Tell whether two uses of a number, begun up to a day, have a day in common."""
    begin = max(tie["since"] or date.min for tie in (one, other))
    end = min(tie["until"] or date.max for tie in (one, other))
    return begin <= day and begin <= end


def _documents(dump: Dump, sponsor: Record, day: date) -> set[str]:
    """Return what the documents are known by that a sponsor presented up to a day: their keys and numbers."""
    shown = [one for one in dump.ends(sponsor, "PRESENTED") if up_to(one["presentedOn"], day)]
    numbers = {f"number {one['numberHash']}" for one in shown if one["numberHash"] is not None}
    return numbers | {f"record {one.key}" for one in shown}


@answers("sponsorsWithMultipleChildren")
def sponsors_with_multiple_children(dump: Dump, minChildren: int, minUnrelated: int, asOf: date) -> Iterator[Row]:
    for sponsor in dump.all("Sponsor"):
        taken = releases_to(dump, sponsor, asOf)
        children = {child for _, child in taken}
        strangers = {child for placement, child in taken if unrelated(placement)}
        if len(children) >= minChildren and len(strangers) >= minUnrelated:
            yield {
                "sponsor": sponsor,
                "childCount": len(children),
                "unrelatedCount": len(strangers),
                "siblingGroups": groups(dump, children),
            }


@answers("sponsorsWithReleasesCloseTogether")
def sponsors_with_releases_close_together(
    dump: Dump, minChildren: int, minUnrelated: int, withinDays: int, asOf: date
) -> Iterator[Row]:
    for sponsor in dump.all("Sponsor"):
        taken = releases_to(dump, sponsor, asOf)
        best: tuple[set[Record], set[Record], date, date] | None = None
        for first in sorted({placement["releasedOn"] for placement, _ in taken}):
            last = first + timedelta(days=withinDays)
            window = [one for one in taken if first <= one[0]["releasedOn"] <= last]
            children = {child for _, child in window}
            strangers = {child for placement, child in window if unrelated(placement)}
            enough = len(children) >= minChildren and len(strangers) >= minUnrelated
            if enough and (best is None or len(children) > len(best[0])):
                best = children, strangers, first, max(placement["releasedOn"] for placement, _ in window)
        if best is not None:
            yield {
                "sponsor": sponsor,
                "childCount": len(best[0]),
                "unrelatedCount": len(best[1]),
                "siblingGroups": groups(dump, best[0]),
                "firstReleasedOn": best[2],
                "lastReleasedOn": best[3],
            }
