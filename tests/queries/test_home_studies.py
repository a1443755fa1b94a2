from __future__ import annotations

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put

SEVERAL, YOUNG = "UNRELATED_SPONSOR_OF_SEVERAL", "YOUNG_CHILD_CATEGORY_3"


async def reasons(store: Store, **arguments: object) -> dict[str, str]:
    """Return the rule by the placement."""
    rows = await ask(store, "releasesWithoutRequiredHomeStudy", **arguments)
    return {placement: reason for _, placement, reason, _ in rows}


def release(
    key: str,
    day: str | None = "2024-05-01",
    *,
    child: str = "c",
    relationship: str = "UNRELATED",
    category: str = "1",
    born: str | None = "2008-01-01",
    sponsor: str = "s",
) -> str:
    """Return a release of a child of its own, unless another is named, to the sponsor."""
    dated = f", releasedOn: @{day}" if day else ""
    placement = (
        f"({key}:Placement {{key: '{key}', relationship: '{relationship}', sponsorCategory: '{category}'{dated}}})"
    )
    new = (
        f"({child}:Child {{key: '{child}'{f', dateOfBirth: @{born}' if born else ''}}})" if child != "again" else "(c)"
    )
    return f"{new}-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor})"


SPONSOR = "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'})"


async def test_an_unrelated_sponsor_who_sponsored_before(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", "2024-04-01", child="d", relationship="COUSIN"))
    assert await reasons(empty) == {"p": SEVERAL}


async def test_the_first_release_to_an_unrelated_sponsor_needs_none(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", "2024-05-02", child="d"))
    assert await reasons(empty) == {"q": SEVERAL}


async def test_two_children_on_one_day(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", child="d", relationship="FAMILY_FRIEND"))
    assert await reasons(empty) == {"p": SEVERAL, "q": SEVERAL}


async def test_two_releases_of_one_child_are_one_child(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", "2024-05-20", child="again"))
    assert await reasons(empty) == {}


@pytest.mark.parametrize("other", [release("q", None, child="d"), release("q", child="d", sponsor="t")])
async def test_releases_that_are_no_earlier_ones(empty: Store, other: str) -> None:
    await put(empty, SPONSOR, release("p"), other)
    assert await reasons(empty) == {}


@pytest.mark.parametrize(
    ("born", "category", "young"),
    [
        ("2011-05-02", "3", True),
        ("2011-05-01", "3", False),
        ("2011-05-02", "2B", False),
        (None, "3", False),
    ],
)
async def test_a_child_of_twelve_or_under(empty: Store, born: str | None, category: str, young: bool) -> None:
    await put(empty, SPONSOR, release("p", relationship="COUSIN", category=category, born=born))
    assert await reasons(empty) == ({"p": YOUNG} if young else {})


async def test_where_both_rules_apply_the_first_is_named(empty: Store) -> None:
    young = {"born": "2015-01-01", "category": "3"}
    await put(empty, SPONSOR, release("p", **young), release("q", child="d", **young))
    assert await reasons(empty) == {"p": SEVERAL, "q": SEVERAL}


@pytest.mark.parametrize(
    ("study", "counts"),
    [
        ("orderedOn: @2024-05-31", True),
        ("orderedOn: @2024-06-01", False),
        ("completedOn: @2024-05-31", True),
        ("completedOn: @2024-06-01", False),
        ("orderedOn: @2024-05-31, completedOn: @2024-06-30", True),
        ("", True),
    ],
)
async def test_studies(empty: Store, study: str, counts: bool) -> None:
    await put(
        empty,
        SPONSOR,
        release("p", category="3", born="2015-01-01"),
        f"(p)-[:HAS_HOME_STUDY]->(:HomeStudy {{{study}}})",
    )
    assert await reasons(empty) == ({} if counts else {"p": YOUNG})


async def test_releases_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    young = {"category": "3", "born": "2015-01-01"}
    await put(
        empty,
        SPONSOR,
        release("p", DAY, **young),
        release("q", None, child="d", **young),
        release("r", "2024-06-01", child="e", **young),
    )
    rows = await ask(empty, "releasesWithoutRequiredHomeStudy")
    assert [(row[0], row[3]) for row in rows] == [("c", DAY)]
