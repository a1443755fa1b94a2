from datetime import date

import pytest

from seed.files.dates import read_date
from seed.files.values import read_zip
from seed.hhs_releases.relationships import RELATIONSHIPS
from seed.hhs_releases.values import (
    read_category,
    read_country,
    read_id,
    read_relationship,
    read_sex,
)

TODAY = date(2024, 5, 31)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("33125", "33125"),
        ("2118", "02118"),
        ("601", "00601"),
        ("33125.0", "33125"),
        ("2118.0", "02118"),
        ("33125-1234", "33125"),
        ("2118-1234", "02118"),
        ("33125 1234", "33125"),
        ("331251234", "33125"),
        ("21181234", "02118"),
        ("6011234", "00601"),
        ("021181234", "02118"),
        ("'02118", "02118"),
        ("\u00a033125 ", "33125"),
        ("33125-", "33125"),
        ("33125 - 1234", "33125"),
        ("33125\u20111234", "33125"),
        ("33125\u20131234", "33125"),
        ('="02118"', "02118"),
        ("=02118", "02118"),
        ('"02118"', "02118"),
        ("'2118'", "02118"),
        ("\u201833125", "33125"),
        ("\ufeff33125\u200b", "33125"),
        ("\uff13\uff13\uff11\uff12\uff15", "33125"),
        ("\uff1d\uff022118\uff02", "02118"),
    ],
)
def test_zip_codes_get_their_leading_zeros_back(text: str, wanted: str) -> None:
    assert read_zip(text) == (wanted, "")


@pytest.mark.parametrize(
    "text", ["5", "42", "331255", "1234567890", "ABCDE", "3312O", "3.3125E+04", "-2118", "33125-12"]
)
def test_what_is_no_zip_code_is_unknown(text: str) -> None:
    assert read_zip(text) == (None, "is not a ZIP code")


@pytest.mark.parametrize("text", ["00000", "000", "500", "99999"])
def test_a_zip_code_that_nobody_has_is_unknown(text: str) -> None:
    assert read_zip(text) == (None, "is not a ZIP code in use")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *(("1", "1"), ("2", "2"), ("3", "3"), (" 3 ", "3"), ("2.0", "2"), ("2a", "2A"), ("2B", "2B")),
        *(("Category 1", "1"), ("Cat. 2-A", "2A"), ("2 b", "2B"), ('="2B"', "2B"), ("\uff12\uff21", "2A"), ("'3", "3")),
    ],
)
def test_categories(text: str, wanted: str) -> None:
    assert read_category(text) == (wanted, "")


@pytest.mark.parametrize("text", ["4", "0", "22", "Family Friend", "1,2"])
def test_an_unknown_category_is_unknown_with_a_reason(text: str) -> None:
    assert read_category(text) == (None, "is not a sponsor category; 1, 2, 2A, 2B or 3 is expected")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mother", "PARENT"),
        ("FATHER", "PARENT"),
        ("Legal Guardian", "LEGAL_GUARDIAN"),
        ("Step-Father", "STEPPARENT"),
        ("stepmother", "STEPPARENT"),
        ("Grand mother", "GRANDPARENT"),
        ("Grandfather (Primary Caregiver)", "GRANDPARENT"),
        ("  brother ", "SIBLING"),
        ("Half-Sister", "SIBLING"),
        ("Uncle (Non-Primary Caregiver)", "AUNT_UNCLE"),
        ("Maternal Aunt", "AUNT_UNCLE"),
        ("Aunt / Uncle", "AUNT_UNCLE"),
        ("First  Cousin", "COUSIN"),
        ("Other Distant Relative", "OTHER_RELATIVE"),
        ("Distant Relative", "OTHER_RELATIVE"),
        ("Brother-in-Law", "OTHER_RELATIVE"),
        ("Great Aunt", "OTHER_RELATIVE"),
        ("Family Friend", "FAMILY_FRIEND"),
        ("Friend of the family", "FAMILY_FRIEND"),
        ("Unrelated", "UNRELATED"),
        ("Unrelated Sponsor", "UNRELATED"),
        ("Unrelated Adult", "UNRELATED"),
        ("Non-relative", "UNRELATED"),
    ],
)
def test_relationships_are_recognised(text: str, wanted: str) -> None:
    assert read_relationship(text) == (wanted, "")


