"""Second answers about releases, home studies and services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record
from tests.truth.notions import (
    NO_HOME,
    age,
    between,
    current_placements,
    grown_up,
    in_hhs_custody,
    releases,
    releases_to,
    sponsors,
    unrelated,
    up_to,
)

POLICY = date(2015, 7, 27)


def children(dump: Dump, day: date, grown: bool) -> list[Record]:
    """Return the children who count: those who are not grown up, or all."""
    return [child for child in dump.all("Child") if grown or not grown_up(child, day)]


def each_release(dump: Dump, day: date, grown: bool) -> Iterator[tuple[Record, Record]]:
    """Give each child who counts with each of its releases dated up to a day."""
    for child in children(dump, day, grown):
        for placement in releases(dump, child, day):
            yield child, placement


def studied_before(dump: Dump, placement: Record) -> list[Record]:
    """Return the home studies that were completed by the day of the release, the latest last."""
    found = [
        one for one in dump.ends(placement, "HAS_HOME_STUDY") if up_to(one["completedOn"], placement["releasedOn"])
    ]
    return sorted(found, key=lambda one: (one["completedOn"], one.key))


def negative_study(dump: Dump, placement: Record) -> Record | None:
    """Return the latest study before a release that did not recommend it, if none that did came after."""
    studies = studied_before(dump, placement)
    bad = [one for one in studies if one["recommendation"] == "NEGATIVE"]
    if not bad:
        return None
    last = bad[-1]["completedOn"]
    better = (one for one in studies if one["recommendation"] in ("POSITIVE", "CONDITIONAL"))
    return None if any(one["completedOn"] > last for one in better) else bad[-1]


def vulnerable(child: Record) -> str | None:
    """Return why the statute asks for a home study before a child's release, if it does."""
    for name, reason in (
        ("traffickingVictim", "TRAFFICKING_VICTIM"),
        ("disability", "DISABILITY"),
        ("abuseVictim", "ABUSE_VICTIM"),
    ):
        if child[name] is True:
            return reason
    return None


@answers("childrenPlacedAgain")
def children_placed_again(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        found = releases(dump, child, asOf)
        if len({one["releasedOn"] for one in found}) > 1:
            yield {
                "child": child,
                "placement": found[-1],
                "placementCount": len(found),
                "sponsorCount": len(dump.ends(found, "WITH_SPONSOR")),
                "releasedOn": found[-1]["releasedOn"],
            }


@answers("homeStudiesAfterRelease")
def home_studies_after_release(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, includeGrownUp):
        released = placement["releasedOn"]
        late = [
            study
            for study in dump.ends(placement, "HAS_HOME_STUDY")
            if between(released, study["orderedOn"], asOf) or between(released, study["completedOn"], asOf)
        ]
        if not late or studied_before(dump, placement):
            continue
        first = min(late, key=lambda one: (_known(one["completedOn"], asOf) or one["orderedOn"], one.key))
        yield {
            "child": child,
            "placement": placement,
            "homeStudy": first,
            "releasedOn": released,
            "orderedOn": _known(first["orderedOn"], asOf),
            "completedOn": _known(first["completedOn"], asOf),
        }


def _known(day: date | None, last: date) -> date | None:
    return day if up_to(day, last) else None


@answers("postReleaseServicesNotGiven")
def post_release_services_not_given(dump: Dump, withinDays: int, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        placements = dump.ends(child, "HAS_PLACEMENT")
        for service in dump.ends(placements, "HAS_SERVICE"):
            ordered, started = service["orderedOn"], _known(service["startedOn"], asOf)
            if not up_to(ordered, asOf):
                continue
            waited = ((started or asOf) - ordered).days
            if waited > withinDays:
                yield {
                    "child": child,
                    "postReleaseService": service,
                    "placement": next(one for one in dump.starts(service, "HAS_SERVICE") if one in placements),
                    "orderedOn": ordered,
                    "startedOn": started,
                    "daysWaited": waited,
                }


@answers("releasesDespiteNegativeHomeStudy")
def releases_despite_negative_home_study(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, includeGrownUp):
        study = negative_study(dump, placement)
        if study is not None:
            yield {
                "child": child,
                "placement": placement,
                "homeStudy": study,
                "completedOn": study["completedOn"],
                "releasedOn": placement["releasedOn"],
            }


@answers("releasesWithoutRequiredHomeStudy")
def releases_without_required_home_study(
    dump: Dump, withinDays: int, maxAge: int, includeGrownUp: bool, asOf: date
) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, includeGrownUp):
        reason = vulnerable(child) or _asked_by_policy(dump, child, placement, withinDays, maxAge, asOf)
        if reason is not None and not studied_before(dump, placement):
            yield {
                "child": child,
                "placement": placement,
                "reason": reason,
                "studyOnRecord": _on_record(dump, placement, asOf),
                "releasedOn": placement["releasedOn"],
            }


def _asked_by_policy(dump: Dump, child: Record, placement: Record, within: int, oldest: int, day: date) -> str | None:
    released = placement["releasedOn"]
    if released < POLICY or not unrelated(placement):
        return None
    last = released + timedelta(days=within)
    if any(
        other != child and another["releasedOn"] <= last
        for sponsor in sponsors(dump, placement)
        for another, other in releases_to(dump, sponsor, day)
    ):
        return "UNRELATED_SPONSOR_OF_SEVERAL"
    return "YOUNG_CHILD_UNRELATED_SPONSOR" if 0 <= age(child, released) <= oldest else None


def _on_record(dump: Dump, placement: Record, day: date) -> str:
    """Tell what home study is on record for a release by whose day none was completed."""
    released = placement["releasedOn"]
    studies = dump.ends(placement, "HAS_HOME_STUDY")
    if any(between(released, one[name], day) for one in studies for name in ("orderedOn", "completedOn")):
        return "AFTER_RELEASE"
    return "NOT_COMPLETED" if any(up_to(one["orderedOn"], released) for one in studies) else "NONE"


@answers("siblingsPlacedApart")
def siblings_placed_apart(dump: Dump, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    counted = children(dump, asOf, includeGrownUp)
    for child in counted:
        for sibling in {*dump.ends(child, "SIBLING_OF"), *dump.starts(child, "SIBLING_OF")}:
            if child.key >= sibling.key or sibling not in counted:
                continue
            placed = [current_placements(dump, each, asOf)[:1] for each in (child, sibling)]
            if not all(each and sponsors(dump, each[0]) for each in placed):
                continue
            [one], [other] = placed
            with_one, with_other = sponsors(dump, one)[0], sponsors(dump, other)[0]
            shared = set(dump.ends(one, "RELEASED_TO")) & set(dump.ends(other, "RELEASED_TO"))
            together = any(home["deliverability"] not in NO_HOME for home in shared)
            back = in_hhs_custody(dump, child, one["releasedOn"], asOf) or in_hhs_custody(
                dump, sibling, other["releasedOn"], asOf
            )
            if with_one != with_other and not together and not back:
                yield {
                    "child": child,
                    "sibling": sibling,
                    "sponsor": with_one,
                    "siblingSponsor": with_other,
                    "apartSince": max(one["releasedOn"], other["releasedOn"]),
                }
