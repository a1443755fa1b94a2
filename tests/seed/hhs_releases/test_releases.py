from datetime import date

import pytest

from seed.files.rejects import Note
from seed.files.rows import Row
from seed.hhs_releases.releases import Release, ReleaseReader

READER = ReleaseReader(today=date(2024, 5, 31))
ONE = "1905,Honduras,F,1/5/15,2/6/15,2118,2,Aunt"


def read(line: str, *, number: int = 2, ended: bool = True) -> Release | Note:
    return READER.read(Row(number, line.split(","), line, ended))


def release(line: str, **options: bool) -> Release:
    got = read(line, **options)
    assert isinstance(got, Release)
    return got


def test_a_row_becomes_a_release() -> None:
    got = release(ONE)
    assert got[:9] == (
        2,
        "1905",
        "Honduras",
        "FEMALE",
        date(2015, 1, 5),
        date(2015, 2, 6),
        "02118",
        "2",
        "AUNT_UNCLE",
    )
    assert (got.unknown, got.notes) == ((), ())


def test_blanks_are_unknown_without_notes() -> None:
    got = release("1,,,,,,,")
    assert got[2:9] == (None,) * 7
    assert len(got.unknown) == 7
    assert got.notes == ()


def test_bad_values_are_unknown_with_notes_as_written() -> None:
    got = release("1,Honduras, X ,02/30/21,2/6/15,ABC,9,Pastor", ended=True)
    assert got.unknown == (
        "Child's Gender",
        "Child's Date of Entry",
        "Sponsor Zipcode",
        "Sponsor Category",
        "Relationship of Sponsor",
    )
    assert [(note.row, note.column, note.value) for note in got.notes] == [
        (2, "Child's Gender", " X "),
        (2, "Child's Date of Entry", "02/30/21"),
        (2, "Sponsor Zipcode", "ABC"),
        (2, "Sponsor Category", "9"),
        (2, "Relationship of Sponsor", "Pastor"),
    ]


def test_a_release_before_the_entry_is_kept_and_noted() -> None:
    got = release("1,Honduras,F,2/6/15,1/5/15,33125,1,Mother")
    assert (got.entered_on, got.released_on) == (date(2015, 2, 6), date(2015, 1, 5))
    reason = "is before the date of entry; both were imported as written"
    assert got.notes == (Note(2, "Child's Date of Release", "1/5/15", reason),)


def test_a_blank_category_stays_unknown_whatever_the_relationship() -> None:
    got = release("1,Honduras,F,1/5/15,2/6/15,33125,,Family Friend")
    assert (got.category, got.relationship, got.notes) == (None, "FAMILY_FRIEND", ())


def test_a_relationship_in_the_category_is_kept_as_the_relationship() -> None:
    got = release("1,Honduras,F,1/5/15,2/6/15,33125,Family Friend,")
    assert (got.category, got.relationship, got.unknown) == (None, "FAMILY_FRIEND", ("Sponsor Category",))
    reason = "is a relationship and no category; it was imported as the relationship"
    assert got.notes == (Note(2, "Sponsor Category", "Family Friend", reason),)


def test_a_relationship_in_the_category_does_not_replace_the_relationship() -> None:
    got = release("1,Honduras,F,1/5/15,2/6/15,33125,Family Friend,Uncle")
    assert (got.category, got.relationship) == (None, "AUNT_UNCLE")
    assert [note.reason for note in got.notes] == ["is a relationship and no category"]


@pytest.mark.parametrize("number", ["", "  ", "n/a", "12b"])
def test_a_row_without_a_record_number_is_rejected(number: str) -> None:
    got = read(f"{number},Honduras,F,1/5/15,2/6/15,33125,1,Mother")
    assert isinstance(got, Note)
    assert (got.row, got.column, got.value) == (2, "ID", number)
    assert got.reason.endswith(": the row was not imported")


def test_a_last_value_that_may_be_cut_off_is_told() -> None:
    got = release("1,Honduras,F,1/5/15,2/6/15,33125,1,Moth", ended=False)
    assert got.relationship is None
    assert got.notes[0].reason.endswith("; the file ends here, perhaps too early")


def test_the_digest_is_of_the_facts_however_they_are_written() -> None:
    digest = release(ONE).digest
    assert release("01905.0,HONDURAS,Female,2015-01-05,02/06/2015,02118-0001,2.0,AUNT").digest == digest
    assert release(ONE.replace("1/5/15", "1/6/15")).digest != digest
    assert release(ONE.replace("Aunt", "Uncle")).digest != digest
    assert release(ONE.replace("Aunt", "Pastor")).digest != release(ONE.replace("Aunt", "Godmother")).digest
    assert release(ONE.replace("Aunt", "Pastor")).digest == release(ONE.replace("Aunt", " PASTOR")).digest
    assert release(ONE.replace("Aunt", "")).digest == release(ONE.replace("Aunt", "N/A")).digest
