"""Every question's answer on generated graphs is exactly what the generator wrote down."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

import pytest

from graph.store import Store
from queries.asking.run import run_question
from seed.seeding import seed_store
from seed.synthetic.asked import ANSWERS
from tests.api.compiler.compiling import library
from tests.queries.scenarios import answered, ordered
from tests.queries.test_links import WALKED
from tests.seeds import run_seed

LIBRARY = library()
GRAPHS = [("demo", 1.0, 1), ("demo", 0.25, run_seed())]

Narrowing = tuple[Mapping[str, object], Callable[[dict[str, Any]], bool]]


def least(parameter: str, column: str, *values: int) -> list[Narrowing]:
    """Return what is left of an answer when a parameter asks for at least so much of a column."""
    return [({parameter: value}, partial(_reaches, column, value)) for value in values]


def _reaches(column: str, value: int, row: dict[str, Any]) -> bool:
    return bool(row[column] >= value)


def _stopped(state: str, row: dict[str, Any]) -> bool:
    return bool(row["noticeState"] == state)


NARROWED: dict[str, list[Narrowing]] = {
    "sponsorsWithMultipleChildren": [
        *least("minChildren", "childCount", 3, 4, 32),
        *least("minUnrelated", "unrelatedCount", 1, 2, 4),
    ],
    "identityDocumentsSharedBySponsors": least("minSponsors", "sponsorCount", 3),
    "concernsNotFollowedUp": [({"maxDays": days}, partial(_reaches, "daysWaiting", days + 1)) for days in (30, 365)],
    "childrenWithoutContactAfterMissedHearing": least("minDays", "daysSinceHearing", 2, 30, 365),
    "childrenWithoutNoticeToAppear": [
        *(({"noticeState": [state]}, partial(_stopped, state)) for state in ("NOT_ISSUED", "NOT_SERVED", "NOT_FILED")),
        ({"includeReliefPending": False}, lambda row: not row["reliefPending"]),
        ({"includeInCare": False}, lambda row: not row["inCare"]),
        ({"includeGrownUp": False}, lambda row: not row["grownUp"]),
        (
            {"includeReliefPending": False, "includeInCare": False, "includeGrownUp": False},
            lambda row: not (row["reliefPending"] or row["inCare"] or row["grownUp"]),
        ),
    ],
    "addressesSharedBySponsors": least("minSponsors", "sponsorCount", 3, 4, 32),
    "sponsorsWithReleasesCloseTogether": least("minChildren", "childCount", 3, 5),
    "sponsorsMovingWithSeveralChildren": [
        *least("minAddresses", "addressCount", 3),
        *least("minChildren", "childCount", 4),
    ],
    "phonesSharedBySponsors": least("minSponsors", "sponsorCount", 3, 5),
    "employersAtSponsorAddresses": least("minSponsors", "sponsorCount", 8),
    "missedHearingsNotTold": [
        ({"minDays": days}, partial(_reaches, "daysSinceHearing", days + 1)) for days in (4, 365)
    ],
    "missedHearingsToldLate": [
        ({"maxDays": days}, partial(_reaches, "daysAfterHearing", days + 1)) for days in (4, 30)
    ],
    "childrenNeverReached": least("minAttempts", "attemptCount", 2, 3),
    "contactRefusedWithoutFollowUp": least("minDays", "daysSinceRefusal", 60, 365),
    "childrenNotLivingWithSponsor": least("minDays", "daysSinceFound", 60, 365),
    "childrenWithSeveralSignals": least("minSignals", "signalCount", 3, 4),
    "transfersAfterDeadline": [({"maxDays": 6}, partial(_reaches, "daysHeld", 7))],
    "postReleaseServicesNotGiven": [({"withinDays": 60}, partial(_reaches, "daysWaited", 61))],
    "childrenTurningEighteenWithOpenCase": [({"withinDays": 30}, lambda row: row["daysUntilBirthday"] <= 30)],
    "noticesFiledWithoutHearing": least("minDays", "daysSinceFiling", 31, 365),
    "asylumDeniedWithoutNotice": least("minDays", "daysSinceDenial", 31, 365),
    "courtsFarFromChildren": least("minKilometers", "kilometers", 300, 1_000),
}
"""Questions that say how much of their answer is left under other parameters."""
FEW = ("childrenWithoutRepresentationAtHearing", "identityDocumentsSharedBySponsors")
"""Questions whose rows in these graphs all have one value of the column."""
NEAR_MISSES = [
    ("sponsorsApprovedAfterDenial", "laterDenials"),
    ("identityDocumentsSharedBySponsors", "ownCopies"),
    ("identityDocumentsUnverified", "otherDocuments"),
    ("releasesWithoutSafetyChecks", "sameDayResults"),
    ("childrenWithSponsorsOfConcern", "ownConcerns"),
    ("releasesAfterConcern", "lateConcerns"),
    ("concernsNotFollowedUp", "referredConcerns"),
    ("laborConcernsNearCitedEmployers", "otherConcernsNearEmployers"),
    ("releasesDespiteNegativeHomeStudy", "secondOpinions"),
    ("homeStudiesAfterRelease", "studiesOnTheDay"),
    ("releasesWithoutRequiredHomeStudy", "studiesOnTheDay"),
    ("wellBeingCallsOutsideWindow", "callsAtTheEdge"),
    ("wellBeingCallsOverdue", "callsAtTheEdge"),
    ("contactRefusedWithoutFollowUp", "refusalsFollowedUp"),
    ("childrenNotLivingWithSponsor", "foundAgain"),
    ("childrenWithSeveralSignals", "recentSignals"),
    ("childrenWhoRanAway", "cameBack"),
    ("childrenReturnedToCustody", "endedOtherwise"),
    ("childrenWhoAgedOutOfCustody", "otherDischarges"),
    ("transfersAfterDeadline", "transfersInTime"),
    ("postReleaseServicesNotGiven", "recentServices"),
    ("noticesFiledWithoutHearing", "adjournedAlone"),
    ("asylumDeniedWithoutNotice", "denialsWithNotice"),
    ("asylumDeniedWithoutNotice", "otherDenials"),
    ("courtsFarFromChildren", "farVenues"),
    ("removalOrdersWithReliefPending", "removalsUndone"),
    ("childrenWithoutRepresentationAtHearing", "followedRepresentations"),
]
"""What looks like a row of a question's answer and is none."""


