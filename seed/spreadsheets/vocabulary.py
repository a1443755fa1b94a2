"""Words that offices use for columns, and the records and links that they are likely to mean."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "contact": "ContactAttempt",
    "hearing": "Hearing",
    "placement": "Placement",
    "notice": "NoticeToAppear",
    "child": "Child",
    "sponsor": "Sponsor",
    "address": "Address",
    "phone": "Phone",
    "case": "CourtCase",
    "court": "Agency",
    "office": "Agency",
}
"""The records that a suggestion can have; a row is about the first one of these that has a column."""

OWN_NUMBER = "child key"
WHOLE_NAMES = {"child name": "child", "sponsor name": "sponsor"}
"""What is no property: the source's own number of a child, and names that are not divided."""

WORDS: Mapping[str, tuple[str, ...]] = {
    OWN_NUMBER: ("child id", "uc id", "uac id", "minor id", "portal id", "child no", "client id", "uc number"),
    "child name": ("child name", "minor name", "uc name", "respondent", "respondent name", "alien name", "name"),
    "sponsor name": ("sponsor name", "sponsor", "name of sponsor", "custodian"),
    "child.aNumber": ("a number", "a#", "alien number", "alien registration number", "a no", "anumber", "alien no"),
    "child.firstName": ("first name", "given name", "child first name", "minor first name", "uc first name", "nombre"),
    "child.lastName": ("last name", "surname", "family name", "child last name", "minor last name", "apellido"),
    "child.dateOfBirth": ("date of birth", "dob", "birth date", "birthdate", "child dob", "fecha de nacimiento"),
    "child.sex": ("sex", "gender", "child gender", "sexo"),
    "child.countryOfBirth": ("country of birth", "cob", "country of origin", "coo", "nationality", "country"),
    "child.enteredOn": ("date of entry", "entry date", "entered us", "doe"),
    "child.transferredOn": ("transfer date", "date transferred to hhs", "referral date"),
    "sponsor.firstName": ("sponsor first name", "sponsor given name"),
    "sponsor.lastName": ("sponsor last name", "sponsor surname", "sponsor family name"),
    "sponsor.dateOfBirth": ("sponsor dob", "sponsor date of birth", "sponsor birth date"),
    "placement.releasedOn": ("release date", "date of release", "released on", "released", "discharge date"),
    "placement.relationship": ("relationship", "relationship to child", "relationship of sponsor", "relation"),
    "placement.sponsorCategory": ("sponsor category", "category", "cat"),
    "placement.program": ("program", "shelter", "facility", "care provider", "releasing program"),
    "address.street": ("street", "street address", "address", "address line 1", "sponsor address", "home address"),
    "address.unit": ("unit", "apt", "apartment", "address line 2", "apt unit"),
    "address.city": ("city", "town", "sponsor city"),
    "address.state": ("state", "st", "sponsor state"),
    "address.postalCode": ("zip", "zip code", "zipcode", "postal code", "sponsor zip", "sponsor zipcode"),
    "phone.number": ("phone", "phone number", "telephone", "cell", "mobile", "sponsor phone", "contact number", "tel"),
    "hearing.scheduledOn": ("hearing date", "court date", "date of hearing", "next hearing", "hearing", "hrg date"),
    "hearing.kind": ("hearing type", "calendar type", "type of hearing", "hrg type", "calendar"),
    "hearing.outcome": (
        "hearing result",
        "outcome",
        "result",
        "disposition",
        "appearance",
        "hearing outcome",
        "status",
    ),
    "hearing.noticeSentOn": ("hearing notice sent", "noh sent", "notice of hearing sent"),
    "court.name": ("court", "immigration court", "court location", "court name", "hearing location"),
    "office.name": ("field office", "office", "ero office", "aor"),
    "notice.issuedOn": ("nta issued", "nta date", "nta issue date", "nta issued on"),
    "notice.servedOn": ("nta served", "nta service date", "nta served on"),
    "notice.filedOn": ("nta filed", "nta filed date", "nta filing date", "nta filed on"),
    "contact.attemptedOn": ("call date", "date of call", "contact date", "attempt date", "date called", "visit date"),
    "contact.kind": ("call type", "contact type", "type of contact", "type of call"),
    "contact.outcome": ("call result", "call outcome", "contact result", "contact outcome", "result", "outcome"),
    "contact.reached": ("spoke with", "who answered", "person reached", "spoke to", "reached"),
    "contact.childWithSponsor": (
        "lives with sponsor",
        "living with sponsor",
        "child with sponsor",
        "still with sponsor",
    ),
}
"""What columns are called, for each property that they can feed."""

CODE_WORDS: Mapping[str, Mapping[str, str]] = {
    "HearingOutcome": {
        "fta": "MISSED",
        "failure to appear": "MISSED",
        "failed to appear": "MISSED",
        "no show": "MISSED",
        "did not appear": "MISSED",
        "in absentia": "MISSED",
        "absent": "MISSED",
        "appeared": "ATTENDED",
        "present": "ATTENDED",
        "continued": "ADJOURNED",
        "reset": "ADJOURNED",
        "postponed": "ADJOURNED",
        "rescheduled": "ADJOURNED",
        "canceled": "CANCELLED",
        "pending": "SCHEDULED",
    },
    "HearingKind": {"mch": "MASTER", "master calendar": "MASTER", "merits": "INDIVIDUAL", "ich": "INDIVIDUAL"},
    "ContactOutcome": {
        "spoke": "REACHED",
        "answered": "REACHED",
        "contacted": "REACHED",
        "successful": "REACHED",
        "no answer": "NO_ANSWER",
        "voicemail": "NO_ANSWER",
        "left message": "NO_ANSWER",
        "lvm": "NO_ANSWER",
        "not reached": "NO_ANSWER",
        "unsuccessful": "NO_ANSWER",
        "disconnected": "WRONG_NUMBER",
        "not in service": "WRONG_NUMBER",
        "declined": "REFUSED",
        "hung up": "REFUSED",
    },
    "ContactKind": {"30 day call": "WELL_BEING_CALL", "swb call": "WELL_BEING_CALL", "visit": "HOME_VISIT"},
    "ContactReached": {"minor": "CHILD", "uc": "CHILD", "child and sponsor": "BOTH", "other": "OTHER_ADULT"},
}
"""Words that offices use for the values of enumerations."""
