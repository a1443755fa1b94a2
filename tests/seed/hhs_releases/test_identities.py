import random
from datetime import date

from seed.files.rows import BadRow, Row
from seed.hhs_releases.identities import DuplicatedId, Identities, Identity, repeated_ids
from seed.hhs_releases.releases import Release, ReleaseReader

READER = ReleaseReader(today=date(2024, 5, 31))
REST = "Honduras,F,1/5/15,2/6/15,33125,1,Mother"
OTHER = "Guatemala,F,1/5/15,2/9/15,33125,1,Mother"


def survey(*lines: str) -> tuple[Identities, list[Release]]:
    rows = [Row(number, line.split(","), line, True) for number, line in enumerate(lines, 2)]
    identities = Identities()
    identities.add_all(rows, repeated_ids(rows), READER)
    read = [READER.read(row) for row in rows]
    return identities, [release for release in read if isinstance(release, Release)]


def keys(*lines: str) -> list[str]:
    identities, releases = survey(*lines)
    return [identities.of(release).key for release in releases]


def test_repeated_ids_are_of_whole_rows_and_whatever_their_writing() -> None:
    rows = [Row(n, [text], text, True) for n, text in enumerate(["7", "8", "07.0", "", "", "9"])]
    assert repeated_ids([*rows, BadRow(9, "9,x", "too few")]) == {"7"}


def test_a_number_carried_once_is_the_key() -> None:
    assert keys(f"7,{REST}", f"8,{REST}") == ["hhs-releases-7", "hhs-releases-8"]


def test_two_children_of_one_number_get_keys_that_do_not_depend_on_the_order() -> None:
    lines = [f"7,{REST}", f"7,{OTHER}", f"8,{REST}"]
    first = dict(zip(lines, keys(*lines), strict=True))
    assert len(set(first.values())) == 3
    assert all(key.startswith("hhs-releases-7-") for line, key in first.items() if line.startswith("7"))
    random.Random(5).shuffle(lines)
    assert dict(zip(lines, keys(*lines), strict=True)) == first


def test_a_number_known_to_be_doubled_has_the_same_key_without_its_twin() -> None:
    both = keys(f"1905,{REST}", f"1905,{OTHER}")
    assert keys(f"1905,{OTHER}") == [both[1]]
    assert keys(f"3787,{REST}")[0].startswith("hhs-releases-3787-")


def test_the_same_row_twice_is_one_child() -> None:
    identities, releases = survey(f"7,{REST}", f"8,{REST}", f"07,{REST}")
    assert [identities.of(release) for release in releases] == [
        Identity("hhs-releases-7", 2),
        Identity("hhs-releases-8", 3),
        Identity("hhs-releases-7", 2),
    ]
    assert identities.report() == (DuplicatedId("7", (2, 4), 1, ()),)


def test_twins_and_repetitions_of_one_number() -> None:
    identities, releases = survey(f"7,{REST}", f"7,{OTHER}", f"7,{OTHER}")
    first, second, third = (identities.of(release) for release in releases)
    assert (first.first_row, second.first_row) == (2, 3)
    assert third == second
    assert identities.report() == (
        DuplicatedId("7", (2, 3, 4), 2, ("Child's Country of Origin", "Child's Date of Release")),
    )


def test_the_report_is_of_bounded_length_and_the_count_is_not() -> None:
    identities, _ = survey(*(f"{number},{rest}" for number in range(200) for rest in (REST, OTHER)))
    assert identities.count == 200
    assert len(identities.report()) == 50


def test_how_they_were_told_apart_is_said_in_words() -> None:
    assert str(DuplicatedId("7", (2, 4), 1, ())) == "ID 7 in rows 2, 4: the same row repeated, one child"
    assert str(DuplicatedId("7", (2, 1_004), 2, ("Sponsor Zipcode",))) == (
        "ID 7 in rows 2, 1,004: 2 children, told apart by Sponsor Zipcode"
    )
