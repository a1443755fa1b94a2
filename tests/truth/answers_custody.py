"""Second answers about stays in federal custody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.truth.answers import Row, answers
from tests.truth.answers_care import children
from tests.truth.dump import Dump, Record
from tests.truth.notions import (
    attended_by,
    between,
    contacts,
    releases,
    stay_began,
    up_to,
)
from tests.truth.notions_places import eighteenth


@answers("childrenReturnedToCustody")
def children_returned_to_custody(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        first = min((one["releasedOn"] for one in releases(dump, child, asOf)), default=asOf)
        stays = {
            one: began
            for one in dump.ends(child, "HAS_EPISODE")
            if (began := stay_began(one)) is not None and first < began <= asOf
        }
        if stays:
            began = max(stays.values())
            stay = max(one for one in stays if stays[one] == began)
            before = [one for one in releases(dump, child, began) if one["releasedOn"] < began]
            yield {
                "child": child,
                "placement": before[-1],
                "custodyEpisode": stay,
                "releasedOn": before[-1]["releasedOn"],
                "returnedOn": began,
            }


@answers("childrenWhoAgedOutOfCustody")
def children_who_aged_out_of_custody(dump: Dump, asOf: date) -> Iterator[Row]:
    for child in dump.all("Child"):
        for stay in dump.ends(child, "HAS_EPISODE"):
            left = stay["dischargedOn"]
            if stay["dischargeKind"] == "AGED_OUT" and up_to(left, asOf):
                born = child["dateOfBirth"]
                yield {
                    "child": child,
                    "custodyEpisode": stay,
                    "agedOutOn": left,
                    "daysAfterBirthday": (left - eighteenth(born)).days if born else None,
                    "releasedBefore": any(one["releasedOn"] < left for one in releases(dump, child, left)),
                }


@answers("childrenWhoRanAway")
def children_who_ran_away(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        stays = dump.ends(child, "HAS_EPISODE")
        left = [one for one in stays if one["dischargeKind"] == "RAN_AWAY" and up_to(one["dischargedOn"], asOf)]
        if not left:
            continue
        day = max(one["dischargedOn"] for one in left)
        unseen = [one for one in left if one["dischargedOn"] == day and not _seen_again(dump, child, one, asOf)]
        if unseen:
            yield {
                "child": child,
                "custodyEpisode": max(unseen),
                "ranAwayOn": day,
                "daysSinceRanAway": (asOf - day).days,
            }


def _seen_again(dump: Dump, child: Record, departure: Record, day: date) -> bool:
    left = departure["dischargedOn"]
    seen = [one["attemptedOn"] for one in contacts(dump, child, day)]
    seen += [one["scheduledOn"] for one in attended_by(dump, child, day)]
    seen += [one["releasedOn"] for one in releases(dump, child, day)]
    others = [stay_began(one) for one in dump.ends(child, "HAS_EPISODE") if one != departure]
    return any(between(left, one, day) for one in seen) or any(one is not None and left <= one <= day for one in others)


@answers("transfersAfterDeadline")
def transfers_after_deadline(dump: Dump, maxDays: int, asOf: date) -> Iterator[Row]:
    for child in dump.all("Child"):
        for stay in dump.ends(child, "HAS_EPISODE"):
            held = stay["apprehendedOn"]
            transfer = next((one for one in (stay["transferredOn"], stay["admittedOn"]) if up_to(one, asOf)), None)
            if not up_to(held, asOf) or (transfer is None and up_to(stay["dischargedOn"], asOf)):
                continue
            days = ((transfer or asOf) - held).days
            if days > maxDays:
                yield {
                    "child": child,
                    "custodyEpisode": stay,
                    "apprehendedOn": held,
                    "transferredOn": transfer,
                    "daysHeld": days,
                }
