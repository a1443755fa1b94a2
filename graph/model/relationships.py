"""The relationships of the graph, and the links that read each from its two ends."""

from __future__ import annotations

from datetime import date, datetime

from graph.model import enumerations as enums
from graph.model.kinds import End, Property, Relationship, Sensitivity
from graph.model.nodes import NODES
from graph.model.safeguard_links import SAFEGUARD_RELATIONSHIPS

RESIDENCE = (
    Property("since", date, "First day there, as reported.", Sensitivity.LOCATION),
    Property("until", date, "Last day there; unknown while it lasts.", Sensitivity.LOCATION),
    Property("reportedBy", str, "Code of the agency that reported it.", Sensitivity.PUBLIC),
    Property(
        "reportedOn",
        date,
        "Day on which the agency was told (a court by form EOIR-33), which need not be the first day there; unknown is "
        "not never.",
    ),
)
PHONE_USE = (
    Property("since", date, "First day on which the number was theirs, as reported."),
    Property("until", date, "Last day on which it was; unknown while it is."),
)
OWN_OUTCOME = (
    Property(
        "outcome",
        enums.HEARING_OUTCOME,
        "What became of the hearing for this respondent, by the court; unknown is not attended.",
    ),
)
RECORDING = (
    Property("outcome", enums.HEARING_OUTCOME, "The outcome in the agency's own system."),
    Property("recordedOn", date, "Day the agency recorded it."),
)
PROVENANCE = (
    Property("row", int, "Row of the source, counted from 1.", Sensitivity.PUBLIC),
    Property("recordedAt", datetime, "When the source recorded it.", Sensitivity.PUBLIC),
)

