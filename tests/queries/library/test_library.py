from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import BadInput, NotFound, QueryFileError
from queries.library import BUILT_IN, QueryLibrary, load_library
from tests.api.compiler.compiling import library
from tests.queries.files import BODY, FIRST_BODY_LINE, HEADER

BUILT = [
    "addressesDisputedByAgencies",
    "addressesSharedBySponsors",
    "releaseAddressesUnusable",
    "releaseSpikes",
    "missedHearingsNotTold",
    "missedHearingsRecordedDifferently",
    "missedHearingsToldLate",
    "childrenPlacedAgain",
    "homeStudiesAfterRelease",
    "postReleaseServicesNotGiven",
    "releasesDespiteNegativeHomeStudy",
    "releasesWithoutRequiredHomeStudy",
    "siblingsPlacedApart",
    "childrenWithSponsorsOfConcern",
    "concernsNotFollowedUp",
    "releasesAfterConcern",
    "childrenNeverReached",
    "childrenNotLivingWithSponsor",
    "childrenWithSeveralSignals",
    "childrenWithoutContactAfterMissedHearing",
    "contactRefusedWithoutFollowUp",
    "wellBeingCallsOutsideWindow",
    "wellBeingCallsOverdue",
    "absentiaOrdersAfterStaleNotice",
    "asylumDeniedWithoutNotice",
    "childrenTurningEighteenWithOpenCase",
    "childrenWithoutNoticeToAppear",
    "childrenWithoutRepresentationAtHearing",
    "courtsFarFromChildren",
    "noticesFiledWithoutHearing",
    "removalOrdersWithReliefPending",
    "childrenReturnedToCustody",
    "childrenWhoAgedOutOfCustody",
    "childrenWhoRanAway",
    "transfersAfterDeadline",
    "employersAtSponsorAddresses",
    "laborConcernsNearCitedEmployers",
    "releasesNearCitedEmployers",
    "peopleLinkedToPerson",
    "shortestChainBetweenPeople",
    "sponsorRings",
    "oversightByCourtAndOffice",
    "identityDocumentsSharedBySponsors",
    "identityDocumentsUnverified",
    "releasesWithoutSafetyChecks",
    "sponsorsApprovedAfterDenial",
    "phonesSharedBySponsors",
    "sponsorsMovingWithSeveralChildren",
    "sponsorsUnderSeveralRecords",
    "sponsorsWithMultipleChildren",
    "sponsorsWithReleasesCloseTogether",
    "childTimeline",
]


def put(path: Path, *, name: str = "busySponsors", text: str = f"{HEADER}\n{BODY}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("busySponsors", name), encoding="utf-8")
    return path


def refused(folder: Path, *, error: type[BadInput] = QueryFileError) -> str:
    with pytest.raises(error) as raised:
        load_library(folder)
    return str(raised.value)


def test_built_in_questions() -> None:
    built_in = load_library()
    assert [question.name for question in built_in] == BUILT
    assert [question.path.stem for question in built_in] == BUILT
    assert len(built_in) == len(BUILT)
    assert "childrenWithoutNoticeToAppear" in built_in
    assert "childrenWithoutNotice" not in built_in


def test_unknown_question() -> None:
    with pytest.raises(NotFound) as error:
        library()["childrenWithoutNotice"]
    assert str(error.value) == (
        "there is no question childrenWithoutNotice (did you mean childrenWithoutNoticeToAppear?); "
        "`sightline query` lists them all"
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("TIMELINE", "childTimeline"),
        ("timeleine", "childTimeline"),
        ("overdue", "wellBeingCallsOverdue"),
        ("sponsors-with-multiple-children", "sponsorsWithMultipleChildren"),
        ("SPONSORRINGS", "sponsorRings"),
        ("chain", "shortestChainBetweenPeople"),
        ("shared adresses", "addressesSharedBySponsors"),
    ],
)
def test_the_nearest_questions_are_named(name: str, wanted: str) -> None:
    with pytest.raises(NotFound) as error:
        library()[name]
    assert wanted in str(error.value).partition("did you mean ")[2]


