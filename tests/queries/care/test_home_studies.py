from __future__ import annotations

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

SEVERAL, YOUNG = "UNRELATED_SPONSOR_OF_SEVERAL", "YOUNG_CHILD_UNRELATED_SPONSOR"


async def reasons(store: Store, **arguments: object) -> dict[str, str]:
    """Return the rule by the placement."""
    rows = await ask(store, "releasesWithoutRequiredHomeStudy", **arguments)
    return {placement: reason for _, placement, reason, *_ in rows}


def release(
    key: str,
    day: str | None = "2024-05-01",
    *,
    child: str = "c",
    relationship: str | None = "UNRELATED",
    category: str | None = "1",
    born: str | None = "2008-01-01",
    sponsor: str = "s",
    known: str = "",
) -> str:
    """Return a release of a child of its own, unless another is named, to the sponsor; `known` is of the child."""
    values = [f"key: '{key}'"]
    values += [f"relationship: '{relationship}'"] if relationship else []
    values += [f"sponsorCategory: '{category}'"] if category else []
    values += [f"releasedOn: @{day}"] if day else []
    own = [f"key: '{child}'", f"dateOfBirth: @{born}" if born else "", known]
    new = f"({child}:Child {{{', '.join(filter(None, own))}}})" if child != "again" else "(c)"
    placement = f"({key}:Placement {{{', '.join(values)}}})"
    return f"{new}-[:HAS_PLACEMENT]->{placement}-[:WITH_SPONSOR]->({sponsor})"


def study(*, ordered: str | None = None, completed: str | None = None, said: str = "", of: str = "p") -> str:
    """Return a home study for a placement."""
    days = {"orderedOn": ordered, "completedOn": completed}
    values = [f"key: '{ordered or ''}/{completed or ''}'"]
    values += [f"{name}: @{day}" for name, day in days.items() if day]
    values += [f"recommendation: '{said}'"] if said else []
    return f"({of})-[:HAS_HOME_STUDY]->(:HomeStudy {{{', '.join(values)}}})"


SPONSOR = "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'})"


async def test_an_unrelated_sponsor_who_sponsored_before(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", "2020-04-01", child="d", relationship="COUSIN"))
    assert await reasons(empty) == {"p": SEVERAL}


async def test_two_children_of_one_release(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), "(:Child {key: 'd'})-[:HAS_PLACEMENT]->(p)")
    assert await reasons(empty) == {"p": SEVERAL}


async def test_two_children_within_some_weeks_were_sought_together(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", "2024-05-31", child="d", relationship="FAMILY_FRIEND"))
    assert await reasons(empty) == {"p": SEVERAL, "q": SEVERAL}
    assert await reasons(empty, withinDays=29) == {"q": SEVERAL}
    assert await reasons(empty, asOf="2024-05-30") == {}


async def test_two_releases_of_one_child_are_one_child(empty: Store) -> None:
    await put(empty, SPONSOR, release("p"), release("q", "2024-05-20", child="again"))
    assert await reasons(empty) == {}


@pytest.mark.parametrize("other", [release("q", None, child="d"), release("q", child="d", sponsor="t")])
async def test_releases_that_are_no_earlier_ones(empty: Store, other: str) -> None:
    await put(empty, SPONSOR, release("p"), other)
    assert await reasons(empty) == {}


@pytest.mark.parametrize(
    ("born", "relationship", "category", "young"),
    [
        ("2011-05-02", "UNRELATED", "3", True),
        ("2011-05-02", "FAMILY_FRIEND", None, True),
        ("2011-05-01", "UNRELATED", "3", False),
        ("2011-05-02", "COUSIN", "3", False),
        ("2011-05-02", None, "3", False),
        (None, "UNRELATED", "3", False),
    ],
    ids=["12", "unknown category", "13", "a relative of category 3", "unknown relationship", "unknown age"],
)
async def test_a_child_of_twelve_or_under(
    empty: Store, born: str | None, relationship: str | None, category: str | None, young: bool
) -> None:
    await put(empty, SPONSOR, release("p", relationship=relationship, category=category, born=born))
    assert await reasons(empty) == ({"p": YOUNG} if young else {})
    assert await reasons(empty, maxAge=11) == {}


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ("traffickingVictim: true, disability: true", "TRAFFICKING_VICTIM"),
        ("disability: true, abuseVictim: true", "DISABILITY"),
        ("abuseVictim: true", "ABUSE_VICTIM"),
        ("traffickingVictim: false, disability: false", None),
    ],
)
async def test_what_the_statute_asks_for_whoever_the_sponsor_is(empty: Store, known: str, reason: str | None) -> None:
    await put(empty, SPONSOR, release("p", "2012-01-01", relationship="PARENT", known=known))
    assert await reasons(empty) == ({"p": reason} if reason else {})


@pytest.mark.parametrize(("day", "in_force"), [("2015-07-26", False), ("2015-07-27", True)])
async def test_the_policy_applies_to_releases_while_it_was_in_force(empty: Store, day: str, in_force: bool) -> None:
    await put(
        empty,
        SPONSOR,
        release("p", day, born="2012-01-01"),
        release("q", day, child="d", sponsor="t"),
        release("r", "2014-01-01", child="e", sponsor="t", relationship="PARENT"),
    )
    assert await reasons(empty) == ({"p": YOUNG, "q": SEVERAL} if in_force else {})