RELATIONSHIPS = (
    Relationship(
        "HAS_PLACEMENT",
        "Child",
        "Placement",
        End("placements", "Releases of the child; there may be several."),
        End("child", "The child released.", many=False),
    ),
    Relationship(
        "WITH_SPONSOR",
        "Placement",
        "Sponsor",
        End("sponsor", "The sponsor to whom the child was released.", many=False),
        End("placements", "Releases to the sponsor."),
    ),
    Relationship(
        "RELEASED_TO",
        "Placement",
        "Address",
        End("address", "The address to which the child was released.", many=False),
        End("placements", "Releases to the address."),
    ),
    Relationship(
        "RELEASED_IN",
        "Placement",
        "PostalArea",
        End("postalArea", "The postal area to which the child was released.", many=False),
        End("placements", "Releases into the area."),
    ),
    Relationship(
        "IN_AREA",
        "Address",
        "PostalArea",
        End("postalArea", "The postal area of the address.", many=False),
        End("addresses", "Addresses in the area."),
    ),
    Relationship(
        "RESIDES_AT",
        "Child",
        "Address",
        End("addresses", "Reports of where the child resides; agencies may disagree."),
        End("children", "Children reported to reside there."),
        RESIDENCE,
    ),
    Relationship(
        "RESIDES_AT",
        "Sponsor",
        "Address",
        End("addresses", "Reports of where the sponsor resides; agencies may disagree."),
        End("sponsors", "Sponsors reported to reside there."),
        RESIDENCE,
    ),
    Relationship(
        "HAS_PHONE",
        "Child",
        "Phone",
        End("phones", "Telephone numbers of the child."),
        End("children", "Children with the number."),
        PHONE_USE,
    ),
    Relationship(
        "HAS_PHONE",
        "Sponsor",
        "Phone",
        End("phones", "Telephone numbers of the sponsor."),
        End("sponsors", "Sponsors with the number."),
        PHONE_USE,
    ),
    Relationship(
        "SIBLING_OF",
        "Child",
        "Child",
        End("siblings", "Sisters and brothers in the records."),
        symmetric=True,
    ),
    Relationship(
        "HAS_NOTICE",
        "Child",
        "NoticeToAppear",
        End("noticesToAppear", "Notices to Appear of the child."),
        End("child", "The child whom the notice names.", many=False),
    ),
    Relationship(
        "FILED_IN",
        "NoticeToAppear",
        "CourtCase",
        End("courtCase", "The case that the notice opened.", many=False),
        End("noticesToAppear", "Notices filed in the case."),
    ),
    Relationship(
        "RESPONDENT_IN",
        "Child",
        "CourtCase",
        End("courtCases", "Cases in which the child is a respondent."),
        End("children", "Children who are respondents."),
    ),
    Relationship(
        "HAS_HEARING",
        "CourtCase",
        "Hearing",
        End("hearings", "Hearings of the case."),
        End("courtCase", "The case heard.", many=False),
    ),
    Relationship(
        "RESULTED_IN",
        "Hearing",
        "CourtOrder",
        End("orders", "Orders issued at the hearing."),
        End("hearing", "The hearing at which it was issued.", many=False),
    ),
    Relationship(
        "VENUED_AT",
        "CourtCase",
        "Agency",
        End("court", "The court before which the case is.", many=False),
        End("courtCases", "Cases before the court."),
    ),
    Relationship(
        "HELD_AT",
        "Hearing",
        "Agency",
        End("court", "The court that held it, or is to hold it, as EOIR records it.", many=False),
        End("hearings", "Hearings held at the court."),
    ),
    Relationship(
        "HAD_OUTCOME",
        "Child",
        "Hearing",
        End("hearingOutcomes", "Hearings that had an outcome of its own for the child."),
        End("respondentOutcomes", "Children for whom the hearing had an outcome of its own."),
        OWN_OUTCOME,
    ),
    Relationship(
        "NOTICE_SENT_TO",
        "Hearing",
        "Address",
        End("noticeAddresses", "Addresses to which the notice was sent."),
    ),
    Relationship(
        "RECORDED",
        "Agency",
        "Hearing",
        End("recordings", "Hearings that the agency's own system records, with the outcome it gives."),
        End("recordings", "Agencies whose own systems record the hearing, with the outcome each gives."),
        RECORDING,
    ),
    Relationship(
        "HAS_CONTACT",
        "Child",
        "ContactAttempt",
        End("contactAttempts", "Attempts to reach the child after release."),
        End("child", "The child whom it was to reach.", many=False),
    ),
    Relationship(
        "MADE_BY",
        "ContactAttempt",
        "Agency",
        End("agency", "The agency that made it.", many=False),
        End("contactAttempts", "Contact attempts by the agency."),
    ),
    Relationship(
        "HAS_HOME_STUDY",
        "Placement",
        "HomeStudy",
        End("homeStudies", "Home studies for the placement."),
        End("placement", "The placement studied.", many=False),
    ),
    Relationship(
        "APPLIED_FOR",
        "Child",
        "ReliefApplication",
        End("reliefApplications", "Applications for relief by the child."),
        End("child", "The child who applied.", many=False),
    ),
    Relationship(
        "BEFORE",
        "ReliefApplication",
        "Agency",
        End("agency", "The agency that decides it.", many=False),
        End("reliefApplications", "Applications before the agency."),
    ),
    Relationship(
        "ABOUT",
        "Notification",
        "Hearing",
        End("hearing", "The hearing it is about.", many=False),
        End("notifications", "Messages between agencies about the hearing."),
    ),
    Relationship(
        "SENT_BY",
        "Notification",
        "Agency",
        End("sentBy", "The agency that sent it.", many=False),
        End("notificationsSent", "Messages that the agency sent."),
    ),
    Relationship(
        "SENT_TO",
        "Notification",
        "Agency",
        End("sentTo", "The agency that it was sent to.", many=False),
        End("notificationsReceived", "Messages sent to the agency."),
    ),
    Relationship(
        "LOCATED_AT",
        "Employer",
        "Address",
        End("addresses", "Addresses of the employer."),
        End("employers", "Employers at the address."),
    ),
    Relationship(
        "IN_AREA",
        "Employer",
        "PostalArea",
        End("postalAreas", "Postal areas of the employer."),
        End("employers", "Employers in the area."),
    ),
    Relationship(
        "CITED_FOR",
        "Employer",
        "LaborViolation",
        End("laborViolations", "Child labor violations found at the employer."),
        End("employer", "The employer cited.", many=False),
    ),
    Relationship(
        "PART_OF",
        "Agency",
        "Agency",
        End("partOf", "The agency that it is part of.", many=False),
        End("parts", "Offices and agencies that are part of it."),
    ),
    Relationship(
        "RESPONSIBLE_FOR",
        "Agency",
        "PostalArea",
        End("postalAreas", "Postal areas for which the office is responsible."),
        End("offices", "Offices that are responsible for the area."),
    ),
    *SAFEGUARD_RELATIONSHIPS,
    *(
        Relationship(
            "FROM_SOURCE",
            node.label,
            "Source",
            End("sources", "Where the record came from."),
            properties=PROVENANCE,
        )
        for node in NODES
        if node.label != "Source"
    ),
)
