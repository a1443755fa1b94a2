"""The nodes of the graph."""

from __future__ import annotations

from datetime import date, datetime

from graph.model import enumerations as enums
from graph.model.derivations import ADDRESS_COUNTS, SPONSOR_COUNTS
from graph.model.kinds import Node, Point, Property, Sensitivity
from graph.model.report_days import REPORT_DAYS
from graph.model.safeguards import SAFEGUARD_NODES

PUBLIC, CASE, LOCATION, IDENTITY = (
    Sensitivity.PUBLIC,
    Sensitivity.CASE,
    Sensitivity.LOCATION,
    Sensitivity.IDENTITY,
)

CHILD = Node(
    "Child",
    "A child transferred to HHS custody without a parent or guardian.",
    (
        Property("aNumber", str, "Nine-digit alien registration number.", IDENTITY, index=True, search=True),
        Property("firstName", str, "Given names.", IDENTITY, index=True, search=True, folded=True),
        Property("lastName", str, "Family names.", IDENTITY, index=True, search=True, folded=True),
        Property("dateOfBirth", date, "Date of birth.", IDENTITY, index=True),
        Property("sex", enums.SEX, "Sex as recorded.", index=True),
        Property("countryOfBirth", str, "Country of birth, by its English name.", index=True, folded=True),
        Property("enteredOn", date, "Day of entry into the United States.", index=True),
        Property("transferredOn", date, "Day of transfer from DHS to HHS.", index=True),
        Property(
            "traffickingVictim",
            bool,
            "Whether ORR has the child on record as a victim of severe trafficking; unknown is not no.",
        ),
        Property("disability", bool, "Whether ORR has a disability on record; unknown is not no."),
        Property(
            "abuseVictim",
            bool,
            "Whether ORR has the child on record as a victim of physical or sexual abuse; unknown is not no.",
        ),
    ),
    plural="children",
    hidden=(REPORT_DAYS,),
)

SPONSOR = Node(
    "Sponsor",
    "An adult to whom a child is or was to be released.",
    (
        Property("firstName", str, "Given names.", IDENTITY, index=True, search=True, folded=True),
        Property("lastName", str, "Family names.", IDENTITY, index=True, search=True, folded=True),
        Property("dateOfBirth", date, "Date of birth.", IDENTITY, index=True),
        Property(
            "identityVerified", bool, "Whether ORR verified the sponsor's identity; unknown is not no.", index=True
        ),
        *SPONSOR_COUNTS,
    ),
)

PLACEMENT = Node(
    "Placement",
    "A release of a child from HHS custody to a sponsor.",
    (
        Property("releasedOn", date, "Day of release.", index=True),
        Property("endedOn", date, "Day the placement ended; unknown while it lasts.", index=True),
        Property("endReason", str, "Why it ended."),
        Property("sponsorCategory", enums.SPONSOR_CATEGORY, "ORR's category of the sponsor.", index=True),
        Property("relationship", enums.SPONSOR_RELATIONSHIP, "The sponsor's relationship to the child.", index=True),
        Property("program", str, "Shelter or program that released the child.", folded=True),
    ),
)

ADDRESS = Node(
    "Address",
    "A postal address, as reported.",
    (
        Property("street", str, "Street and house number.", LOCATION, index=True, search=True, folded=True),
        Property("unit", str, "Apartment or unit.", LOCATION, search=True),
        Property("city", str, "City.", LOCATION, index=True, search=True, folded=True),
        Property("state", str, "Two-letter state.", LOCATION, index=True),
        Property("postalCode", str, "Five-digit ZIP code.", LOCATION, index=True, search=True),
        Property("location", Point, "Position, WGS 84.", LOCATION),
        Property("deliverability", enums.DELIVERABILITY, "Whether mail can reach it.", LOCATION, index=True),
        Property(
            "kind", enums.ADDRESS_KIND, "What sort of place it is; unknown where nobody said.", LOCATION, index=True
        ),
        Property(
            "asWritten",
            str,
            "The text that was read as this address, as the source wrote it; it may hold names.",
            IDENTITY,
            verbatim=True,
        ),
        *ADDRESS_COUNTS,
    ),
    plural="addresses",
)

POSTAL_AREA = Node(
    "PostalArea",
    "The area of a ZIP code; published files know no finer place.",
    (
        Property("postalCode", str, "Five-digit ZIP code.", PUBLIC, index=True, search=True),
        Property("city", str, "City.", PUBLIC, index=True, search=True, folded=True),
        Property("state", str, "Two-letter state.", PUBLIC, index=True),
        Property("location", Point, "Position of its middle, WGS 84.", PUBLIC),
    ),
)

PHONE = Node(
    "Phone",
    "A telephone number, as reported.",
    (
        Property(
            "number",
            str,
            "Number with country code, digits after a plus sign; an extension follows `;ext=`.",
            IDENTITY,
            index=True,
            search=True,
        ),
    ),
)

AGENCY = Node(
    "Agency",
    "A government agency, an immigration court or a field office.",
    (
        Property("code", str, "Short code, such as ORR or EOIR.", PUBLIC, index=True, search=True),
        Property("name", str, "Name.", PUBLIC, index=True, search=True, folded=True),
        Property("department", str, "Department it belongs to.", PUBLIC, index=True, folded=True),
        Property("kind", enums.AGENCY_KIND, "Agency, court or field office.", PUBLIC, index=True),
    ),
    plural="agencies",
)

