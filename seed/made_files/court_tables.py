"""The tables of the courts' dump as they are published: their columns, and the lookups of their codes."""

from __future__ import annotations

from dataclasses import dataclass

from seed.synthetic.places import COURTS

JUVENILES = ("idnJuvenileHistory", "idnCase", "idnProceeding", "idnJuvenile", "DATCREATEDON", "DATMODIFIEDON")
CASES = (
    *("IDNCASE", "ALIEN_CITY", "ALIEN_STATE", "ALIEN_ZIPCODE", "UPDATED_ZIPCODE", "UPDATED_CITY", "NAT", "LANG"),
    *("CUSTODY", "SITE_TYPE", "E_28_DATE", "CASE_TYPE", "UPDATE_SITE", "LATEST_HEARING", "LATEST_CAL_TYPE"),
    *("DATE_OF_ENTRY", "C_BIRTHDATE", "C_RELEASE_DATE", "UPDATED_STATE", "ADDRESS_CHANGEDON", "Sex"),
)
PROCEEDINGS = (
    *("IDNPROCEEDING", "IDNCASE", "OSC_DATE", "INPUT_DATE", "BASE_CITY_CODE", "HEARING_LOC_CODE", "IJ_CODE"),
    *("TRANS_IN_DATE", "HEARING_DATE", "DEC_TYPE", "DEC_CODE", "OTHER_COMP", "COMP_DATE", "ABSENTIA", "TRANSFER_TO"),
    *("CUSTODY", "CASE_TYPE", "NAT", "LANG"),
)
HEARINGS = (
    *("IDNSCHEDULE", "IDNPROCEEDING", "IDNCASE", "OSC_DATE", "INPUT_DATE", "ADJ_DATE", "ADJ_TIME_START", "CAL_TYPE"),
    *("ADJ_RSN", "NOTICE_CODE", "SCHEDULE_TYPE", "BASE_CITY_CODE", "HEARING_LOC_CODE", "IJ_CODE", "LANG"),
)
CODES = {
    "UJ": "Unaccompanied Juvenile",
    "J2": "Unaccompanied, Asylum",
    "J": "Juvenile",
    "J1": "Released to Guardian or Turned 18",
    "AJ": "Accompanied Juvenile",
}
"""The codes of juveniles, numbered from 1 in this order; the first two are unaccompanied."""
COUNTRIES = {
    "GT": "GUATEMALA",
    "HO": "HONDURAS",
    "ES": "EL SALVADOR",
    "MX": "MEXICO",
    "EC": "ECUADOR",
    "NU": "NICARAGUA",
    "CO": "COLOMBIA",
    "VE": "VENEZUELA",
}
DECISIONS = {"X": "REMOVAL", "V": "VOLUNTARY DEPARTURE", "T": "TERMINATE", "R": "RELIEF GRANTED", "O": "OTHER"}
REASONS = {
    "01": "ALIEN TO SEEK REPRESENTATION",
    "09": "IN CUSTODY AND NOT PRESENTED",
    "10": "NOTICE SENT OR SERVED INCORRECTLY",
    "11": "OTHER NO-SHOW BY RESPONDENT OR ATTORNEY",
    "17": "OTHER OPERATIONAL REASON",
    "26": "HEARING CANCELLED",
}
"""Reasons of adjournment."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table of names of codes: its file, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


LOOKUPS = (
    Lookup(
        "tblLookup_Juvenile",
        ("idnJuvenile", "strCode", "strDescription"),
        tuple((str(number), code, name) for number, (code, name) in enumerate(CODES.items(), 1)),
    ),
    Lookup("tblLookupNationality", ("NAT_CODE", "NAT_NAME"), tuple(COUNTRIES.items())),
    Lookup(
        "tblLookupBaseCity",
        ("BASE_CITY_CODE", "BASE_CITY_NAME"),
        tuple((code, f"{city.upper()} IMMIGRATION COURT") for code, city in COURTS.items()),
    ),
    Lookup("tblLookupCourtDecision", ("strDecCode", "strDecDescription"), tuple(DECISIONS.items())),
    Lookup("tblAdjournmentcodes", ("strcode", "strDesciption"), tuple(REASONS.items())),
)


def stamp(day: object) -> str:
    """Return a day as the dump writes it, or nothing if it is unknown."""
    return "" if day is None else f"{day} 00:00:00.000"
