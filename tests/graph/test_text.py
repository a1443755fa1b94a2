from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text import clean, fold, twin
from tests.names import FORMS, INVISIBLE, Form, names, typed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Zun\u0303iga", "Zuñiga"),
        ("A\u00adyala", "Ayala"),
        ("\u200fRuiz\u2069", "Ruiz"),
        ("de\u00a0la\u2009Vega", "de la Vega"),
        ("o\u034f\u0301", "ó"),
        ("O\u2019Hara", "O\u2019Hara"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_clean_text_is_composed_and_shows_all_that_it_holds(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O\u2019Hara", "O'Hara"),
        ("O'Hara", "OHARA"),
        ("O\u02bcHara", "OHARA"),
        ("St.Clair", "st clair"),
        ("Vega-Ibáñez", "vega ibanez"),
        ("Gri\ufb03n", "griffin"),
        ("\uff2c\uff49\uff4d\uff41", "lima"),
        ("Søren Ła\u0142", "soren lal"),
        ("Großmann", "GROSSMANN"),
        ("\u1d2cna", "ana"),
    ],
)
def test_what_people_take_for_the_same_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(names(), st.sampled_from(FORMS), st.lists(st.sampled_from(INVISIBLE), max_size=4), st.randoms())
def test_a_name_is_one_text_in_every_form(name: str, form: Form, invisible: list[str], random: object) -> None:
    other = typed(name, form, invisible, random)
    assert clean(other) == clean(name)
    assert twin(other) == twin(name)


@given(st.text())
def test_both_forms_stay_as_they_are(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(clean(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", clean(text))


@given(st.text(), st.text(), st.text())
def test_a_part_of_a_text_is_a_part_of_it_folded(before: str, part: str, after: str) -> None:
    whole = unicodedata.normalize("NFC", before + " " + part + " " + after)
    assert fold(part) in fold(whole)


@given(st.lists(names(), min_size=1))
def test_twins_are_in_the_order_of_the_letters_and_then_of_the_texts(found: list[str]) -> None:
    assert sorted(found, key=twin) == sorted(found, key=lambda name: (fold(name), clean(name)))