NOTICE_TO_APPEAR = Node(
    "NoticeToAppear",
    "The charging document that opens removal proceedings once it is filed with a court.",
    (
        Property("issuedOn", date, "Day it was issued.", index=True),
        Property("servedOn", date, "Day it was served; unknown when not served.", index=True),
        Property("filedOn", date, "Day it was filed with the court; unknown when not filed.", index=True),
    ),
    plural="noticesToAppear",
)

COURT_CASE = Node(
    "CourtCase",
    "A case before an immigration court.",
    (
        Property("openedOn", date, "Day it was opened.", index=True),
        Property("status", enums.CASE_STATUS, "Where it stands.", index=True),
        Property("closedOn", date, "Day it was closed; unknown while open.", index=True),
    ),
)

HEARING = Node(
    "Hearing",
    "A hearing before an immigration judge.",
    (
        Property("scheduledOn", date, "Day of the hearing.", index=True),
        Property("kind", enums.HEARING_KIND, "Master or individual calendar.", index=True),
        Property(
            "outcome",
            enums.HEARING_OUTCOME,
            "What became of it; a respondent's own outcome, where one is on record, goes before it.",
            index=True,
        ),
        Property("noticeSentOn", date, "Day the notice of hearing was sent.", index=True),
    ),
)

COURT_ORDER = Node(
    "CourtOrder",
    "An order of an immigration judge.",
    (
        Property("kind", enums.ORDER_KIND, "What was ordered.", index=True),
        Property("issuedOn", date, "Day it was issued.", index=True),
        Property(
            "inAbsentia",
            bool,
            "Whether it was issued in the child's absence (8 USC 1229a(b)(5)).",
            index=True,
        ),
    ),
)

CONTACT_ATTEMPT = Node(
    "ContactAttempt",
    "An attempt to speak with the child or the sponsor after release.",
    (
        Property("kind", enums.CONTACT_KIND, "How contact was sought.", index=True),
        Property("attemptedOn", date, "Day of the attempt.", index=True),
        Property("outcome", enums.CONTACT_OUTCOME, "What came of it.", index=True),
        Property(
            "reached",
            enums.CONTACT_REACHED,
            "Who was spoken to; unknown where the record says only that somebody was.",
            index=True,
        ),
        Property("childWithSponsor", bool, "Whether the child was found to live with the sponsor; unknown is not no."),
    ),
)

HOME_STUDY = Node(
    "HomeStudy",
    "A study of the sponsor's home before or after release.",
    (
        Property("orderedOn", date, "Day it was ordered.", index=True),
        Property("completedOn", date, "Day it was completed; unknown when it was not.", index=True),
        Property("recommendation", enums.RECOMMENDATION, "What it recommended.", index=True),
    ),
    plural="homeStudies",
)

RELIEF_APPLICATION = Node(
    "ReliefApplication",
    "An application for asylum or other relief.",
    (
        Property("form", enums.RELIEF_FORM, "The form.", index=True),
        Property("filedOn", date, "Day it was filed.", index=True),
        Property("decidedOn", date, "Day it was decided; unknown while pending.", index=True),
        Property("status", enums.RELIEF_STATUS, "Where it stands.", index=True),
    ),
)

NOTIFICATION = Node(
    "Notification",
    "A message from one agency to another about a hearing.",
    (
        Property("event", enums.NOTIFICATION_EVENT, "What it tells of.", index=True),
        Property("channel", enums.NOTIFICATION_CHANNEL, "How it was sent.", index=True),
        Property("sentAt", datetime, "When it was sent.", index=True),
        Property("acknowledgedAt", datetime, "When it was acknowledged; unknown when it was not.", index=True),
        Property("status", enums.NOTIFICATION_STATUS, "Whether it arrived.", index=True),
    ),
)

EMPLOYER = Node(
    "Employer",
    "An employer known to the Labor Department.",
    (
        Property("name", str, "Trade or legal name.", PUBLIC, index=True, search=True, folded=True),
        Property("industryCode", str, "NAICS industry code.", PUBLIC, index=True),
    ),
)

LABOR_VIOLATION = Node(
    "LaborViolation",
    "A finding of child labor by the Labor Department's Wage and Hour Division.",
    (
        Property("foundOn", date, "Last day of the period that was investigated.", PUBLIC, index=True),
        Property("investigatedFrom", date, "First day of the period that was investigated.", PUBLIC, index=True),
        Property("violations", int, "Violations of the rules on child labor.", PUBLIC, index=True),
        Property("repeated", bool, "Whether the employer had been found to violate labor law before.", PUBLIC),
        Property("minorsAffected", int, "Minors employed in violation.", PUBLIC, index=True),
        Property("penalty", float, "Civil penalty assessed, in dollars.", PUBLIC, index=True),
    ),
)

SOURCE = Node(
    "Source",
    "Where facts came from: an extract of an agency's system, a published file, or the synthetic generator.",
    (
        Property("system", str, "System of record.", PUBLIC, index=True, search=True),
        Property("file", str, "Name of the file or extract.", PUBLIC, index=True),
        Property("extractedAt", datetime, "When it was extracted.", PUBLIC, index=True),
    ),
)

NODES = (
    CHILD,
    SPONSOR,
    PLACEMENT,
    ADDRESS,
    POSTAL_AREA,
    PHONE,
    AGENCY,
    NOTICE_TO_APPEAR,
    COURT_CASE,
    HEARING,
    COURT_ORDER,
    CONTACT_ATTEMPT,
    HOME_STUDY,
    RELIEF_APPLICATION,
    NOTIFICATION,
    EMPLOYER,
    LABOR_VIOLATION,
    *SAFEGUARD_NODES,
    SOURCE,
)
