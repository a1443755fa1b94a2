"""Whether two records with one number can be one person."""

from __future__ import annotations

from datetime import date

import pytest

from seed.spreadsheets.people import Person, fits

ANA = Person("Ana María", "Ramos López", date(2010, 5, 17))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (ANA, True),
        (Person("ANA MARIA", "RAMOS LOPEZ", date(2010, 5, 17)), True),
        (Person("Ana", "Ramos", None), True),
        (Person("Ana", "Ramos", date(2010, 7, 15)), True),
        (Person("Ana", "Castro", date(2010, 5, 17)), True),
        (Person(None, None, None), True),
        (Person(None, "Ramos-López", None), True),
        (Person("Leo", "Ramos López", date(2010, 5, 17)), False),
        (Person("Ana", "Castro", date(2012, 2, 3)), False),
        (Person(None, None, date(2012, 2, 3)), False),
        (Person(None, "Castro", None), False),
    ],
)
def test_given_names_must_fit_and_not_all_else_may_differ(other: Person, same: bool) -> None:
    assert fits(ANA, other) is same
    assert fits(other, ANA) is same


def test_a_person_is_whole_with_both_names_and_a_birth_date() -> None:
    assert Person("José", "de la Cruz", date(2010, 5, 17)).whole == (date(2010, 5, 17), "delacruz\t", "jose\t")
    assert Person("José", "", date(2010, 5, 17)).whole is None
    assert Person.of({"firstName": "José"}).whole is None
