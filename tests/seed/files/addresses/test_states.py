"""States by name, and the ZIP codes that lie in them."""

import pytest

from seed.files.addresses.states import STATES, STATES_BY_DIGITS, fits, state_of
from seed.synthetic.places import CITIES, City


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tx", "TX"),
        ("Texas", "TX"),
        ("Tex.", "TX"),
        ("Tejas", "TX"),
        ("N. Mex.", "NM"),
        ("puerto rico", "PR"),
        ("D.C.", "DC"),
    ],
)
def test_a_state_is_known_by_its_names(text: str, code: str) -> None:
    assert state_of(text) == code


@pytest.mark.parametrize("text", ["", "Texxas", "ZZ", "Guatemala"])
def test_other_texts_are_no_state(text: str) -> None:
    assert state_of(text) is None


def test_there_are_all_states_and_territories() -> None:
    assert len(STATES) == 50 + len(("DC", "PR", "VI", "GU", "AS", "MP", "FM", "MH", "PW")) + len(("AA", "AE", "AP"))


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
def test_the_zip_codes_of_cities_lie_in_their_states(city: City) -> None:
    assert fits(f"{city.first_zip:05}", city.state)


@pytest.mark.parametrize(
    ("code", "state"), [("06390", "NY"), ("88510", "TX"), ("96799", "AS"), ("00501", "NY"), ("09499", "AE")]
)
def test_exceptions_are_known(code: str, state: str) -> None:
    assert fits(code, state)


def test_a_zip_code_of_another_state_does_not_fit() -> None:
    assert not fits("02118", "TX")
    assert not fits("00000", "TX")
    assert all(len(digits) == 3 for digits in STATES_BY_DIGITS)
