"""What the words about days, agencies, cases and places mean: used by the second answers of several themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from re import findall
from typing import NamedTuple

from tests.truth.dump import Dump, Record, Tie

NO_HOME = ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")
HUBS = ("SHELTER", "HOTEL", "MAILBOX")
UNRELATED = ("FAMILY_FRIEND", "UNRELATED")
EVER = date.max


class Stay(NamedTuple):
    """Somebody's time at an address or with a number, from the first to the last day."""

    who: Record
    kind: str
    since: date
    until: date

    def meets(self, other: Stay, day: date) -> bool:
        """Tell whether both were there on one day, up to a day."""
        first = max(self.since, other.since)
        return first <= min(self.until, other.until, day)


def by(day: date | None, last: date) -> bool:
    """Tell whether a day is known and not after another."""
    return day is not None and day <= last


def unless_after(day: date | None, last: date) -> bool:
    """Tell whether a day is unknown, or not after another."""
    return day is None or day <= last


def in_utc(at: datetime) -> date:
    """Return the day of an instant, in UTC."""
    return at.astimezone(UTC).date()


def years_on(day: date, years: int) -> date:
    """Return the same day some years later or earlier; 29 February is 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def eighteenth(born: date) -> date:
    """Return the day on which somebody turns 18; 29 February is 1 March in a common year."""
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)


def grown_up(child: Record, day: date) -> bool:
    """Tell whether a child is known to have turned 18 by a day."""
    return child["dateOfBirth"] is not None and eighteenth(child["dateOfBirth"]) <= day


def family(dump: Dump, agency: Record) -> set[Record]:
    """Return an agency and all that are part of it, at any level."""
    return _reach(agency, lambda one: dump.starts(one, "PART_OF"))


def above(dump: Dump, agency: Record) -> set[Record]:
    """Return an agency and all that it is part of, at any level."""
    return _reach(agency, lambda one: dump.ends(one, "PART_OF"))


def outcomes(dump: Dump, child: Record, hearing: Record) -> set[str]:
    """Return what a hearing came to for a child: by its own outcomes, and where one is unknown, by the hearing's."""
    own = [tie["outcome"] for tie in dump.out(child, "HAD_OUTCOME") if tie.other == hearing] or [None]
    return {outcome or hearing["outcome"] for outcome in own} - {None}


def set_aside(dump: Dump, child: Record, hearing: Record) -> bool:
    """Tell whether a hearing had an outcome of its own for a child, and another than missed."""
    own = {tie["outcome"] for tie in dump.out(child, "HAD_OUTCOME") if tie.other == hearing} - {None}
    return bool(own) and "MISSED" not in own


def missed_by(dump: Dump, child: Record, hearing: Record) -> bool:
    """Tell whether a child missed a hearing."""
    return "MISSED" in outcomes(dump, child, hearing)


def missed(dump: Dump, hearing: Record) -> bool:
    """Tell whether a hearing was missed, by its outcome or that of a respondent."""
    own = [tie["outcome"] for tie in dump.into(hearing, "HAD_OUTCOME")]
    return "MISSED" in (hearing["outcome"], *own)


def learned(dump: Dump, agency: Record, hearing: Record, day: date) -> list[date]:
    """Return the days up to a day on which an agency, or an office of it, was told or recorded that one was missed."""
    told = []
    for office in family(dump, agency):
        for message in dump.starts(hearing, "ABOUT"):
            to = dump.ends(message, "SENT_TO")
            if office in to and message["event"] == "MISSED_HEARING" and message["status"] != "FAILED":
                told += [in_utc(message["sentAt"])] if message["sentAt"] else []
        for record in dump.out(office, "RECORDED"):
            if record.other == hearing and record["outcome"] == "MISSED" and record["recordedOn"]:
                told.append(record["recordedOn"])
    return sorted(on for on in told if on <= day)


def is_open(case: Record, day: date) -> bool:
    """Tell whether a case is open on a day."""
    later = case["closedOn"] is not None and case["closedOn"] > day
    return by(case["openedOn"], day) and (case["status"] == "PENDING" or later)


def opened_first(cases: Iterable[Record]) -> Record | None:
    """Return the case that was opened first, of those with a day."""
    return min(cases, key=lambda case: (case["openedOn"], case.key), default=None)


def hearings_of(dump: Dump, child: Record) -> list[Record]:
    """Return the hearings in all of a child's cases."""
    return dump.ends(dump.ends(child, "RESPONDENT_IN"), "HAS_HEARING")


def pending(application: Record, day: date) -> bool:
    """Tell whether an application for relief was filed by a day and not decided by it."""
    decided = application["decidedOn"]
    waits = application["status"] == "PENDING" if decided is None else decided > day
    return by(application["filedOn"], day) and waits


