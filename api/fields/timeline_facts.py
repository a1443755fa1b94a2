"""The facts of a child's timeline: how each is found from the child, its day, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Hop


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of fact: the property that holds its day, and the properties whose codes make up its summary.

    The summary begins with `title`, which describes the kind.
    """

    kind: str
    title: str
    day: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where facts are found: the way from the child, and what happened to the node of the label on it.

    With an `owner` the facts are those of the last relationship: `owner` is the link that has its properties. The
    agency is the one on the way, else the one that `agency` leads on to, else the one that `otherwise` does, else what
    the property `reporter` names. Where a relationship `own` leads straight from the child to the node, the outcome
    that it has is the child's, whatever the node's is.
    """

    label: str
    facts: tuple[Fact, ...]
    hops: tuple[Hop, ...] = ()
    agency: tuple[Hop, ...] = ()
    otherwise: tuple[Hop, ...] = ()
    reporter: str = ""
    owner: str = ""
    own: Hop | None = None


_CASE = Hop("RESPONDENT_IN", ">", "CourtCase")
_HEARING = Hop("HAS_HEARING", ">", "Hearing")
_COURT = Hop("VENUED_AT", ">", "Agency")
_HELD = Hop("HELD_AT", ">", "Agency")
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
        own=Hop("HAD_OUTCOME", ">", "Hearing"),
        agency=(_HELD,),
        otherwise=(Hop("HAS_HEARING", "<", "CourtCase"), _COURT),
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
        agency=(Hop("RESULTED_IN", "<", "Hearing"), _HELD),
        otherwise=(Hop("RESULTED_IN", "<", "Hearing"), Hop("HAS_HEARING", "<", "CourtCase"), _COURT),
    ),
    Place(
        "ContactAttempt",
        (Fact("CONTACT_ATTEMPTED", "Contact attempted", "attemptedOn", ("kind", "outcome", "reached")),),
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
        (
            Fact("CONCERN_REPORTED", "Concern reported", "reportedOn", ("kind", "source")),
            Fact("CONCERN_RECEIVED", "Report of concern received", "receivedOn", ("kind",)),
            Fact("CONCERN_TRIAGED", "Report of concern looked at", "triagedOn", ("kind",)),
            Fact("CONCERN_CLOSED", "Report of concern closed", "closedOn", ("kind",)),
        ),
        (Hop("CONCERNS", "<", "ConcernReport"),),
        agency=(Hop("REFERRED_TO", ">", "Agency"),),
    ),
    Place(
        "CustodyEpisode",
        (
            Fact("APPREHENDED", "Taken into custody by DHS", "apprehendedOn"),
            Fact("CUSTODY_TRANSFERRED", "Transferred to HHS custody", "transferredOn"),
            Fact("ADMITTED", "Admitted to a shelter", "admittedOn"),
            Fact("DISCHARGED", "Discharged from HHS custody", "dischargedOn", ("dischargeKind",)),
        ),
        (Hop("HAS_EPISODE", ">", "CustodyEpisode"),),
    ),
    Place(
        "SponsorApplication",
        (
            Fact("SPONSOR_APPLIED", "Application to sponsor filed", "filedOn"),
            Fact("SPONSOR_DECIDED", "Application to sponsor decided", "decidedOn", ("decision",)),
        ),
        (Hop("FOR_CHILD", "<", "SponsorApplication"),),
    ),
    Place(
        "BackgroundCheck",
        (
            Fact("CHECK_REQUESTED", "Background check requested", "requestedOn", ("kind", "subject")),
            Fact("CHECK_RESULT", "Background check came back", "resultOn", ("kind", "subject", "result")),
        ),
        (_PLACEMENT, Hop("HAS_CHECK", ">", "BackgroundCheck")),
    ),
    Place(
        "PostReleaseService",
        (
            Fact("SERVICES_ORDERED", "Post-release services ordered", "orderedOn", ("level",)),
            Fact("SERVICES_STARTED", "Post-release services began", "startedOn", ("level",)),
            Fact("SERVICES_ENDED", "Post-release services ended", "endedOn", ("level",)),
        ),
        (_PLACEMENT, Hop("HAS_SERVICE", ">", "PostReleaseService")),
    ),
    Place(
        "Representation",
        (
            Fact("REPRESENTATION_BEGAN", "Representation before the court began", "enteredOn", ("kind",)),
            Fact("REPRESENTATION_ENDED", "Representation before the court ended", "withdrawnOn", ("kind",)),
        ),
        (Hop("REPRESENTED_BY", ">", "Representation"),),
    ),
)
"""Every place, in the order in which facts of the same day are listed."""
FACTS = tuple(fact for place in PLACES for fact in place.facts)
