from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.files.dates import read_date

TODAY = date(2024, 5, 31)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("01/05/15", date(2015, 1, 5)),
        ("1/5/15", date(2015, 1, 5)),
        (" 1/5/2015 ", date(2015, 1, 5)),
        ("1-5-15", date(2015, 1, 5)),
        ("1/5/15 0:00", date(2015, 1, 5)),
        ("1/5/2015 12:00:00 AM", date(2015, 1, 5)),
        ("2015-01-05", date(2015, 1, 5)),
        ("2015-01-05T00:00:00Z", date(2015, 1, 5)),
        ("02/29/20", date(2020, 2, 29)),
        ("12/31/98", date(1998, 12, 31)),
        ("01/01/00", date(2000, 1, 1)),
        ("05/31/24", TODAY),
        ("31-May-23", date(2023, 5, 31)),
        ("1-may-2023", date(2023, 5, 1)),
        ("31 May 2023", date(2023, 5, 31)),
        ("31MAY2023", date(2023, 5, 31)),
        ("31/Dec/98", date(1998, 12, 31)),
        ("May 31, 2023", date(2023, 5, 31)),
        ("Sept. 1st, 2019 9:30 p.m.", date(2019, 9, 1)),
        ("Wednesday, May 31, 2023", date(2023, 5, 31)),
        ("Jun-01-23", date(2023, 6, 1)),
        ("2023-May-31", date(2023, 5, 31)),
        ("2023/5/31", date(2023, 5, 31)),
        ("20230531", date(2023, 5, 31)),
        ("2023-05-31T00:00:00", date(2023, 5, 31)),
        ("2023-05-31T23:30:00.000+02:00", date(2023, 5, 31)),
        ("2023-05-31 00:00:00 UTC", date(2023, 5, 31)),
        ("5/31/2023, 12:00:00 AM", date(2023, 5, 31)),
        ("45077", date(2023, 5, 31)),
        ("45077.0", date(2023, 5, 31)),
        ("42009.75", date(2015, 1, 5)),
        ('="5/31/23"', date(2023, 5, 31)),
        ("'45077", date(2023, 5, 31)),
        ("5\u201131\u201123", date(2023, 5, 31)),
        ("\uff15\uff0f31\uff0f23\u00a0", date(2023, 5, 31)),
    ],
)
def test_dates_are_read_in_every_usual_form(text: str, wanted: date) -> None:
    assert read_date(text, TODAY) == (wanted, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("02/30/21", "is not a day of the calendar"),
        ("02/29/21", "is not a day of the calendar"),
        ("13/01/21", "is not a day of the calendar"),
        ("0000-01-01", "is not a day of the calendar"),
        ("06/01/24", "lies in the future"),
        ("01/01/68", "lies in the future"),
        ("1900-01-01", "lies before 1990"),
        ("12/31/69", "lies before 1990"),
        ("1/5-15", "is not a date; month/day/year is expected"),
        ("1/5/155", "is not a date; month/day/year is expected"),
        ("May 5", "is not a date; month/day/year is expected"),
        ("44000 0:00", "is not a date; month/day/year is expected"),
        ("45444", "lies in the future"),
        ("12345", "lies before 1990"),
        ("31/05/2023", "is not a day of the calendar"),
        ("31-Feb-23", "is not a day of the calendar"),
        ("20231301", "is not a day of the calendar"),
        ("May-23", "is not a date; month/day/year is expected"),
        ("May 2023", "is not a date; month/day/year is expected"),
        ("31.05.2023", "is not a date; month/day/year is expected"),
        ("053123", "is not a date; month/day/year is expected"),
        ("31-Mai-23", "is not a date; month/day/year is expected"),
        ("########", "is not a date; month/day/year is expected"),
        ("2023-W22-3", "is not a date; month/day/year is expected"),
    ],
)
def test_impossible_dates_are_unknown_with_a_reason(text: str, reason: str) -> None:
    assert read_date(text, TODAY) == (None, reason)


FORMS = (
    "{:%m/%d/%y}",
    "{:%m/%d/%Y %H:%M}",
    "{:%Y-%m-%dT00:00:00}",
    "{:%d-%b-%y}",
    "{:%d%b%Y}",
    "{:%B %d, %Y}",
    "{:%A, %B %d, %Y}",
    "{:%Y%m%d}",
)


@given(st.dates(date(1990, 1, 1), TODAY))
def test_each_day_is_the_same_in_every_form(day: date) -> None:
    assert {read_date(form.format(day), TODAY) for form in FORMS} == {(day, "")}
    assert read_date(str((day - date(1899, 12, 30)).days), TODAY) == (day, "")


@given(st.text(st.sampled_from("0123456789/-.: TMayJunZ'=\"\uff15\u2013"), max_size=20))
def test_any_text_is_a_day_or_unknown_with_a_reason(text: str) -> None:
    value, reason = read_date(text, TODAY)
    assert (value is None) or (reason == "" and date(1990, 1, 1) <= value <= TODAY)
