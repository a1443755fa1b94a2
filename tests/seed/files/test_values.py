import pytest

from seed.files.values import read_state


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("TX", "TX"), (" tx ", "TX"), ('="NY"', "NY"), ("\uff34\uff38", "TX"), ("NA", None), ("n/a", None), ("", None)],
)
def test_a_state_is_two_letters_or_blank(text: str, wanted: str | None) -> None:
    assert read_state(text) == (wanted, "")


@pytest.mark.parametrize("text", ["Texas", "T", "48", "T1", "\u0410\u0411"])
def test_what_is_no_state_is_told(text: str) -> None:
    assert read_state(text) == (None, "is not a two-letter state")
