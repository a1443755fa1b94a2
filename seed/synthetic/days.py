"""Days as whole numbers, and the calendar that all synthetic facts use."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

FIRST = date(1940, 1, 1)
REFERENCE_DATE = date(2024, 5, 31)

DATES = tuple(FIRST + timedelta(days=n) for n in range((REFERENCE_DATE - FIRST).days + 1))
"""The date of each day number."""

MORNINGS = tuple(datetime.combine(day, time(9), UTC) for day in DATES)
"""Nine o'clock UTC of each day number: when extracts record what happened the day before."""

REFERENCE = len(DATES) - 1
"""The reference date as a day number; no synthetic fact is later."""


def text(day: int) -> str:
    """Return the ISO 8601 text of a day number."""
    return DATES[day].isoformat()


def number(day: date) -> int:
    """Return the day number of a date."""
    return (day - FIRST).days


FISCAL_YEARS = {year: (number(date(year - 1, 10, 1)), number(date(year, 9, 30))) for year in range(2019, 2024)}
"""First and last day number of each fiscal year (1 October to 30 September)."""

TRANSFERS = {2019: 69_488, 2020: 15_381, 2021: 122_731, 2022: 128_904, 2023: 118_938}
"""Children referred to ORR in each fiscal year, as ORR publishes them; used as weights."""


def fiscal_year(day: int) -> int:
    """Return the fiscal year of a day number."""
    of = DATES[day]
    return of.year + (of.month >= 10)


def years_around(day: date, years: int) -> tuple[date, date]:
    """Return the days `years` before and after a day; for a leap day, those before the first of March."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years), day.replace(year=day.year + years)
