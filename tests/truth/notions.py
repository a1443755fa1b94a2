"""What the headers of several questions mean by the same words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.truth.dump import Dump, Record

UNRELATED = ("FAMILY_FRIEND", "UNRELATED")
NO_HOME = ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")


def grown_up(child: Record, day: date) -> bool:
    """Tell whether a child has turned 18 by a day; one of unknown age has not."""
    return age(child, day) >= 18


def age(child: Record, day: date) -> int:
    """Return the full years of a child on a day, or -1 where the date of birth is unknown."""
    born = child["dateOfBirth"]
    if born is None:
        return -1
    return int(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def up_to(day: date | None, last: date) -> bool:
    """Tell whether a day is known and not after the last one that counts."""
    return day is not None and day <= last


def between(first: date, day: date | None, last: date) -> bool:
    """Tell whether a day is known, later than the first and not after the last."""
    return day is not None and first < day <= last


def unrelated(placement: Record) -> bool:
    """Tell whether a release was to a family friend or an unrelated adult."""
    return placement["relationship"] in UNRELATED


def releases(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the releases of a child dated up to a day, in their order, those of one day by key."""
    found = [one for one in dump.ends(child, "HAS_PLACEMENT") if up_to(one["releasedOn"], day)]
    return sorted(found, key=lambda one: (one["releasedOn"], one.key))


def latest_releases(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the latest release dated up to a day, or the several of its day, by key."""
    found = releases(dump, child, day)
    return [one for one in found if one["releasedOn"] == found[-1]["releasedOn"]]


def current_placements(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the latest release dated up to a day, or the several of its day, unless it had ended by that day."""
    return [one for one in latest_releases(dump, child, day) if not up_to(one["endedOn"], day)]


def sponsors(dump: Dump, placement: Record) -> list[Record]:
    """Return the sponsors who are on record for a release, by key."""
    return dump.ends(placement, "WITH_SPONSOR")


def releases_to(dump: Dump, sponsor: Record, day: date) -> list[tuple[Record, Record]]:
    """Return the releases to a sponsor dated up to a day, each with its child."""
    return [
        (placement, child)
        for placement in dump.starts(sponsor, "WITH_SPONSOR")
        if up_to(placement["releasedOn"], day)
        for child in dump.starts(placement, "HAS_PLACEMENT")
    ]


def children_of(dump: Dump, several: Iterable[Record], day: date) -> set[Record]:
    """Return the children who were released to any of some sponsors up to a day."""
    return {child for sponsor in several for _, child in releases_to(dump, sponsor, day)}


def siblings(dump: Dump, child: Record) -> frozenset[Record]:
    """Return the child and all whom links between siblings connect with it, over any number of them."""
    group, new = {child}, [child]
    while new:
        one = new.pop()
        near = {*dump.ends(one, "SIBLING_OF"), *dump.starts(one, "SIBLING_OF")} - group
        group |= near
        new += near
    return frozenset(group)


def hearings_of(dump: Dump, child: Record) -> list[Record]:
    """Return the hearings of a child's cases, and those that had an outcome of their own for it."""
    cases = dump.ends(child, "RESPONDENT_IN")
    return sorted({*dump.ends(cases, "HAS_HEARING"), *dump.ends(child, "HAD_OUTCOME")})


def outcome_for(dump: Dump, child: Record, hearing: Record) -> str | None:
    """Tell whether a child missed or attended a hearing, by its own outcome, else the hearing's; MISSED goes first."""
    own = [tie["outcome"] or hearing["outcome"] for tie in dump.out(child, "HAD_OUTCOME") if tie.other == hearing]
    known = own or [hearing["outcome"]]
    return next((one for one in ("MISSED", "ATTENDED") if one in known), None)


def missed_by(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the hearings dated up to a day that a child missed, in their order, those of one day by key."""
    return _heard(dump, child, day, "MISSED")


def attended_by(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the hearings dated up to a day that a child attended, in their order, those of one day by key."""
    return _heard(dump, child, day, "ATTENDED")


def _heard(dump: Dump, child: Record, day: date, outcome: str) -> list[Record]:
    found = [
        one
        for one in hearings_of(dump, child)
        if up_to(one["scheduledOn"], day) and outcome_for(dump, child, one) == outcome
    ]
    return sorted(found, key=lambda one: (one["scheduledOn"], one.key))


def attempts(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the attempts to contact a child dated up to a day, in their order, those of one day by key."""
    found = [one for one in dump.ends(child, "HAS_CONTACT") if up_to(one["attemptedOn"], day)]
    return sorted(found, key=lambda one: (one["attemptedOn"], one.key))


def contact_with_child(attempt: Record) -> bool:
    """Tell whether an attempt was contact with the child, not with the sponsor or another adult alone."""
    if attempt["outcome"] != "REACHED":
        return False
    found = attempt["kind"] in ("HOME_VISIT", "WELLNESS_CHECK") and attempt["childWithSponsor"] is True
    return found or attempt["reached"] in ("CHILD", "BOTH", None)


def contacts(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the attempts dated up to a day that were contact with the child."""
    return [one for one in attempts(dump, child, day) if contact_with_child(one)]


def stay_began(episode: Record) -> date | None:
    """Return the day on which a stay in custody began: of apprehension, else of transfer, else of admission."""
    began: date | None = episode["apprehendedOn"] or episode["transferredOn"] or episode["admittedOn"]
    return began


def in_hhs_custody(dump: Dump, child: Record, after: date | None, day: date) -> bool:
    """Tell whether a stay in HHS custody that began after a day, or ever, lasts on another day."""
    return any(
        (began := episode["admittedOn"] or episode["transferredOn"]) is not None
        and (after is None or after < began)
        and began <= day
        and not up_to(episode["dischargedOn"], day)
        for episode in dump.ends(child, "HAS_EPISODE")
    )
