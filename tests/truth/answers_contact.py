"""Second answers about contact with children after their release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.truth.answers import Row, answers
from tests.truth.answers_care import POLICY, children, each_release, negative_study, studied_before, vulnerable
from tests.truth.dump import Dump, Record
from tests.truth.notions import (
    NO_HOME,
    age,
    attempts,
    attended_by,
    contact_with_child,
    contacts,
    current_placements,
    in_hhs_custody,
    missed_by,
    releases,
    releases_to,
    sponsors,
    unrelated,
    up_to,
)


def since_release(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the attempts on later days than a child's latest release; all, if no release has a day."""
    dated = releases(dump, child, day)
    if dated:
        return [one for one in attempts(dump, child, day) if one["attemptedOn"] > dated[-1]["releasedOn"]]
    undated = any(one["releasedOn"] is None for one in dump.ends(child, "HAS_PLACEMENT"))
    return attempts(dump, child, day) if undated else []


def never_reached(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the attempts since the latest release, if none was contact with the child."""
    found = since_release(dump, child, day)
    return [] if any(contact_with_child(one) for one in found) else found


def unanswered(dump: Dump, child: Record, day: date) -> Record | None:
    """Return the earliest missed hearing that no contact, no attended hearing and no release came after."""
    answered = [one["attemptedOn"] for one in contacts(dump, child, day)]
    answered += [one["scheduledOn"] for one in attended_by(dump, child, day)]
    answered += [one["releasedOn"] for one in releases(dump, child, day)]
    missed = missed_by(dump, child, day)
    return next((one for one in missed if all(later <= one["scheduledOn"] for later in answered)), None)


@answers("childrenNeverReached")
def children_never_reached(dump: Dump, minAttempts: int, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        found = never_reached(dump, child, asOf)
        if len(found) >= minAttempts:
            yield {"child": child, "attemptCount": len(found), "lastAttemptedOn": found[-1]["attemptedOn"]}


@answers("childrenNotLivingWithSponsor")
def children_not_living_with_sponsor(dump: Dump, minDays: int, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        made = attempts(dump, child, asOf)
        followed = [one["attemptedOn"] for one in made if _says_where_child_is(one)]
        followed += [one["releasedOn"] for one in releases(dump, child, asOf)]
        for attempt in made:
            found = attempt["attemptedOn"]
            if attempt["childWithSponsor"] is False and all(one <= found for one in followed):
                days = (asOf - found).days
                if days >= minDays:
                    yield {"child": child, "contactAttempt": attempt, "foundOn": found, "daysSinceFound": days}
                break


def _says_where_child_is(attempt: Record) -> bool:
    """Tell whether an attempt found the child with the sponsor, or reached it and does not say where it lives."""
    if attempt["childWithSponsor"] is None:
        return attempt["outcome"] == "REACHED" and attempt["reached"] in ("CHILD", "BOTH", None)
    return attempt["childWithSponsor"] is True


@answers("childrenWithoutContactAfterMissedHearing")
def children_without_contact(dump: Dump, minDays: int, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        hearing = unanswered(dump, child, asOf)
        if hearing is not None and (asOf - hearing["scheduledOn"]).days >= minDays:
            yield {"child": child, "hearing": hearing, "daysSinceHearing": (asOf - hearing["scheduledOn"]).days}


@answers("contactRefusedWithoutFollowUp")
def contact_refused(dump: Dump, minDays: int, includeGrownUp: bool, asOf: date) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        made = attempts(dump, child, asOf)
        followed = [one["attemptedOn"] for one in made if contact_with_child(one)]
        followed += [one["releasedOn"] for one in releases(dump, child, asOf)]
        for attempt in made:
            refused = attempt["attemptedOn"]
            if attempt["outcome"] == "REFUSED" and all(one <= refused for one in followed):
                days = (asOf - refused).days
                if days >= minDays:
                    yield {
                        "child": child,
                        "contactAttempt": attempt,
                        "refusedOn": refused,
                        "attemptsSince": sum(one["attemptedOn"] > refused for one in made),
                        "daysSinceRefusal": days,
                    }
                break


@answers("wellBeingCallsOutsideWindow")
def well_being_calls_outside_window(
    dump: Dump, fromDays: int, withinDays: int, includeGrownUp: bool, asOf: date
) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, includeGrownUp):
        released = placement["releasedOn"]
        opens, closes = released + timedelta(days=fromDays), released + timedelta(days=withinDays)
        next_one = min(
            (one["releasedOn"] for one in releases(dump, child, asOf) if one["releasedOn"] > released), default=None
        )
        ends = [one for one in (placement["endedOn"], next_one) if one is not None]
        calls = [
            one
            for one in _calls(dump, child, asOf)
            if one["attemptedOn"] > released and (next_one is None or one["attemptedOn"] <= next_one)
        ]
        within = any(opens <= one["attemptedOn"] <= closes for one in calls)
        if not calls or within or asOf <= closes or any(one <= closes for one in ends):
            continue
        late = [one for one in calls if one["attemptedOn"] > closes]
        call = late[0] if late else calls[-1]
        yield {
            "child": child,
            "placement": placement,
            "contactAttempt": call,
            "timing": "LATE" if late else "EARLY",
            "dayOfCall": (call["attemptedOn"] - released).days,
            "attemptedOn": call["attemptedOn"],
        }


def _calls(dump: Dump, child: Record, day: date) -> list[Record]:
    return [one for one in attempts(dump, child, day) if one["kind"] == "WELL_BEING_CALL"]


@answers("wellBeingCallsOverdue")
def well_being_calls_overdue(
    dump: Dump, fromDays: int, withinDays: int, includeGrownUp: bool, asOf: date
) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        placement = next(iter(current_placements(dump, child, asOf)), None)
        if placement is None or in_hhs_custody(dump, child, placement["releasedOn"], asOf):
            continue
        opens = placement["releasedOn"] + timedelta(days=max(fromDays, 1))
        overdue = (asOf - placement["releasedOn"]).days - withinDays
        if overdue > 0 and all(one["attemptedOn"] < opens for one in _calls(dump, child, asOf)):
            yield {"child": child, "placement": placement, "daysOverdue": overdue}


@answers("childrenWithSeveralSignals")
def children_with_several_signals(
    dump: Dump, minSignals: int, minDays: int, includeGrownUp: bool, asOf: date
) -> Iterator[Row]:
    for child in children(dump, asOf, includeGrownUp):
        found = [name for name, there in _signals(dump, child, minDays, asOf).items() if there]
        if len(found) >= minSignals:
            yield {"child": child, "signalCount": len(found), "signals": ", ".join(found)}


def _signals(dump: Dump, child: Record, days: int, day: date) -> dict[str, bool]:
    """Return the signals on a child by name, in the order of the header."""
    released = releases(dump, child, day)
    anywhere = [one for one in dump.ends(child, "HAS_PLACEMENT") if one["releasedOn"] is None or one in released]
    missed = unanswered(dump, child, day)
    apart = [one["attemptedOn"] for one in attempts(dump, child, day) if one["childWithSponsor"] is False]
    there = [one["attemptedOn"] for one in attempts(dump, child, day) if one["childWithSponsor"] is True]
    return {
        "MISSED_HEARING": missed is not None and (day - missed["scheduledOn"]).days >= days,
        "NEVER_REACHED": bool(never_reached(dump, child, day)),
        "CONCERN": any(up_to(one["reportedOn"] or one["receivedOn"], day) for one in dump.starts(child, "CONCERNS")),
        "BAD_ADDRESS": any(one["deliverability"] in NO_HOME for one in dump.ends(anywhere, "RELEASED_TO")),
        "PLACED_AGAIN": len({one["releasedOn"] for one in released}) > 1,
        "SPONSOR_OF_SEVERAL": any(_sponsor_of_several(dump, child, one, day) for one in released),
        "NEGATIVE_HOME_STUDY": any(negative_study(dump, one) is not None for one in released),
        "NO_HOME_STUDY": any(_no_home_study(dump, child, one) for one in released),
        "NOT_WITH_SPONSOR": bool(apart) and apart[-1] >= max(there, default=date.min),
    }


def _sponsor_of_several(dump: Dump, child: Record, placement: Record, day: date) -> bool:
    return unrelated(placement) and any(
        other != child for sponsor in sponsors(dump, placement) for _, other in releases_to(dump, sponsor, day)
    )


def _no_home_study(dump: Dump, child: Record, placement: Record) -> bool:
    if studied_before(dump, placement):
        return False
    young = 0 <= age(child, placement["releasedOn"]) <= 12 and placement["releasedOn"] >= POLICY
    return vulnerable(child) is not None or (young and unrelated(placement))
