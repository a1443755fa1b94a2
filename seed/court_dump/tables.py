"""The tables of the dump that are read, and their columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the name of its file without folder and ending, and the columns that are read.

    Without the first columns the dump cannot be read; the others are unknown where a release of the dump lacks them.
    """

    name: str
    needed: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.needed, *self.others)


CODES = Table("tblLookup_Juvenile", ("idnJuvenile",))
"""The codes of juveniles; the column of the code itself has had several names."""
JUVENILES = Table("tbl_JuvenileHistory", ("idnCase", "idnJuvenile"))
CASES = Table(
    "A_TblCase",
    ("IDNCASE",),
    (
        "ALIEN_CITY",
        "ALIEN_STATE",
        "ALIEN_ZIPCODE",
        "UPDATED_CITY",
        "UPDATED_STATE",
        "UPDATED_ZIPCODE",
        "ADDRESS_CHANGEDON",
        "NAT",
        "DATE_OF_ENTRY",
        "C_RELEASE_DATE",
        "Sex",
        "E_28_DATE",
    ),
)
PROCEEDINGS = Table(
    "B_TblProceeding",
    ("IDNPROCEEDING", "IDNCASE"),
    (
        "OSC_DATE",
        "INPUT_DATE",
        "BASE_CITY_CODE",
        "COMP_DATE",
        "ABSENTIA",
        "DEC_CODE",
        "OTHER_COMP",
        "TRANSFER_TO",
    ),
)
HEARINGS = Table(
    "tbl_schedule",
    ("IDNSCHEDULE", "IDNPROCEEDING", "IDNCASE"),
    ("ADJ_DATE", "CAL_TYPE", "ADJ_RSN", "BASE_CITY_CODE", "HEARING_LOC_CODE"),
)
TABLES = (CODES, JUVENILES, CASES, PROCEEDINGS, HEARINGS)
COUNTRIES = Table("tblLookupNationality", ("NAT_CODE", "NAT_NAME"))
COURTS = Table("tblLookupBaseCity", ("BASE_CITY_CODE", "BASE_CITY_NAME"))
DECISIONS = Table("tblLookupCourtDecision", ("strDecCode", "strDecDescription"))
LOOKUPS = (COUNTRIES, COURTS, DECISIONS)
"""Tables of names of codes, which the dump may lack; a code without a name is kept as it is, or unknown."""
