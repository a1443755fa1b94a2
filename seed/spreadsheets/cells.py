"""Cells of spreadsheets converted to the model's values, with what spreadsheets do to them undone where it can be.

A reader returns `(value, note)` as those of `seed.files.values` do. A cell that was turned into a date is unknown where
no date belongs, since what was typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from graph.model import Enumeration, Property
from graph.text import fold
from seed.files.addresses.states import state_of
from seed.files.dates import EARLIEST, read_date
from seed.files.phones import read_phone
from seed.files.values import (
    LONGEST_NAME,
    bare,
    clean,
    is_blank,
    narrow,
    read_count,
    read_money,
    read_name,
    read_zip,
)
from seed.hhs_releases.values import read_category, read_country, read_relationship, read_sex
from seed.spreadsheets.addresses import read_part
from seed.spreadsheets.mapping import Code

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A value of a cell; an empty one is an empty text."""
Read = Callable[[Any], tuple[Any, str]]

MONTH_FIRST, DAY_FIRST = "month-first", "day-first"
DATE_ORDERS = (MONTH_FIRST, DAY_FIRST)
FIRST_BIRTH, LAST_YEAR = date(1900, 1, 1), 2100
AHEAD = {("Hearing", "scheduledOn"): timedelta(days=3_653)}
"""Days that may lie ahead, and how far: courts set hearings up to about ten years before."""

_CACHED = 32_768
_A_NUMBER = re.compile(r"(?:A|AXX|ALIEN)?[ #:.-]*(\d[\d -]*\d)(?:\.0*)?", re.ASCII | re.IGNORECASE)
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(.*\D)(\d{2})", re.ASCII)
_YES = frozenset(("yes", "y", "true", "t", "x", "1", "si", "sí", "✓", "✔"))
_NO = frozenset(("no", "n", "false", "f", "0"))
_LOST = "was turned into a date by the spreadsheet, and what was typed is lost"


def text_of(cell: Cell) -> str:
    """Return a cell as it would be typed: whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time.min else cell.date().isoformat()
    return str(cell)


def is_empty(cell: Cell) -> bool:
    """Tell whether a cell holds nothing that can be seen."""
    return isinstance(cell, str) and not (cell.isascii() and cell.isalnum()) and not clean(cell)


def reader_of(label: str, prop: Property, order: str, codes: Mapping[str, Code] | None, today: date) -> Read:
    """Return the reader of a property's cells; dates are in this order, and codes go before words that are known."""
    if prop.type is date:
        read = _day_reader(label, prop.name, order, today)
    elif prop.type is datetime:
        read = _instant_reader(order, today)
    else:
        read = _texts(_plain_reader(prop))
    # Lists repeat themselves; `typed` tells 1 from 1.0 and True.
    return lru_cache(maxsize=_CACHED, typed=True)(read if codes is None else _coded(codes, read))


def address_reader(codes: Mapping[str, Code] | None) -> Read:
    """Return the reader of a part of an address, which is read with the others later; codes go first."""
    read = _texts(read_part)
    return read if codes is None else _coded(codes, read)


def _texts(read: Callable[[str], tuple[Any, str]]) -> Read:
    def reader(cell: Cell) -> tuple[Any, str]:
        if isinstance(cell, date | time | timedelta):
            return None, _LOST
        return read(text_of(cell))

    return reader


def _coded(codes: Mapping[str, Code], plain: Read) -> Read:
    known = {clean(text).casefold(): value for text, value in codes.items()}

    def reader(cell: Cell) -> tuple[Any, str]:
        text = clean(text_of(cell)).casefold()
        return (known[text], "") if text in known else plain(cell)

    return reader


def _plain_reader(prop: Property) -> Callable[[str], tuple[Any, str]]:
    if isinstance(prop.type, Enumeration):
        return _BY_ENUMERATION.get(prop.type.name) or _enumeration_reader(prop.type)
    if prop.type is bool:
        return read_yes
    if prop.type is int:
        return read_count
    if prop.type is float:
        return read_money
    return _BY_NAME.get(prop.name, read_text)


def _enumeration_reader(enumeration: Enumeration) -> Callable[[str], tuple[str | None, str]]:
    known = {fold(value): value for value in enumeration.values}

    def read(text: str) -> tuple[str | None, str]:
        text = bare(text)
        if is_blank(text):
            return None, ""
        value = known.get(fold(text))
        return (
            value,
            "" if value else f"is none of the codes; say in the mapping which of {', '.join(known.values())} it is",
        )

    return read


