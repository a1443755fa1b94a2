"""Where a link led before, without what one source said of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from graph.writing.successions import Led, without
from tests.seeds import run_seed

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
Said = tuple[str, str | None]
"""A source, and the end to which the link leads by its word; without an end, it leads nowhere."""


def led(said: Sequence[Said]) -> list[Led]:
    """Return the succession of ends after some words, as the writer keeps it."""
    found: list[Led] = []
    now: Led | None = None
    for place, (source, end) in enumerate(said):
        if now is not None and now.end != end:
            found.append(Led(now.end, now.label, now.givers, BEGIN + timedelta(place), "importer", source))
            now = None
        if end is not None:
            givers = now.givers if now else ()
            now = Led(end, "PostalArea", givers if source in givers else (*givers, source))
    return [*found, *([now] if now else [])]


def told(succession: Sequence[Led]) -> list[tuple[str, set[str], datetime | None]]:
    return [(one.end, set(one.givers), one.replaced_at) for one in succession]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([("A", "x"), ("B", "y")], [("x", {"A"}, False)]),
        ([("B", "y"), ("A", "x")], [("x", {"A"}, False)]),
        ([("A", "x"), ("B", None)], [("x", {"A"}, False)]),
        ([("A", "x"), ("B", "y"), ("C", "z")], [("x", {"A"}, True), ("z", {"C"}, False)]),
        ([("A", "x"), ("B", "y"), ("C", "x")], [("x", {"A", "C"}, False)]),
        ([("A", "x"), ("B", "y"), ("B", "z"), ("A", "w")], [("x", {"A"}, True), ("w", {"A"}, False)]),
        ([("A", "x"), ("B", "x")], [("x", {"A"}, False)]),
        ([("B", "x")], []),
    ],
)
def test_what_a_source_replaced_comes_back(said: list[Said], wanted: list[tuple[str, set[str], bool]]) -> None:
    found = without("B", led(said))
    assert [(one.end, set(one.givers), one.replaced_at is not None) for one in found] == wanted


def test_it_is_as_if_the_source_had_said_nothing() -> None:
    rng = random.Random(run_seed())
    for _ in range(2_000):
        said = [(rng.choice("ABC"), rng.choice("xyz")) for _ in range(rng.randint(1, 6))]
        never = led([one for one in said if one[0] != "B"])
        found = without("B", led(said))
        assert [one[:2] for one in told(found)] == [one[:2] for one in told(never)], said
