"""The nodes that say how a child was kept safe: custody, checks, applications, services and reports of concern."""

from __future__ import annotations

from datetime import date

from graph.model.kinds import Enumeration, Node, Property, Sensitivity

IDENTITY = Sensitivity.IDENTITY

DISCHARGE_KIND = Enumeration(
    "DischargeKind",
    "How a stay in HHS custody ended.",
    {
        "REUNIFIED": "Released to a sponsor.",
        "AGED_OUT": "Turned 18 in custody.",
        "RAN_AWAY": "Left without leave.",
        "REPATRIATED": "Returned to the home country.",
        "DIED": "Died.",
        "OTHER": "Another way, such as care of a state.",
    },
)

CHECK_KIND = Enumeration(
    "BackgroundCheckKind",
    "What a background check searched.",
    {
        "PUBLIC_RECORDS": "Public records, by name.",
        "SEX_OFFENDER_REGISTRY": "The registries of sex offenders.",
        "FINGERPRINTS": "Criminal history by fingerprints.",
        "CHILD_ABUSE_REGISTRY": "A state's registry of child abuse and neglect.",
    },
)

CHECK_SUBJECT = Enumeration(
    "BackgroundCheckSubject",
    "Whom a background check is about.",
    {"SPONSOR": "The sponsor.", "HOUSEHOLD_MEMBER": "An adult of the sponsor's household."},
)

CHECK_RESULT = Enumeration(
    "BackgroundCheckResult",
    "What a background check found.",
    {"CLEAR": "Nothing.", "ADVERSE": "Something that bears on a child's safety."},
)

SPONSOR_DECISION = Enumeration(
    "SponsorDecision",
    "What was decided on an application to sponsor.",
    {"APPROVED": "Approved.", "DENIED": "Denied.", "WITHDRAWN": "Withdrawn by the applicant."},
)

DOCUMENT_KIND = Enumeration(
    "IdentityDocumentKind",
    "What sort of identity document it is.",
    {
        "PASSPORT": "A passport.",
        "NATIONAL_ID": "A national identity card.",
        "CONSULAR_ID": "A consulate's identity card.",
        "DRIVERS_LICENSE": "A driver's license.",
        "BIRTH_CERTIFICATE": "A birth certificate.",
        "OTHER": "Another document.",
    },
)

SERVICE_LEVEL = Enumeration(
    "PostReleaseServiceLevel",
    "The level of post-release services (45 CFR 410.1210).",
    {
        "LEVEL_1": "Check-ins by telephone or video.",
        "LEVEL_2": "Case management.",
        "LEVEL_3": "Intensive case management.",
    },
)

REPRESENTATIVE_KIND = Enumeration(
    "RepresentativeKind",
    "Who represents a child before a court.",
    {"ATTORNEY": "An attorney.", "ACCREDITED_REPRESENTATIVE": "A representative accredited by the Justice Department."},
)

CONCERN_SOURCE = Enumeration(
    "ConcernSource",
    "Who reported a concern.",
    {
        "CHILD": "The child.",
        "SPONSOR": "The sponsor or the household.",
        "SCHOOL": "A school.",
        "PROVIDER": "A provider of services.",
        "AGENCY": "An agency or the police.",
        "PUBLIC": "Somebody else.",
    },
)

CONCERN_KIND = Enumeration(
    "ConcernKind",
    "What a report of concern is about.",
    {
        "LABOR": "Work unfit for a child.",
        "ABUSE": "Abuse.",
        "NEGLECT": "Neglect.",
        "TRAFFICKING": "Trafficking.",
        "RUNAWAY": "The child left the sponsor's home.",
        "OTHER": "Another concern.",
    },
)

CONCERN_REPORT = Node(
    "ConcernReport",
    "A report of concern about a child, a sponsor, an address or an employer, as the agency that took it has it.",
    (
        Property("kind", CONCERN_KIND, "What it is about.", index=True),
        Property("reportedOn", date, "Day it was made.", index=True),
        Property("source", CONCERN_SOURCE, "Who made it.", index=True),
        Property("receivedOn", date, "Day an agency received it; unknown is not never.", index=True),
        Property("triagedOn", date, "Day an agency looked at it first; unknown when none did.", index=True),
        Property("closedOn", date, "Day it was closed; unknown while open.", index=True),
    ),
)

