"""Second answer to the question about one child's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record, Tie
from tests.truth.notions_places import by, hearings_of, in_utc, outcomes

EVENTS = """
BORN dateOfBirth; ENTERED enteredOn; TRANSFERRED transferredOn
RELEASED releasedOn relationship; PLACEMENT_ENDED endedOn
HOME_STUDY_ORDERED orderedOn; HOME_STUDY_COMPLETED completedOn recommendation
RESIDENCE_BEGAN since; RESIDENCE_ENDED until
NOTICE_ISSUED issuedOn; NOTICE_SERVED servedOn; NOTICE_FILED filedOn
CASE_OPENED openedOn; CASE_CLOSED closedOn status
HEARING_NOTICE_SENT noticeSentOn; HEARING scheduledOn outcome
HEARING_RECORDED recordedOn outcome
ORDER_ISSUED issuedOn kind
CONTACT_ATTEMPTED attemptedOn outcome
RELIEF_FILED filedOn form; RELIEF_DECIDED decidedOn status
NOTIFICATION_SENT sentAt channel; NOTIFICATION_ACKNOWLEDGED acknowledgedAt channel
CONCERN_REPORTED reportedOn kind; CONCERN_RECEIVED receivedOn kind; CONCERN_TRIAGED triagedOn kind; \
CONCERN_CLOSED closedOn kind
APPREHENDED apprehendedOn; CUSTODY_TRANSFERRED transferredOn; ADMITTED admittedOn; DISCHARGED dischargedOn dischargeKind
SPONSOR_APPLIED filedOn; SPONSOR_DECIDED decidedOn decision
CHECK_REQUESTED requestedOn kind; CHECK_RESULT resultOn result
SERVICES_ORDERED orderedOn level; SERVICES_STARTED startedOn level; SERVICES_ENDED endedOn level
REPRESENTATION_BEGAN enteredOn kind; REPRESENTATION_ENDED withdrawnOn kind
"""
"""What happens, in the order of one day: the event, its day, and the property that says more of it."""
WORDS = [event.split() for event in EVENTS.replace("\n", ";").split(";") if event.strip()]
RANK = {event[0]: rank for rank, event in enumerate(WORDS)}


class Said(NamedTuple):
    """A record or a relationship of which events are told, the first of its events, and its agencies."""

    first: str
    of: Record | Tie
    agencies: list[str]


@answers("childTimeline")
def child_timeline(dump: Dump, child: str, asOf: date) -> Iterator[Row]:
    """Give each fact with a day that is on record about a child."""
    subject = dump.find("Child", child)
    found = {}
    for said in _all(dump, subject) if subject else ():
        source, learned = _learned(dump, said.of)
        for event, day, *more in _events(said.first):
            on = in_utc(said.of[day]) if isinstance(said.of[day], datetime) else said.of[day]
            if by(on, asOf):
                found[event, said.of["key"]] = {
                    "happenedOn": on,
                    "rank": RANK[event],
                    "event": event,
                    "detail": _detail(dump, subject, event, said.of, more),
                    "agency": min(said.agencies, default=None),
                    "source": source,
                    "learnedAt": learned,
                    "record": said.of["key"],
                    "subject": subject,
                }
    yield from found.values()


def _detail(dump: Dump, child: Record | None, event: str, of: Record | Tie, more: list[str]) -> str | None:
    said: str | None = of[more[0]] if more else None
    if event == "HEARING" and child is not None and isinstance(of, Record):
        own = sorted(outcomes(dump, child, of), key=lambda one: (one != "MISSED", one))
        return own[0] if own else said
    if event == "CONTACT_ATTEMPTED" and said and of["reached"]:
        return f"{said} {of['reached']}"
    return said


def _events(first: str) -> list[list[str]]:
    """Return the events of a record, by the first of them: those of its line."""
    [line] = [line for line in EVENTS.splitlines() if line.startswith(f"{first} ")]
    return [event.split() for event in line.split(";")]


def _learned(dump: Dump, of: Record | Tie) -> tuple[str | None, datetime | None]:
    """Return from where a record was first learned, and when."""
    if isinstance(of, Tie):
        return None, None
    ties = dump.out(of, "FROM_SOURCE")
    if not ties:
        return None, None
    late = datetime.max.timestamp()
    first = min(ties, key=lambda tie: (tie["recordedAt"].timestamp() if tie["recordedAt"] else late, tie.other.key))
    return first.other["system"] or first.other["file"], first["recordedAt"]


def _all(dump: Dump, child: Record) -> Iterator[Said]:
    placements = dump.ends(child, "HAS_PLACEMENT")
    hearings = hearings_of(dump, child)
    yield Said("BORN", child, [])
    for first, records in {
        "RELEASED": placements,
        "HOME_STUDY_ORDERED": dump.ends(placements, "HAS_HOME_STUDY"),
        "NOTICE_ISSUED": dump.ends(child, "HAS_NOTICE"),
        "APPREHENDED": dump.ends(child, "HAS_EPISODE"),
        "SPONSOR_APPLIED": dump.starts(child, "FOR_CHILD"),
        "CHECK_REQUESTED": dump.ends(placements, "HAS_CHECK"),
        "SERVICES_ORDERED": dump.ends(placements, "HAS_SERVICE"),
        "REPRESENTATION_BEGAN": dump.ends(child, "REPRESENTED_BY"),
    }.items():
        for one in records:
            yield Said(first, one, [])
    for first, kind, records in (
        ("CASE_OPENED", "VENUED_AT", dump.ends(child, "RESPONDENT_IN")),
        ("CONTACT_ATTEMPTED", "MADE_BY", dump.ends(child, "HAS_CONTACT")),
        ("RELIEF_FILED", "BEFORE", dump.ends(child, "APPLIED_FOR")),
        ("NOTIFICATION_SENT", "SENT_TO", dump.starts(hearings, "ABOUT")),
        ("CONCERN_REPORTED", "REFERRED_TO", dump.starts(child, "CONCERNS")),
    ):
        for one in records:
            yield Said(first, one, _codes(dump, one, kind))
    for one in hearings:
        yield Said("HEARING_NOTICE_SENT", one, _courts(dump, [one]))
        for tie in dump.into(one, "RECORDED"):
            yield Said("HEARING_RECORDED", tie, [tie.other["code"]])
    for one in dump.ends(hearings, "RESULTED_IN"):
        yield Said("ORDER_ISSUED", one, _courts(dump, dump.starts(one, "RESULTED_IN")))
    for tie in dump.out(child, "RESIDES_AT"):
        yield Said("RESIDENCE_BEGAN", tie, [tie["reportedBy"]] if tie["reportedBy"] else [])


def _codes(dump: Dump, of: Record | list[Record], kind: str) -> list[str]:
    return [one["code"] for one in dump.ends(of, kind)]


def _courts(dump: Dump, hearings: list[Record]) -> list[str]:
    """Return the courts that held hearings, else those before which the cases are."""
    return _codes(dump, hearings, "HELD_AT") or _codes(dump, dump.starts(hearings, "HAS_HEARING"), "VENUED_AT")