@pytest.fixture(scope="module", params=GRAPHS, ids=str)
async def truth(
    request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The ground truth of a graph that is in the store."""
    preset, scale, number = request.param
    file = tmp_path_factory.mktemp("truth") / "truth.json"
    await seed_store(store, preset=preset, scale=scale, seed=number, truth_file=file, store_name="neo4j")
    return cast(dict[str, Any], json.loads(file.read_text(encoding="utf-8")))


def test_every_question_has_a_ground_truth() -> None:
    columns = {question.name: tuple(column.name for column in question.columns) for question in LIBRARY}
    for name in WALKED:
        del columns[name]
    assert {name: columns for name, (_, columns) in ANSWERS.items()} == columns


@pytest.mark.parametrize("name", ANSWERS)
async def test_the_answer_is_what_was_planted(store: Store, truth: dict[str, Any], name: str) -> None:
    planted = truth["answers"][name]
    given = {"asOf": truth["referenceDate"], **planted["parameters"]}
    assert await answered(store, LIBRARY[name], **given) == ordered(planted["rows"])
    assert planted["rows"] or truth["scale"] < 1


@pytest.mark.parametrize("name", NARROWED)
async def test_the_answer_under_other_parameters(store: Store, truth: dict[str, Any], name: str) -> None:
    planted = truth["answers"][name]
    for arguments, counts in NARROWED[name]:
        given = {"asOf": truth["referenceDate"], **planted["parameters"], **arguments}
        wanted = [row for row in planted["rows"] if counts(dict(zip(planted["columns"], row, strict=True)))]
        assert await answered(store, LIBRARY[name], **given) == ordered(wanted), arguments


@pytest.mark.parametrize(
    ("name", "parameter"), [(one.name, part.name) for one in LIBRARY for part in one.parameters if part.narrows]
)
async def test_a_parameter_keeps_the_rows_that_its_question_says(
    store: Store, truth: dict[str, Any], name: str, parameter: str
) -> None:
    question = LIBRARY[name]
    (narrows,) = (part.narrows for part in question.parameters if part.name == parameter)
    assert narrows is not None
    compare = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}[narrows.operator]
    column = [one.name for one in question.columns].index(narrows.column)
    day = {"asOf": truth["referenceDate"]}
    rows = await answered(store, question, **day)
    found = sorted({row[column] for row in rows})
    for value in {found[len(found) // 2], found[len(found) // 3]} if found else ():
        kept = await answered(store, question, **day, **{parameter: value})
        assert kept == [row for row in rows if compare(row[column], value)], value
    assert len(found) > 1 or truth["scale"] < 1 or name in FEW


@pytest.mark.parametrize("name", [name for name, (given, _) in ANSWERS.items() if given.get("includeGrownUp")])
async def test_those_who_have_turned_eighteen_are_left_out(store: Store, truth: dict[str, Any], name: str) -> None:
    planted = truth["answers"][name]
    grown = {row[0] for row in truth["planted"]["grownUp"]["rows"]}
    children = [at for at, column in enumerate(planted["columns"]) if column in ("child", "sibling")]
    wanted = [row for row in planted["rows"] if grown.isdisjoint(row[at] for at in children)]
    given = {"asOf": truth["referenceDate"], **planted["parameters"], "includeGrownUp": False}
    assert await answered(store, LIBRARY[name], **given) == ordered(wanted)
    assert len(wanted) < len(planted["rows"]) or truth["scale"] < 1


async def test_figures_hold_later_too(store: Store, truth: dict[str, Any]) -> None:
    wanted = {
        "childrenWithoutNoticeToAppear": truth["figures"]["without_notice"] + truth["figures"]["not_filed"],
        "childrenNeverReached": truth["figures"]["not_reached"],
        "releaseAddressesUnusable": truth["figures"]["bad_addresses"],
    }
    for name, count in wanted.items():
        later: dict[str, object] = {"asOf": "2031-01-01"}
        if "includeGrownUp" in ANSWERS[name][0]:
            later["includeGrownUp"] = True
        assert len((await run_question(store, LIBRARY[name], later)).rows) == count, name


async def test_what_was_planted_by_hand_is_found(store: Store, truth: dict[str, Any]) -> None:
    found = {name: answer["rows"] for name, answer in truth["answers"].items()}
    planted = {name: plan["rows"] for name, plan in truth["planted"].items()}
    assert {tuple(row[:2]) for row in found["sponsorsUnderSeveralRecords"]} == {
        tuple(row[:2]) for row in planted["secondRecords"]
    }
    checks = [(row[1], row[6] or row[2]) for row in found["releasesWithoutSafetyChecks"]]
    assert sorted(checks) == sorted(tuple(row) for row in planted["missingChecks"] + planted["pendingChecks"])
    stale = {(row[1], row[2], row[3]) for row in found["absentiaOrdersAfterStaleNotice"]}
    assert stale >= {tuple(row) for row in planted["staleNotices"]}
    pairs = {frozenset(row[:2]) for row in found["siblingsPlacedApart"]}
    lasting = {row[0] for row in found["siblingsPlacedApart"]} | {row[1] for row in found["siblingsPlacedApart"]}
    assert {frozenset(row) for row in planted["siblingsApart"] if set(row) <= lasting} <= pairs
    assert {row[0] for row in found["childrenPlacedAgain"]} == {row[0] for row in planted["placedAgain"]}
    assert {row[0] for row in found["phonesSharedBySponsors"]} == {row[0] for row in planted["sharedPhones"]}
    assert {row[0] for row in found["childrenNeverReached"]} == {row[0] for row in planted["notReached"]}
    assert {row[1] for row in found["releaseAddressesUnusable"]} == {row[0] for row in planted["badAddresses"]}
    silent = {tuple(row[:2]) for row in found["childrenWithoutContactAfterMissedHearing"]}
    assert silent & {tuple(row) for row in planted["sponsorAlone"]} or truth["scale"] < 1
    returned = {tuple(row[:2]) for row in found["childrenReturnedToCustody"]}
    assert returned >= {tuple(row) for row in planted["returnedUnrecorded"]}
    assert {row[0] for row in found["addressesSharedBySponsors"]}.isdisjoint(
        row[0] for row in planted["shelters"] if row[0] not in {home for home, *_ in planted["rings"]}
    )


@pytest.mark.parametrize(("name", "missed"), NEAR_MISSES)
async def test_what_looks_like_a_row_is_none(store: Store, truth: dict[str, Any], name: str, missed: str) -> None:
    planted = truth["planted"][missed]
    columns = [column for column in truth["answers"][name]["columns"] if column in planted["columns"]]
    given = {"asOf": truth["referenceDate"], **truth["answers"][name]["parameters"]}
    rows = _under(truth["answers"][name]["columns"], columns, await answered(store, LIBRARY[name], **given))
    assert rows.isdisjoint(_under(planted["columns"], columns, planted["rows"]))
    assert planted["rows"] or truth["scale"] < 1


def _under(columns: Sequence[str], wanted: Sequence[str], rows: Sequence[Sequence[Any]]) -> set[tuple[Any, ...]]:
    return {tuple(row[columns.index(column)] for column in wanted) for row in rows}