CUSTODY_EPISODE = Node(
    "CustodyEpisode",
    "A child's stay in federal custody, from apprehension to discharge; a child who comes back has another.",
    (
        Property("apprehendedOn", date, "Day on which DHS took the child into custody, as DHS records it.", index=True),
        Property(
            "transferredOn", date, "Day on which DHS transferred the child to HHS; unknown is not never.", index=True
        ),
        Property("admittedOn", date, "Day on which a shelter admitted the child, as ORR records it.", index=True),
        Property(
            "dischargedOn",
            date,
            "Day of discharge from HHS custody, as ORR records it; unknown while it lasts.",
            index=True,
        ),
        Property("dischargeKind", DISCHARGE_KIND, "How it ended.", index=True),
    ),
)

HOUSEHOLD_MEMBER = Node(
    "HouseholdMember",
    "An adult who lives with a sponsor, as the sponsor's application to ORR names one.",
    (
        Property("firstName", str, "Given names.", IDENTITY, index=True, search=True, folded=True),
        Property("lastName", str, "Family names.", IDENTITY, index=True, search=True, folded=True),
        Property("dateOfBirth", date, "Date of birth.", IDENTITY, index=True),
    ),
)

BACKGROUND_CHECK = Node(
    "BackgroundCheck",
    "A check of a sponsor, or of an adult of the household, as ORR's file has it; none on record is not none made.",
    (
        Property("kind", CHECK_KIND, "What was searched.", index=True),
        Property("subject", CHECK_SUBJECT, "Whom it is about.", index=True),
        Property("requestedOn", date, "Day it was requested.", index=True),
        Property("resultOn", date, "Day of the result; unknown while it is pending.", index=True),
        Property("result", CHECK_RESULT, "What it found.", IDENTITY, index=True),
    ),
)

SPONSOR_APPLICATION = Node(
    "SponsorApplication",
    "An application of an adult to ORR to sponsor a child.",
    (
        Property("filedOn", date, "Day it was filed.", index=True),
        Property("decidedOn", date, "Day ORR decided it; unknown while pending.", index=True),
        Property("decision", SPONSOR_DECISION, "What was decided.", index=True),
    ),
)

IDENTITY_DOCUMENT = Node(
    "IdentityDocument",
    "An identity document that a sponsor presented to ORR.",
    (
        Property("kind", DOCUMENT_KIND, "What sort it is.", index=True),
        Property("presentedOn", date, "Day it was presented.", index=True),
        Property("legible", bool, "Whether the copy on file can be read; unknown is not no.", index=True),
        Property("verified", bool, "Whether whoever issued it confirmed it; unknown is not no.", index=True),
        Property(
            "numberHash",
            str,
            "A keyed hash of its number: equal for equal numbers. The number itself is never stored.",
            IDENTITY,
            index=True,
        ),
    ),
)

REPRESENTATION = Node(
    "Representation",
    "The time during which somebody represents a child before a court (form EOIR-28); none on record is not none.",
    (
        Property("kind", REPRESENTATIVE_KIND, "Who represents the child.", index=True),
        Property("enteredOn", date, "Day on which the appearance was entered.", index=True),
        Property("withdrawnOn", date, "Day on which it was withdrawn; unknown while it lasts.", index=True),
    ),
)

POST_RELEASE_SERVICE = Node(
    "PostReleaseService",
    "Services that ORR ordered for a child after a release (45 CFR 410.1210).",
    (
        Property("level", SERVICE_LEVEL, "The level.", index=True),
        Property("orderedOn", date, "Day they were ordered.", index=True),
        Property(
            "startedOn", date, "Day they began, as their provider reports it; unknown when it reports none.", index=True
        ),
        Property("endedOn", date, "Day they ended; unknown while they last.", index=True),
    ),
)

SAFEGUARD_NODES = (
    CONCERN_REPORT,
    CUSTODY_EPISODE,
    HOUSEHOLD_MEMBER,
    BACKGROUND_CHECK,
    SPONSOR_APPLICATION,
    IDENTITY_DOCUMENT,
    REPRESENTATION,
    POST_RELEASE_SERVICE,
)