async def test_where_several_rules_apply_the_first_is_named(empty: Store) -> None:
    young = {"born": "2015-01-01"}
    await put(empty, SPONSOR, release("p", **young), release("q", child="d", **young, known="abuseVictim: true"))
    assert await reasons(empty) == {"p": SEVERAL, "q": "ABUSE_VICTIM"}


@pytest.mark.parametrize(
    ("studies", "missing"),
    [
        ([study(ordered="2024-04-01", completed="2024-05-01")], None),
        ([study(completed="2024-04-30")], None),
        ([study(ordered="2024-05-02", completed="2024-04-30")], None),
        ([study(ordered="2024-04-01")], "NOT_COMPLETED"),
        ([study(ordered="2024-05-01", completed="2024-06-01")], "NOT_COMPLETED"),
        ([study(ordered="2024-04-01", completed="2024-05-02")], "AFTER_RELEASE"),
        ([study(ordered="2024-05-02")], "AFTER_RELEASE"),
        ([study(ordered="2024-04-01"), study(ordered="2024-05-20")], "AFTER_RELEASE"),
        ([study(ordered="2024-06-01")], "NONE"),
        ([study()], "NONE"),
        ([], "NONE"),
    ],
    ids=str,
)
async def test_a_study_counts_that_was_completed_by_the_release(
    empty: Store, studies: list[str], missing: str | None
) -> None:
    await put(empty, SPONSOR, release("p", born="2015-01-01"), *studies)
    rows = await ask(empty, "releasesWithoutRequiredHomeStudy")
    assert rows == ([("c", "p", YOUNG, missing, "2024-05-01")] if missing else [])


async def test_releases_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    young = {"born": "2015-01-01"}
    await put(
        empty,
        SPONSOR,
        release("p", DAY, **young),
        release("q", None, child="d", **young),
        release("r", "2024-06-01", child="e", **young, sponsor="t"),
    )
    rows = await ask(empty, "releasesWithoutRequiredHomeStudy")
    assert [(row[0], row[4]) for row in rows] == [("c", DAY)]


GROWN = [
    ("releasesWithoutRequiredHomeStudy", []),
    ("releasesDespiteNegativeHomeStudy", [study(completed="2018-01-01", said="NEGATIVE")]),
    ("homeStudiesAfterRelease", [study(ordered="2018-01-10")]),
]


@pytest.mark.parametrize(("name", "studies"), GROWN)
async def test_those_who_have_turned_eighteen_are_left_out(empty: Store, name: str, studies: list[str]) -> None:
    await put(empty, SPONSOR, release("p", "2018-01-05", born="2006-05-31"), *studies)
    assert await ask(empty, name) == []
    assert len(await ask(empty, name, includeGrownUp=True)) == 1
    assert len(await ask(empty, name, asOf="2024-05-30")) == 1


@pytest.mark.parametrize(
    ("studies", "found"),
    [
        ([study(completed="2024-05-01", said="NEGATIVE")], True),
        ([study(completed="2024-05-02", said="NEGATIVE")], False),
        ([study(ordered="2024-04-01", said="NEGATIVE")], False),
        ([study(completed="2024-04-01", said="CONDITIONAL")], False),
        ([study(completed="2024-04-01", said="NEGATIVE"), study(completed="2024-04-20", said="POSITIVE")], False),
        ([study(completed="2024-04-20", said="NEGATIVE"), study(completed="2024-04-01", said="POSITIVE")], True),
        ([study(completed="2024-04-20", said="NEGATIVE"), study(completed="2024-05-02", said="POSITIVE")], True),
        ([study(completed="2024-04-20", said="NEGATIVE"), study(completed="2024-04-30")], True),
    ],
    ids=str,
)
async def test_a_release_despite_a_negative_study(empty: Store, studies: list[str], found: bool) -> None:
    await put(empty, SPONSOR, release("p"), *studies)
    rows = await ask(empty, "releasesDespiteNegativeHomeStudy")
    assert [(row[0], row[1], row[4]) for row in rows] == ([("c", "p", "2024-05-01")] if found else [])


async def test_the_latest_negative_study_is_shown(empty: Store) -> None:
    studies = [study(completed=f"2024-04-{day}", said="NEGATIVE") for day in ("01", "09")]
    await put(empty, SPONSOR, release("p"), *studies)
    assert await ask(empty, "releasesDespiteNegativeHomeStudy") == [
        ("c", "p", "/2024-04-09", "2024-04-09", "2024-05-01")
    ]
    assert await ask(empty, "releasesDespiteNegativeHomeStudy", asOf="2024-04-30") == []


@pytest.mark.parametrize(
    ("studies", "row"),
    [
        ([study(ordered="2024-05-02", completed="2024-05-09")], ("2024-05-02", "2024-05-09")),
        ([study(ordered="2024-04-02", completed="2024-05-09")], ("2024-04-02", "2024-05-09")),
        ([study(ordered="2024-05-02", completed="2024-06-09")], ("2024-05-02", None)),
        ([study(completed="2024-05-09"), study(ordered="2024-05-05")], ("2024-05-05", None)),
        ([study(ordered="2024-05-01")], None),
        ([study(ordered="2024-06-01")], None),
        ([study(ordered="2024-05-02"), study(completed="2024-05-01")], None),
    ],
    ids=str,
)
async def test_studies_after_the_release(
    empty: Store, studies: list[str], row: tuple[str | None, str | None] | None
) -> None:
    await put(empty, SPONSOR, release("p"), *studies)
    rows = await ask(empty, "homeStudiesAfterRelease")
    assert [found[3:] for found in rows] == ([("2024-05-01", *row)] if row else [])
