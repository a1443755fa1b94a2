"""The facts of a child's timeline: where each is found from the child, on which day it happened, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Hop


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of fact: the property that holds its day, and those whose codes make up its summary.

    `title` begins the summary, and describes the kind.
    """

    kind: str
    title: str
    day: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where facts are found: the way from the child, and what happened to the node of the label on it.

    With an `owner` the facts are those of the last relationship: `owner` is the link that has its properties. The
    agency is the one on the way, else the one that `agency` leads on to, else what the property `reporter` names.
    """

    label: str
    facts: tuple[Fact, ...]
    hops: tuple[Hop, ...] = ()
    agency: tuple[Hop, ...] = ()
    reporter: str = ""
    owner: str = ""


_CASE = Hop("RESPONDENT_IN", ">", "CourtCase")
_HEARING = Hop("HAS_HEARING", ">", "Hearing")
_COURT = Hop("VENUED_AT", ">", "Agency")
_PLACEMENT = Hop("HAS_PLACEMENT", ">", "Placement")

PLACES = (
    Place(
        "Child",
        (
            Fact("BORN", "Born", "dateOfBirth"),
            Fact("ENTERED", "Entered the United States", "enteredOn"),
            Fact("TRANSFERRED", "Transferred from DHS to HHS", "transferredOn"),
        ),
    ),
    Place(
        "Placement",
        (
            Fact("RELEASED", "Released to a sponsor", "releasedOn", ("sponsorCategory", "relationship")),
            Fact("PLACEMENT_ENDED", "Placement ended", "endedOn"),
        ),
        (_PLACEMENT,),
    ),
    Place(
        "HomeStudy",
        (
            Fact("HOME_STUDY_ORDERED", "Home study ordered", "orderedOn"),
            Fact("HOME_STUDY_COMPLETED", "Home study completed", "completedOn", ("recommendation",)),
        ),
        (_PLACEMENT, Hop("HAS_HOME_STUDY", ">", "HomeStudy")),
    ),
    Place(
        "Address",
        (
            Fact("RESIDENCE_BEGAN", "Reported to reside at an address from this day", "since"),
            Fact("RESIDENCE_ENDED", "Reported to reside at an address until this day", "until"),
        ),
        (Hop("RESIDES_AT", ">", "Address"),),
        reporter="reportedBy",
        owner="Child.addresses",
    ),
    Place(
        "NoticeToAppear",
        (
            Fact("NOTICE_ISSUED", "Notice to Appear issued", "issuedOn"),
            Fact("NOTICE_SERVED", "Notice to Appear served", "servedOn"),
            Fact("NOTICE_FILED", "Notice to Appear filed with the court", "filedOn"),
        ),
        (Hop("HAS_NOTICE", ">", "NoticeToAppear"),),
    ),
    Place(
        "CourtCase",
        (
            Fact("CASE_OPENED", "Court case opened", "openedOn"),
            Fact("CASE_CLOSED", "Court case closed", "closedOn", ("status",)),
        ),
        (_CASE,),
        agency=(_COURT,),
    ),
    Place(
        "Hearing",
        (
            Fact("HEARING_NOTICE_SENT", "Notice of a hearing sent", "noticeSentOn"),
            Fact("HEARING", "Hearing", "scheduledOn", ("kind", "outcome")),
        ),
        (_CASE, _HEARING),
        agency=(Hop("HAS_HEARING", "<", "CourtCase"), _COURT),
    ),
    Place(
        "Hearing",
        (Fact("HEARING_RECORDED", "Outcome of a hearing recorded by an agency", "recordedOn", ("outcome",)),),
        (_CASE, _HEARING, Hop("RECORDED", "<", "Agency")),
        owner="Hearing.recordings",
    ),
    Place(
        "CourtOrder",
        (Fact("ORDER_ISSUED", "Order issued by an immigration judge", "issuedOn", ("kind", "inAbsentia")),),
        (_CASE, _HEARING, Hop("RESULTED_IN", ">", "CourtOrder")),
        agency=(Hop("RESULTED_IN", "<", "Hearing"), Hop("HAS_HEARING", "<", "CourtCase"), _COURT),
    ),
    Place(
        "ContactAttempt",
        (Fact("CONTACT_ATTEMPTED", "Contact attempted", "attemptedOn", ("kind", "outcome")),),
        (Hop("HAS_CONTACT", ">", "ContactAttempt"),),
        agency=(Hop("MADE_BY", ">", "Agency"),),
    ),
    Place(
        "ReliefApplication",
        (
            Fact("RELIEF_FILED", "Application for relief filed", "filedOn", ("form",)),
            Fact("RELIEF_DECIDED", "Application for relief decided", "decidedOn", ("form", "status")),
        ),
        (Hop("APPLIED_FOR", ">", "ReliefApplication"),),
        agency=(Hop("BEFORE", ">", "Agency"),),
    ),
    Place(
        "Notification",
        (
            Fact("NOTIFICATION_SENT", "Agency notified about a hearing", "sentAt", ("event", "channel", "status")),
            Fact("NOTIFICATION_ACKNOWLEDGED", "Notification acknowledged", "acknowledgedAt", ("event", "channel")),
        ),
        (_CASE, _HEARING, Hop("ABOUT", "<", "Notification")),
        agency=(Hop("SENT_TO", ">", "Agency"),),
    ),
    Place(
        "ConcernReport",
        (Fact("CONCERN_REPORTED", "Concern reported", "reportedOn", ("kind",)),),
        (Hop("CONCERNS", "<", "ConcernReport"),),
    ),
)
"""Every place, in the order in which facts of one day are told."""
FACTS = tuple(fact for place in PLACES for fact in place.facts)