def test_whatever_is_asked_some_question_is_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"did you mean \w+, \w+ or \w+\?\); `sightline query` lists them all$"):
        library()["nope"]


def test_own_questions_are_added_in_the_order_of_their_paths(tmp_path: Path) -> None:
    put(tmp_path / "b.cypher", name="second")
    put(tmp_path / "a" / "z.cypher", name="first")
    put(tmp_path / "c.txt", name="third")
    assert [question.name for question in load_library(tmp_path)] == [*BUILT, "first", "second"]


def test_several_folders(tmp_path: Path) -> None:
    put(tmp_path / "one" / "a.cypher", name="first")
    put(tmp_path / "two" / "a.cypher", name="second")
    several = QueryLibrary.load([tmp_path / "two", tmp_path / "one"])
    assert [question.name for question in several] == [*BUILT, "second", "first"]


def test_own_folder_that_holds_the_built_in_one() -> None:
    assert [question.name for question in load_library(BUILT_IN)] == BUILT


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for hidden in (".a.cypher", "._b.cypher", ".git/c.cypher"):
        put(tmp_path / hidden, text="not a question")
    (tmp_path / "folder.cypher").mkdir()
    assert len(load_library(tmp_path)) == len(BUILT)


def test_own_folder_below_a_hidden_one(tmp_path: Path) -> None:
    put(tmp_path / ".config" / "a.cypher", name="first")
    assert "first" in load_library(tmp_path / ".config")


def test_empty_folder(tmp_path: Path) -> None:
    assert len(load_library(tmp_path)) == len(BUILT)


def test_missing_folder(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert refused(folder, error=BadInput) == (
        f"the folder of questions {folder} cannot be read (no such file or directory); check SIGHTLINE_QUERIES"
    )


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.cypher")
    assert refused(path, error=BadInput) == f"{path} is a file; name the folder that holds the questions"


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends(tmp_path: Path, mark: str, newline: str) -> None:
    text = f"{mark}{HEADER}\n{BODY}".replace("\n", newline)
    (tmp_path / "a.cypher").write_bytes(text.encode())
    question = load_library(tmp_path)["busySponsors"]
    assert (question.body, question.line) == (BODY, FIRST_BODY_LINE)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_file_that_is_not_utf_8(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.cypher"
    path.write_bytes(HEADER.replace("many", "muchísimos").encode(encoding))
    line = 1 if encoding == "utf-16" else 4
    assert refused(tmp_path) == f"{path}:{line}: the file is not UTF-8; save it with that encoding"


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.cypher"
    path.symlink_to(tmp_path / "gone")
    assert refused(tmp_path) == (
        f"{path}:1: the file cannot be read (no such file or directory); make it readable or remove it"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = put(tmp_path / "a.cypher")
    path.chmod(0)
    assert refused(tmp_path) == f"{path}:1: the file cannot be read (permission denied); make it readable or remove it"


def test_two_questions_of_one_name(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a.cypher"), put(tmp_path / "b" / "a.cypher")
    assert refused(tmp_path) == f"{second}:1: the name busySponsors is taken by {first}; choose another name"


def test_name_of_a_built_in_question(tmp_path: Path) -> None:
    path = put(tmp_path / "a.cypher", name="childrenWithoutNoticeToAppear")
    taken = BUILT_IN / "court" / "childrenWithoutNoticeToAppear.cypher"
    assert refused(tmp_path) == (
        f"{path}:1: the name childrenWithoutNoticeToAppear is taken by {taken}; choose another name"
    )


def test_fault_in_a_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.cypher", text=f"{HEADER}\n{BODY}".replace(":Sponsor)", ":Sponser)"))
    assert refused(tmp_path) == (f"{path}:{FIRST_BODY_LINE}: the model has no label Sponser (did you mean Sponsor?)")
