"""Telephone numbers as people and spreadsheets write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seed.files.phones import phone_key, read_phone, read_phones

IN_HOUSTON = "+17135550100"


@pytest.mark.parametrize(
    "text",
    [
        "7135550100",
        "713-555-0100",
        "(713) 555-0100",
        "713.555.0100",
        "1 713 555 0100",
        "+1 (713) 555 0100",
        "001 713 555 0100",
        "7135550100.0",
        '="7135550100"',
        " \x00713\u20135550100\u200b ",
        "\uff17\uff11\uff13\uff15\uff15\uff15\uff10\uff11\uff10\uff10",
        "cell: 713 555 0100",
        "713 555 0100 (mother)",
        "tel. 713-555-0100",
    ],
)
def test_a_number_of_the_united_states_is_one(text: str) -> None:
    assert read_phone(text) == (IN_HOUSTON, "")


@pytest.mark.parametrize(
    "text", ["7135550100 x12", "713-555-0100 ext. 12", "(713) 555-0100 Extension 12", "7135550100 #12"]
)
def test_an_extension_is_kept(text: str) -> None:
    assert read_phone(text) == ("+17135550100;ext=12", "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+502 5555 1234", "+50255551234"),
        ("011 502 5555 1234", "+50255551234"),
        ("00502 5555-1234", "+50255551234"),
        ("+52 55 1234 5678", "+525512345678"),
        ("787 555 0100", "+17875550100"),
    ],
)
def test_numbers_of_other_places_are_read(text: str, number: str) -> None:
    assert read_phone(text) == (number, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *((text, "") for text in ("", "N/A", "unknown", "-")),
        ("0000000000", "repeats one digit, so it stands for no number"),
        ("999-999-9999", "repeats one digit, so it stands for no number"),
        ("1234567890", "is not a number in use in its country"),
        ("555-0100", "has no area code"),
        ("713 555", "has too few digits for a telephone number"),
        ("502 5555 1234", "has too many digits for a telephone number; a number of another country needs +"),
        ("+999 123 4567 890", "is not a telephone number"),
        ("ask his mother", "is not a telephone number"),
        ("call 7135550100", "is not a telephone number"),
        ("7.135550100E+09", "has lost its last digits to a spreadsheet"),
        ("713-555-0100 / 281-555-0199", "holds several numbers; give each a column of its own"),
        ("7" * 61, "is longer than 60 characters"),
    ],
)
def test_what_is_no_number_has_a_reason(text: str, reason: str) -> None:
    assert read_phone(text) == (None, reason)


@pytest.mark.parametrize("between", [" / ", "; ", ", ", " or ", " y ", "\n", " & "])
def test_several_numbers_in_one_text_are_read(between: str) -> None:
    text = between.join(("713-555-0100", "(281) 555-0199", "713 555 0100"))
    assert read_phones(text) == ((IN_HOUSTON, "+12815550199"), ())


def test_each_reason_is_told_beside_the_numbers() -> None:
    assert read_phones("713-555-0100 / 555-0100") == ((IN_HOUSTON,), ("has no area code",))


def test_a_key_does_not_show_the_number() -> None:
    assert phone_key(IN_HOUSTON) == phone_key(IN_HOUSTON) != phone_key(f"{IN_HOUSTON};ext=12")
    assert "555" not in phone_key(IN_HOUSTON)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=70), st.text("+0123456789 -().x;ext#/,eE", max_size=40)))
def test_any_text_can_be_read(text: str) -> None:
    number, reason = read_phone(text)
    assert number is None or (number.startswith("+") and not reason)
    assert isinstance(read_phones(text), tuple)