def _day_reader(label: str, name: str, order: str, today: date) -> Read:
    birth = name == "dateOfBirth"
    earliest = FIRST_BIRTH if birth else EARLIEST
    latest = today + AHEAD.get((label, name), timedelta())

    def within(day: date) -> tuple[date | None, str]:
        if day.year > LAST_YEAR:
            return None, f"lies after {LAST_YEAR}"
        if day > latest:
            return None, "lies in the future" if latest == today else "lies too far in the future"
        return (day, "") if day >= earliest else (None, f"lies before {earliest.year}")

    def reader(cell: Cell) -> tuple[date | None, str]:
        if isinstance(cell, datetime):
            return within(cell.date())
        if isinstance(cell, date):
            return within(cell)
        if isinstance(cell, time | timedelta | bool):
            return None, "is not a date"
        text = narrow(text_of(cell))
        if "%" in order and not is_blank(text):
            try:
                return within(datetime.strptime(text, order).date())
            except ValueError:
                return None, f"is not a date in the form {order}"
        value, fault = read_date(text, date.max, day_first=order == DAY_FIRST, earliest=date.min)
        if value is None:
            return None, "is not a date; there is no such day" if fault == "is not a day of the calendar" else fault
        if birth and value > latest and (short := _SHORT_YEAR.fullmatch(text)):
            earlier, _ = read_date(f"{short[1]}19{short[2]}", date.max, day_first=order == DAY_FIRST, earliest=date.min)
            value = earlier or value  # Nobody is born in the future, so the year belongs to the last century.
        return within(value)

    return reader


def _instant_reader(order: str, today: date) -> Read:
    day = _day_reader("", "", order, today)

    def reader(cell: Cell) -> tuple[datetime | None, str]:
        if isinstance(cell, str) and is_blank(narrow(cell)):
            return None, ""
        instant = cell
        if isinstance(cell, str):
            try:
                instant = datetime.fromisoformat(narrow(cell))
            except ValueError:
                return None, "is not a time; write it as 2024-03-05 14:30"
        if not isinstance(instant, datetime):
            return None, "has no time of day"
        _, fault = day(instant.date())
        return (None, fault) if fault else (instant if instant.tzinfo else instant.replace(tzinfo=UTC), "")

    return reader


@lru_cache(maxsize=_CACHED)
def read_a_number(text: str) -> tuple[str | None, str]:
    """Read an A-number's nine digits, and restore leading zeros that were lost."""
    text = narrow(text)
    if is_blank(text):
        return None, ""
    if _SHORTENED.fullmatch(text):
        return None, "was shortened by the spreadsheet; give the column as text"
    match = _A_NUMBER.fullmatch(text)
    digits = re.sub(r"\D", "", match[1]) if match else ""
    if not 7 <= len(digits) <= 9:
        return None, "is not an A-number; nine digits are expected"
    return (digits.zfill(9), "") if int(digits) else (None, "is not an A-number in use")


def read_state(text: str) -> tuple[str | None, str]:
    """Read a state's two letters, or its name."""
    text = narrow(text)
    if is_blank(text):
        return None, ""
    found = state_of(text)
    return found, "" if found else "is not a state"


def read_yes(text: str) -> tuple[bool | None, str]:
    """Read yes or no."""
    text = narrow(text).casefold()
    if is_blank(text):
        return None, ""
    if text in _YES:
        return True, ""
    return (False, "") if text in _NO else (None, "is neither yes nor no")


def read_text(text: str) -> tuple[str | None, str]:
    """Read a text as written."""
    text = bare(text)
    if is_blank(text):
        return None, ""
    return (text, "") if len(text) <= LONGEST_NAME else (None, f"is longer than {LONGEST_NAME} characters")


_BY_ENUMERATION: Mapping[str, Callable[[str], tuple[str | None, str]]] = {
    "Sex": read_sex,
    "SponsorCategory": read_category,
    "SponsorRelationship": read_relationship,
}
_BY_NAME: Mapping[str, Callable[[str], tuple[str | None, str]]] = {
    "aNumber": read_a_number,
    "number": read_phone,
    "postalCode": read_zip,
    "state": read_state,
    "countryOfBirth": read_country,
    **dict.fromkeys(("firstName", "lastName", "street", "city"), read_name),
}
