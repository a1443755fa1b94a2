"""Cells as offices have them, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from graph.model import RECORDS
from seed.spreadsheets.cells import DAY_FIRST, MONTH_FIRST, Cell, read_a_number, reader_of
from seed.spreadsheets.mapping import Code

TODAY = date(2024, 5, 31)


def read(of: str, cell: Cell, *, order: str = MONTH_FIRST, codes: dict[str, Code] | None = None) -> tuple[Any, str]:
    label, name = of.split(".")
    return reader_of(label, RECORDS.node(label).named(name), order, codes, TODAY)(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("A012345678", "012345678"),
        ("A 012-345-678", "012345678"),
        ("a#012345678", "012345678"),
        (12345678, "012345678"),
        (12345678.0, "012345678"),
        ("12345678.0", "012345678"),
        ("'012345678", "012345678"),
        ('="012345678"', "012345678"),
        ("", None),
        ("unknown", None),
    ],
)
def test_an_a_number_has_nine_digits_however_it_is_written(cell: Cell, number: str | None) -> None:
    assert read("Child.aNumber", cell) == (number, "")


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("1.23457E+08", "shortened"),
        ("A12345", "nine digits"),
        ("A0123456789", "nine digits"),
        ("000000000", "not an A-number in use"),
        (date(2024, 3, 4), "turned into a date"),
        (time(3, 4), "turned into a date"),
    ],
)
def test_what_is_no_a_number_is_unknown(cell: Cell, part: str) -> None:
    value, fault = read("Child.aNumber", cell)
    assert value is None
    assert part in fault


def test_a_number_lost_its_zeros_in_a_cell() -> None:
    assert read("Address.postalCode", 2134) == ("02134", "")
    assert read("Address.postalCode", 2134.0) == ("02134", "")
    assert read("Phone.number", 7135550142.0) == ("+17135550142", "")
    assert read("Address.unit", 4.0) == ("4", "")
    assert read_a_number("12345678")[0] == "012345678"


def test_a_unit_that_became_a_date_is_not_guessed() -> None:
    assert read("Address.unit", date(2024, 3, 4)) == (
        None,
        "was turned into a date by the spreadsheet, and what was typed is lost",
    )


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("01/02/2024", MONTH_FIRST, date(2024, 1, 2)),
        ("01/02/2024", DAY_FIRST, date(2024, 2, 1)),
        ("01.02.2024", DAY_FIRST, date(2024, 2, 1)),
        ("2024-02-01", DAY_FIRST, date(2024, 2, 1)),
        ("1 Feb 2024", DAY_FIRST, date(2024, 2, 1)),
        ("01-02-24", "%d-%m-%y", date(2024, 2, 1)),
        (45323, MONTH_FIRST, date(2024, 2, 1)),
        (45323.5, MONTH_FIRST, date(2024, 2, 1)),
        ("45323", MONTH_FIRST, date(2024, 2, 1)),
        (date(2024, 2, 1), MONTH_FIRST, date(2024, 2, 1)),
        (datetime(2024, 2, 1, 14, 30), MONTH_FIRST, date(2024, 2, 1)),
        ("", MONTH_FIRST, None),
    ],
)
def test_dates_are_read_in_the_mappings_order(cell: Cell, order: str, day: date | None) -> None:
    assert read("Placement.releasedOn", cell, order=order) == (day, "")


@pytest.mark.parametrize(
    ("of", "cell", "fault"),
    [
        ("Placement.releasedOn", "31/02/2023", "is not a date; there is no such day"),
        ("Placement.releasedOn", "soon", "is not a date; day/month/year is expected"),
        ("Placement.releasedOn", "01/06/2024", "lies in the future"),
        ("Placement.releasedOn", date(1989, 12, 31), "lies before 1990"),
        ("Placement.releasedOn", "01/01/2101", "lies after 2100"),
        ("Placement.releasedOn", True, "is not a date"),
        ("Placement.releasedOn", time(8, 0), "is not a date"),
        ("Child.dateOfBirth", "31/12/1899", "lies before 1900"),
        ("Child.dateOfBirth", date(2101, 1, 1), "lies after 2100"),
        ("Hearing.scheduledOn", "01/06/2040", "lies too far in the future"),
    ],
)
def test_days_that_cannot_be_are_unknown(of: str, cell: Cell, fault: str) -> None:
    assert read(of, cell, order=DAY_FIRST) == (None, fault)


def test_a_hearing_may_lie_ahead_and_a_birth_may_not() -> None:
    assert read("Hearing.scheduledOn", "06/01/2025") == (date(2025, 6, 1), "")
    assert read("Sponsor.dateOfBirth", "06/01/55") == (date(1955, 6, 1), "")
    assert read("Sponsor.dateOfBirth", "06/01/09") == (date(2009, 6, 1), "")


@pytest.mark.parametrize(
    ("of", "cell", "value"),
    [
        ("Child.sex", "f", "FEMALE"),
        ("ContactAttempt.outcome", "No answer", "NO_ANSWER"),
        ("ContactAttempt.outcome", "LVM", "NO_ANSWER"),
        ("ContactAttempt.outcome", " lvm ", "NO_ANSWER"),
        ("ContactAttempt.outcome", "TBD", None),
        ("Placement.relationship", "Maternal Aunt", "AUNT_UNCLE"),
        ("Placement.sponsorCategory", "Cat 2A", "2A"),
        ("ContactAttempt.childWithSponsor", "Yes", True),
        ("ContactAttempt.childWithSponsor", False, False),
        ("Child.firstName", "JOSE\u0301 MARI\u0301A", "José María"),
        ("Address.state", "Texas", "TX"),
        ("Address.state", "tx", "TX"),
        ("LaborViolation.minorsAffected", 3.0, 3),
        ("LaborViolation.penalty", "$1,200.50", 1200.5),
        ("Notification.sentAt", datetime(2024, 3, 5, 14, 30), datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("Notification.sentAt", "2024-03-05T14:30-06:00", datetime.fromisoformat("2024-03-05T14:30-06:00")),
    ],
)
def test_words_become_values(of: str, cell: Cell, value: object) -> None:
    codes: dict[str, Code] | None = {"LVM": "NO_ANSWER", "TBD": None} if of == "ContactAttempt.outcome" else None
    assert read(of, cell, codes=codes) == (value, "")


def test_words_that_nobody_explained_are_unknown() -> None:
    value, fault = read("ContactAttempt.outcome", "maybe", codes={"LVM": "NO_ANSWER"})
    assert value is None
    assert fault.startswith("is none of the codes; say in the mapping which of REACHED, NO_ANSWER")
    assert read("ContactAttempt.childWithSponsor", "maybe") == (None, "is neither yes nor no")
    assert read("Address.state", "Ontario") == (None, "is not a state")
    assert read("Notification.sentAt", "03/05/2024")[1] == "is not a time; write it as 2024-03-05 14:30"
    assert read("Notification.sentAt", date(2024, 3, 5)) == (None, "has no time of day")
    assert read("Child.firstName", "x" * 300)[0] is None
