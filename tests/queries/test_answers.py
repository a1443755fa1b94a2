"""Every question's answer on generated graphs is exactly what the generator wrote down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from random import SystemRandom
from typing import Any, cast

import pytest

from graph.store import Store
from queries.library import load_library
from queries.run import run_question
from seed.seeding import seed_store
from seed.synthetic.truth import ANSWERS
from tests.queries.asking import answered, ordered
from tests.queries.test_links import WALKED

LIBRARY = load_library()
GRAPHS = [("demo", 1.0, 1), ("demo", 0.25, 99), ("demo", 0.25, SystemRandom().randrange(1_000_000))]

Narrowing = tuple[Mapping[str, object], Callable[[dict[str, Any]], bool]]


def least(parameter: str, column: str, *values: int) -> list[Narrowing]:
    """Return what is left of an answer when a parameter asks for at least so much of a column."""
    return [({parameter: value}, partial(_reaches, column, value)) for value in values]


def _reaches(column: str, value: int, row: dict[str, Any]) -> bool:
    return bool(row[column] >= value)


def _stopped(state: str, row: dict[str, Any]) -> bool:
    return bool(row["noticeState"] == state)


NARROWED: dict[str, list[Narrowing]] = {
    "sponsorsWithMultipleChildren": least("minChildren", "childCount", 3, 4, 32),
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
    "missedHearingsNotTold": least("minDays", "daysSinceHearing", 4, 365),
    "missedHearingsToldLate": [
        ({"maxDays": days}, partial(_reaches, "daysAfterHearing", days + 1)) for days in (4, 30)
    ],
    "childrenNeverReached": least("minAttempts", "attemptCount", 2, 3),
    "childrenTurningEighteenWithOpenCase": [({"withinDays": 30}, lambda row: row["daysUntilBirthday"] <= 30)],
}
"""Questions that say how much of their answer is left under other parameters."""


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


async def test_figures_hold_later_too(store: Store, truth: dict[str, Any]) -> None:
    wanted = {
        "childrenWithoutNoticeToAppear": truth["figures"]["without_notice"],
        "childrenNeverReached": truth["figures"]["not_reached"],
        "releaseAddressesUnusable": truth["figures"]["bad_addresses"],
    }
    for name, count in wanted.items():
        assert len((await run_question(store, LIBRARY[name], {"asOf": "2031-01-01"})).rows) == count, name


async def test_what_was_planted_by_hand_is_found(store: Store, truth: dict[str, Any]) -> None:
    found = {name: answer["rows"] for name, answer in truth["answers"].items()}
    planted = {name: plan["rows"] for name, plan in truth["planted"].items()}
    stale = {(row[1], row[2], row[3]) for row in found["absentiaOrdersAfterStaleNotice"]}
    assert stale >= {tuple(row) for row in planted["staleNotices"]}
    pairs = {frozenset(row[:2]) for row in found["siblingsPlacedApart"]}
    lasting = {row[0] for row in found["siblingsPlacedApart"]} | {row[1] for row in found["siblingsPlacedApart"]}
    assert {frozenset(row) for row in planted["siblingsApart"] if set(row) <= lasting} <= pairs
    assert {row[0] for row in found["childrenPlacedAgain"]} == {row[0] for row in planted["placedAgain"]}
    assert {row[0] for row in found["phonesSharedBySponsors"]} == {row[0] for row in planted["sharedPhones"]}
    assert {row[0] for row in found["childrenNeverReached"]} == {row[0] for row in planted["notReached"]}
    assert {row[1] for row in found["releaseAddressesUnusable"]} == {row[0] for row in planted["badAddresses"]}
    assert {row[0] for row in found["addressesSharedBySponsors"]}.isdisjoint(
        row[0] for row in planted["shelters"] if row[0] not in {home for home, *_ in planted["rings"]}
    )
