"""The closed sets of values, as agencies use them."""

from __future__ import annotations

from graph.model.kinds import Enumeration

SEX = Enumeration("Sex", "Sex as the record gives it.", {"FEMALE": "Female.", "MALE": "Male."})

SPONSOR_CATEGORY = Enumeration(
    "SponsorCategory",
    "ORR's category of a sponsor (ORR policy guide).",
    {
        "1": "Parent or legal guardian.",
        "2A": "Immediate relative who cared for the child before.",
        "2B": "Other immediate relative.",
        "2": "Immediate relative; whether 2A or 2B was not recorded.",
        "3": "Distant relative or unrelated adult.",
    },
    prefix="CATEGORY_",
)

SPONSOR_RELATIONSHIP = Enumeration(
    "SponsorRelationship",
    "The sponsor's relationship to the child.",
    {
        "PARENT": "Mother or father.",
        "LEGAL_GUARDIAN": "Legal guardian.",
        "STEPPARENT": "Stepmother or stepfather.",
        "GRANDPARENT": "Grandmother or grandfather.",
        "SIBLING": "Sister or brother, of half or full blood.",
        "AUNT_UNCLE": "Aunt or uncle.",
        "COUSIN": "Cousin.",
        "OTHER_RELATIVE": "Another relative.",
        "FAMILY_FRIEND": "A friend of the family; counted as unrelated.",
        "UNRELATED": "Not related.",
    },
)

DELIVERABILITY = Enumeration(
    "Deliverability",
    "Whether mail can reach an address.",
    {
        "DELIVERABLE": "Mail can be delivered.",
        "UNDELIVERABLE": "Mail cannot be delivered there.",
        "MISSING_UNIT": "The building is known, the apartment is missing.",
        "BLANK": "No street was recorded.",
    },
)

AGENCY_KIND = Enumeration(
    "AgencyKind",
    "What sort of office an agency record stands for.",
    {"AGENCY": "A department's agency.", "COURT": "An immigration court.", "FIELD_OFFICE": "A field office."},
)

ADDRESS_KIND = Enumeration(
    "AddressKind",
    "What sort of place an address is.",
    {
        "HOME": "A home.",
        "SHELTER": "A shelter or another place of care.",
        "HOTEL": "A hotel or motel.",
        "BUSINESS": "A place of business.",
        "MAILBOX": "A post office box, or a shop that takes mail.",
    },
)

CASE_STATUS = Enumeration(
    "CourtCaseStatus",
    "Where a court case stands.",
    {
        "PENDING": "Open before the court.",
        "CLOSED": "Completed.",
        "ADMINISTRATIVELY_CLOSED": "Taken off the calendar without an end.",
        "TERMINATED": "Ended without an order of removal.",
    },
)

HEARING_KIND = Enumeration(
    "HearingKind",
    "The calendar a hearing stands on.",
    {"MASTER": "Master calendar hearing.", "INDIVIDUAL": "Individual merits hearing."},
)

HEARING_OUTCOME = Enumeration(
    "HearingOutcome",
    "What became of a hearing.",
    {
        "SCHEDULED": "Yet to be held.",
        "ATTENDED": "The child appeared.",
        "MISSED": "Failure to appear.",
        "ADJOURNED": "Moved to another day.",
        "CANCELLED": "Taken off the calendar.",
    },
)

ORDER_KIND = Enumeration(
    "CourtOrderKind",
    "What an immigration judge ordered.",
    {
        "REMOVAL": "Removal.",
        "VOLUNTARY_DEPARTURE": "Voluntary departure.",
        "TERMINATION": "Termination of proceedings.",
        "RELIEF_GRANTED": "Relief from removal granted.",
        "CHANGE_OF_VENUE": "Change of venue.",
    },
)

CONTACT_KIND = Enumeration(
    "ContactKind",
    "How contact was sought.",
    {
        "WELL_BEING_CALL": "Safety and well-being call.",
        "HOME_VISIT": "Visit at the sponsor's home.",
        "WELLNESS_CHECK": "Wellness check by law enforcement or child welfare.",
        "POST_RELEASE_SERVICE": "Contact by a post-release service provider.",
    },
)

CONTACT_OUTCOME = Enumeration(
    "ContactOutcome",
    "What came of the attempt.",
    {
        "REACHED": "Somebody answered; `reached` says who.",
        "NO_ANSWER": "Nobody answered.",
        "WRONG_NUMBER": "The number was not theirs.",
        "REFUSED": "Contact was refused.",
    },
)

CONTACT_REACHED = Enumeration(
    "ContactReached",
    "Who was spoken to.",
    {
        "CHILD": "The child.",
        "SPONSOR": "The sponsor, and not the child.",
        "BOTH": "The child and the sponsor.",
        "OTHER_ADULT": "Another adult.",
    },
)

RECOMMENDATION = Enumeration(
    "HomeStudyRecommendation",
    "What a home study recommended.",
    {
        "POSITIVE": "Release recommended.",
        "NEGATIVE": "Release not recommended.",
        "CONDITIONAL": "Release recommended with conditions.",
    },
)

RELIEF_FORM = Enumeration(
    "ReliefForm",
    "The form of an application for relief.",
    {
        "I_589": "Asylum and withholding of removal.",
        "I_360": "Special immigrant juvenile status.",
        "I_914": "T nonimmigrant status, for victims of trafficking.",
        "I_918": "U nonimmigrant status, for victims of crime.",
    },
)

RELIEF_STATUS = Enumeration(
    "ReliefStatus",
    "Where an application for relief stands.",
    {
        "PENDING": "Not decided.",
        "GRANTED": "Granted.",
        "DENIED": "Denied.",
        "WITHDRAWN": "Withdrawn.",
    },
)

NOTIFICATION_EVENT = Enumeration(
    "NotificationEvent",
    "What an agency was told of.",
    {
        "MISSED_HEARING": "A failure to appear.",
        "ADDRESS_CHANGE": "A new address.",
        "RELEASE": "A release to a sponsor.",
        "HEARING_SCHEDULED": "A hearing's date.",
    },
)

NOTIFICATION_CHANNEL = Enumeration(
    "NotificationChannel",
    "How it was told.",
    {
        "EMAIL": "An e-mail inbox.",
        "PORTAL": "An agency's portal.",
        "SPREADSHEET": "A spreadsheet passed on.",
        "PHONE": "A telephone call.",
        "INTERFACE": "From system to system.",
    },
)

NOTIFICATION_STATUS = Enumeration(
    "NotificationStatus",
    "Whether it arrived.",
    {
        "SENT": "Sent, not acknowledged.",
        "ACKNOWLEDGED": "Acknowledged by the receiver.",
        "FAILED": "Could not be delivered.",
    },
)