@pytest.mark.parametrize(
    "text", ["Other", "Godmother", "Pastor", "Mother/Cousin", "Uncle (Non-Prim", "Mothr", "/", "()"]
)
def test_a_relationship_that_says_nothing_sure_is_unknown(text: str) -> None:
    assert read_relationship(text) == (None, "is not a relationship that is known here")


def test_every_relationship_of_the_model_has_a_name_and_no_other_is_used() -> None:
    from graph.model.enumerations import SPONSOR_RELATIONSHIP

    assert set(RELATIONSHIPS.values()) == set(SPONSOR_RELATIONSHIP.values)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Guatemala", "Guatemala"),
        ("  El   Salvador ", "El Salvador"),
        ("EL SALVADOR", "El Salvador"),
        ("honduras", "Honduras"),
        ("TRINIDAD AND TOBAGO", "Trinidad and Tobago"),
        ("CONGO, DEMOCRATIC REPUBLIC OF THE", "Congo, Democratic Republic of the"),
        ("GUINEA-BISSAU", "Guinea-Bissau"),
        ("COTE D'IVOIRE", "Cote d'Ivoire"),
        ("CÔTE D\u2019IVOIRE", "Côte d\u2019Ivoire"),
        ("USA", "USA"),
        ("México", "México"),
        ("St. Kitts and Nevis", "St. Kitts and Nevis"),
        ("Hon\u200bdu\x07ras", "Honduras"),
        ('"Honduras"', "Honduras"),
        ("\ufeffHonduras\u00a0", "Honduras"),
        ("'Honduras", "Honduras"),
        ("\u201cHonduras\u201d", "Honduras"),
        ('="El  Salvador"', "El Salvador"),
        ("Panama\u0301", "Panamá"),
        ("Co\u200b\u0302te\u00a0d'Ivoire", "Côte d'Ivoire"),
    ],
)
def test_countries_stay_as_written_but_for_capitals_and_spaces(text: str, wanted: str) -> None:
    assert read_country(text) == (wanted, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("123", "is not the name of a country"),
        ("???", "is not the name of a country"),
        ("M\ufffdxico", "is not the name of a country"),
        ("G" * 101, "is longer than 100 characters"),
    ],
)
def test_what_is_no_country_is_unknown(text: str, reason: str) -> None:
    assert read_country(text) == (None, reason)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *(("F", "FEMALE"), ("m", "MALE"), ("Female", "FEMALE"), (" MALE ", "MALE"), ("U", None)),
        *(('"F"', "FEMALE"), ("\ufeffM", "MALE"), ("'m", "MALE"), ("\uff26", "FEMALE"), ("F.", "FEMALE")),
    ],
)
def test_sexes(text: str, wanted: str | None) -> None:
    assert read_sex(text) == (wanted, "")


def test_an_unknown_sex_is_unknown_with_a_reason() -> None:
    assert read_sex("X") == (None, "is not a sex; F or M is expected")


@pytest.mark.parametrize(
    "blank", ["", '""', '=""', "'", "  ", "\u00a0", "N/A", "nan", "NULL", "Unknown", "-", "(blank)"]
)
def test_a_blank_is_unknown_without_a_reason(blank: str) -> None:
    readings = [read_date(blank, TODAY)]
    readings += [f(blank) for f in (read_zip, read_category, read_relationship, read_country, read_sex)]  # type: ignore[misc]
    assert readings == [(None, "")] * 6


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *(("1905", "1905"), (" 01905", "1905"), ("1905.0", "1905"), ("0", "0")),
        *(('="01905"', "1905"), ("'1905", "1905"), ("\ufeff1905\u00a0", "1905"), ("\uff11\uff19\uff10\uff15", "1905")),
    ],
)
def test_record_numbers(text: str, wanted: str) -> None:
    assert read_id(text) == (wanted, "")


@pytest.mark.parametrize("text", ["", " ", "abc", "1,905", "19.5", "-4", "\u0663", "9" * 19])
def test_what_is_no_record_number(text: str) -> None:
    value, reason = read_id(text)
    assert value is None
    assert reason
