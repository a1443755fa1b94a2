"""Lists of releases and calls that tests change row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

RELEASES = """system: HHS ORR
records:
  placement: {label: Placement, match: [child, releasedOn]}
  child: {label: Child, match: aNumber, key: Child ID}
  sponsor: {label: Sponsor, match: [firstName, lastName, dateOfBirth]}
  address: {label: Address}
columns:
  A#: child.aNumber
  First: child.firstName
  Last: child.lastName
  DOB: child.dateOfBirth
  Released: {to: placement.releasedOn, required: true}
  Relationship: placement.relationship
  Sponsor: {to: [sponsor.lastName, sponsor.firstName], split: ","}
  Sponsor DOB: sponsor.dateOfBirth
  Street: address.street
  Unit: address.unit
  Zip: address.postalCode
links:
  - child HAS_PLACEMENT placement
  - placement WITH_SPONSOR sponsor
  - placement RELEASED_TO address
  - residence: sponsor RESIDES_AT address
values:
  residence.reportedBy: ORR
"""
NAMES = (
    *("Child ID", "A#", "First", "Last", "DOB", "Released", "Relationship"),
    *("Sponsor", "Sponsor DOB", "Street", "Unit", "Zip"),
)
ANA = {
    "Child ID": 11,
    "A#": "A900000011",
    "First": "Ana",
    "Last": "Ramos",
    "DOB": date(2010, 5, 17),
    "Released": date(2024, 1, 12),
    "Relationship": "Aunt",
    "Sponsor": "Díaz, Rosa",
    "Sponsor DOB": date(1985, 3, 2),
    "Street": "12 Example Street",
    "Unit": "4B",
    "Zip": "77002",
}
LEO = {"Child ID": 12, "A#": "A900000012", "First": "Leo", "DOB": date(2012, 2, 3)}
CALLS = """system: HHS ORR
records:
  contact: {label: ContactAttempt, match: [child, attemptedOn, outcome]}
  child: {label: Child, match: aNumber}
columns:
  A#: child.aNumber
  Day: {to: contact.attemptedOn, dates: day-first}
  Result: contact.outcome
links: [child HAS_CONTACT contact]
"""


def rows(*given: dict[str, Any], names: tuple[str, ...] = NAMES) -> list[list[Any]]:
    """Return a header and rows, each as what differs from Ana's."""
    return [list(names), *([{**ANA, **one}.get(name, "") for name in names] for one in given)]