def notice_state(dump: Dump, child: Record, day: date) -> str:
    """Return how far the notices of a child got by a day."""
    notices = dump.ends(child, "HAS_NOTICE")
    for state, name in (("FILED", "filedOn"), ("NOT_FILED", "servedOn"), ("NOT_SERVED", "issuedOn")):
        if any(by(notice[name], day) for notice in notices):
            return state
    return "NOT_ISSUED"


def releases(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the releases of a child up to a day, from the earliest to the latest; those without a day come first."""
    found = [one for one in dump.ends(child, "HAS_PLACEMENT") if unless_after(one["releasedOn"], day)]
    return sorted(found, key=lambda one: (one["releasedOn"] or date.min, one.key))


def dated_releases(dump: Dump, child: Record, day: date) -> list[Record]:
    """Return the releases of a child that have a day, up to a day, from the earliest to the latest."""
    return [one for one in releases(dump, child, day) if one["releasedOn"]]


def in_care(dump: Dump, child: Record, day: date) -> bool:
    """Tell whether a child is in HHS care on a day."""
    found, stays = releases(dump, child, day), dump.ends(child, "HAS_EPISODE")
    begun = [
        on
        for stay in stays
        for on in (stay["transferredOn"], stay["admittedOn"])
        if by(on, day) and not by(stay["dischargedOn"], day)
    ]
    if not found:
        return bool(begun) or not any(by(stay["dischargedOn"], day) for stay in stays)
    last = found[-1]
    reason = (last["endReason"] or "").lower()
    back = "return" in reason and not {"hhs", "orr", "custody", "care"}.isdisjoint(findall(r"\w+", reason))
    if by(last["endedOn"], day) and back:
        return True
    return any(last["releasedOn"] and on > last["releasedOn"] for on in begun)


def spoken_to(contact: Record) -> bool:
    """Tell whether the child was spoken to, or found with the sponsor by a visit."""
    visited = contact["kind"] in ("HOME_VISIT", "WELLNESS_CHECK") and contact["childWithSponsor"] is True
    return contact["outcome"] == "REACHED" and (contact["reached"] in (None, "CHILD", "BOTH") or visited)


def placement_ends(dump: Dump, placement: Record, children: Iterable[Record]) -> list[date]:
    """Return the days on which a placement ended, by its last day or by a later release of some children."""
    since = placement["releasedOn"]
    later = [one["releasedOn"] for one in dump.ends(children, "HAS_PLACEMENT")]
    ended = [on for on in later if on and on > since]
    return ended + ([placement["endedOn"]] if placement["endedOn"] and placement["endedOn"] >= since else [])


def release_until(dump: Dump, placement: Record, address: Record, sponsors: Iterable[Record]) -> date:
    """Return the last day of a placement, or of some sponsors, at the address of the release."""
    reports = [tie for sponsor in sponsors for tie in dump.out(sponsor, "RESIDES_AT") if tie.other == address]
    left: list[date | None] = [tie["until"] for tie in reports if counts(tie)]
    ended = placement_ends(dump, placement, dump.starts(placement, "HAS_PLACEMENT"))
    return min([*ended, *(on for on in left if on and on >= placement["releasedOn"]), EVER])


def counts(report: Tie) -> bool:
    """Tell whether a report has a first day, and no last day before it."""
    return report["since"] is not None and unless_after(report["since"], report["until"] or EVER)


def names_home(address: Record) -> bool:
    """Tell whether an address may join people: it names a home, and is no hub by its kind."""
    return address["deliverability"] not in NO_HOME and address["kind"] not in HUBS


def sharing(dump: Dump, place: Record) -> int:
    """Return the number of reports and releases of an address, or of owners of a number, on all days together."""
    return sum(len(dump.into(place, kind)) for kind in ("RESIDES_AT", "RELEASED_TO", "HAS_PHONE"))


def sponsor_stays(dump: Dump, address: Record, day: date) -> Iterator[Stay]:
    """Give the times of sponsors at an address, by a report that holds on a day and by releases up to it."""
    for report in dump.into(address, "RESIDES_AT", "Sponsor"):
        until = report["until"] or EVER
        if by(report["since"], day) and until >= day:
            yield Stay(report.other, "RESIDES_AT", report["since"], until)
    for placement in dump.starts(address, "RELEASED_TO"):
        if by(placement["releasedOn"], day):
            for sponsor in dump.ends(placement, "WITH_SPONSOR"):
                until = release_until(dump, placement, address, [sponsor])
                yield Stay(sponsor, "RELEASED_TO", placement["releasedOn"], until)


def areas(dump: Dump, placement: Record) -> list[Record]:
    """Return the postal areas of a release: the one on record for it, and that of its address."""
    near = dump.ends(dump.ends(placement, "RELEASED_TO"), "IN_AREA")
    return sorted({*dump.ends(placement, "RELEASED_IN"), *near})


def _reach(start: Record, step: Callable[[Record], list[Record]]) -> set[Record]:
    found, at = {start}, [start]
    while at:
        for one in step(at.pop()):
            if one not in found:
                found.add(one)
                at.append(one)
    return found
