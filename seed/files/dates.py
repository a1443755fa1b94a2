"""Reads dates in the forms that people and their tools write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from seed.files.values import is_blank, narrow

EARLIEST = date(1990, 1, 1)

_CACHED = 32_768
_TIME = r"(?:,?[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?Z?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.ASCII | re.IGNORECASE)
    for form in (
        rf"(?P<month>\d{{1,2}})(?P<sep>[/-])(?P<day>\d{{1,2}})(?P=sep){_YEAR}",
        r"(?P<year>\d{4})(?P<sep>[/-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_DAY}(?P<sep>[ /-]?){_MONTH}(?P=sep),? ?{_YEAR}",
        rf"{_MONTH}[ /-]{_DAY}(?:, ?|[ /-]){_YEAR}",
        rf"(?P<year>\d{{4}})[ /-]{_MONTH}[ /-]{_DAY}",
    )
)
_IN_NUMBERS = _FORMS[0]
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?=\d)", re.ASCII)
_PIVOT = 69
_SERIAL = re.compile(r"(\d{5})(?:\.\d*)?", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)
"""The day from which Excel counts days, for days after February 1900."""


@lru_cache(maxsize=_CACHED)
def read_date(text: str, today: date, *, day_first: bool = False, earliest: date = EARLIEST) -> tuple[date | None, str]:
    """Read month/day/year, an ISO date, a date with the month's name, or Excel's number of a day.

    With `day_first`, a date in numbers is day/month/year, also with points. A time of day is ignored. Two-digit years
    from 69 on belong to the 1900s, others to the 2000s, as in POSIX. A day after `today` or before `earliest`, by
    default 1990, cannot be a fact of these records: it is unknown, with a note.
    """
    text = narrow(text)
    if is_blank(text):
        return None, ""
    try:
        value = _day(text, day_first=day_first)
    except ValueError:
        return None, "is not a day of the calendar"
    if value is None:
        return None, f"is not a date; {'day/month' if day_first else 'month/day'}/year is expected"
    if value > today:
        return None, "lies in the future"
    if value < earliest:
        return None, f"lies before {earliest.year}"
    return value, ""


def _day(text: str, *, day_first: bool) -> date | None:
    """Return the day, or `None` if the text is no form of a date; raises `ValueError` for a day that does not exist."""
    if serial := _SERIAL.fullmatch(text):
        return _SERIAL_ZERO + timedelta(days=int(serial[1]))
    if day_first:
        text = _DOTTED.sub(r"\1/\2/", text, count=1)
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            year = int(found["year"])
            if len(found["year"]) == 2:
                year += 1900 if year >= _PIVOT else 2000
            if name := found.get("name"):
                return date(year, _MONTHS.index(name[:3].lower()) + 1, int(found["day"]))
            month, day = int(found["month"]), int(found["day"])
            return date(year, day, month) if day_first and form is _IN_NUMBERS else date(year, month, day)
    return None
