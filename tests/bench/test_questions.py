"""What the bench asks of each question, and how it sums up."""

from __future__ import annotations

import pytest

from bench.questions import page_of, stricter, summary
from queries.findings.thresholds import Thresholds, indicators
from tests.api.compiler.compiling import library

INDICATORS = {one.name: one for one in indicators(list(library()), Thresholds())}


def test_stricter_thresholds_keep_fewer_rows() -> None:
    assert stricter(INDICATORS["sponsorsWithMultipleChildren"]) == {"minChildren": 4, "minUnrelated": 0}
    assert stricter(INDICATORS["childrenTurningEighteenWithOpenCase"]) == {"withinDays": 45}
    assert stricter(INDICATORS["siblingsPlacedApart"]) == {}


def test_a_page_asks_for_rows_and_the_total() -> None:
    text, variables = page_of(INDICATORS["phonesSharedBySponsors"], minSponsors=4).ours
    assert (text, variables) == (
        '{ phonesSharedBySponsors(first: 50, asOf: "2024-05-31", minSponsors: 4) '
        "{ totalCount nodes { phone { __typename key } sponsorCount childCount } } }",
        {},
    )


@pytest.mark.parametrize(("live", "reached"), [([100.0, 3_900.0, 100.0], True), ([100.0, 4_100.0, 100.0], False)])
def test_a_goal_is_missed_by_the_slowest(live: list[float], reached: bool) -> None:
    found = {
        str(place): {"swept_ms": 5.0, "swept_over_hand": 1.2, "live_ms": ms, "live_over_hand": 1.0, "stricter_ms": 9.0}
        for place, ms in enumerate(live)
    }
    figures = summary(found)
    assert figures["live_ms_slowest"] == max(live)
    assert figures["reached"] == {
        "swept": True,
        "swept_over_hand": True,
        "stricter": True,
        "live": reached,
        "live_over_hand": True,
    }
