from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.fields.numbers import a_number, numbers

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
SPACES = " \u00a0\u2007\u2009\u202f\u3000"


@pytest.mark.parametrize(
    "text",
    [
        *("098765432", "A098765432", "a098-765-432", " A 098 765 432 ", "A#098765432", "A-098-765-432"),
        *("'098765432", "A. 098 765 432", "(A098765432)", "[098765432]", '="098765432"', "\u201cA098765432\u201d"),
        *("98765432", "98765432.0", "98765432.00", "A98-765-432", "98 765 432", "A98765432"),
        *(
            "\uff21\uff10\uff19\uff18765432",
            "A\u00ad098\u200b765432",
            "A No. 098765432",
            "USCIS# 098-765-432",
            "098765432,",
        ),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert a_number(text) == "098765432"


@pytest.mark.parametrize(
    "text",
    [
        *("", "A", "987654", "0987654321", "B098765432", "09876543x", "A\u066098765432", "0.98765432"),
        *("12-31-2019", "2019-12-31", "9.8765432E7", "98765432.5", "A 12/345/678"),
    ],
)
def test_what_is_no_number_is_told_apart(text: str) -> None:
    assert a_number(text) is None


@given(
    st.integers(0, 999_999_999),
    st.sampled_from(DASHES),
    st.sampled_from(SPACES),
    st.sampled_from(("", "A", "A#", "A.")),
)
def test_any_dash_and_space_may_stand_between_its_groups(number: int, dash: str, space: str, prefix: str) -> None:
    digits = f"{number:09}"
    groups = digits[:3], digits[3:6], digits[6:]
    for between in (dash, space, f"{space}{dash}{space}"):
        assert a_number(f"{space}{prefix}{space}{between.join(groups)}{space}") == digits


@given(st.text(max_size=30))
def test_any_text_gives_nine_digits_or_nothing(text: str) -> None:
    found = a_number(text)
    assert found is None or re.fullmatch(r"[0-9]{9}", found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(832) 555-0147 ext. 21", ["8325550147"]),
        ("832.555.0147 x21", ["8325550147"]),
        ("+1\u2011832\u2011555\u20110147", ["18325550147"]),
        ("8325550147.0", ["8325550147"]),
        ("Lot 12 and 98\u2013765\u2013432", ["12", "98765432"]),
        ("none", []),
    ],
)
def test_the_numbers_of_a_text_are_its_digits(text: str, wanted: list[str]) -> None:
    assert numbers(text) == wanted
