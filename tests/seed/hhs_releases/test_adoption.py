from __future__ import annotations

import random

import pytest

from graph.store import Store
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import indicators, load_thresholds
from queries.library import load_library
from seed.hhs_releases.adoption import Candidate, Known, adopt
from tests.seed.hhs_releases.test_importing import Write, counts, facts, load, told

MOTHER = "Honduras,F,1/5/15,2/6/15,33125,1,Mother"
FATHER = "Honduras,F,1/5/15,2/6/15,33125,1,Father"
LATER = "Honduras,F,1/5/15,2/9/15,77036,1,Mother"
OTHER = "Guatemala,M,3/5/16,4/6/16,90044,3,Cousin"
FACTS = ("Honduras", "FEMALE", "2015-01-05", "2015-02-06", "33125", "1", "PARENT")


async def children(store: Store) -> dict[str, list[object]]:
    return {str(key).removeprefix("hhs-releases-"): rest for key, *rest in await facts(store)}


def candidate(name: str, **changes: str) -> Candidate:
    values = list(FACTS)
    for place, value in changes.items():
        values[int(place[1:])] = value
    return Candidate(name, tuple(values), (name,))


def test_each_child_is_adopted_by_the_row_that_is_most_like_it_in_any_order() -> None:
    rows = [candidate("7-a", f0="Peru", f3="2016-01-01"), candidate("7-b", f4="77036"), candidate("7-c", f1="MALE")]
    known = [Known("7", FACTS), Known("7-x", ("Peru", *FACTS[1:]))]
    for seed in range(6):
        random.Random(seed).shuffle(rows)
        random.Random(seed).shuffle(known)
        found = adopt(rows, known)
        assert (found.keys, found.left) == ({"7-b": "7", "7-a": "7-x", "7-c": "7-c"}, ())


def test_a_key_that_another_child_has_is_not_given_again() -> None:
    rows = [candidate("7-a"), candidate("7-b", f0="Peru")]
    found = adopt(rows, [Known("7-a", ("Peru", *FACTS[1:]))])
    assert found.keys == {"7-a": "7-a-2", "7-b": "7-a"}


def test_rows_that_differ_by_a_word_alone_keep_their_children() -> None:
    rows = [candidate("7-m"), candidate("7-f")]
    for known in ([Known("7-f", FACTS), Known("7-m", FACTS)], [Known("7-m", FACTS), Known("7-f", FACTS)]):
        assert adopt(rows, known).keys == {"7-m": "7-m", "7-f": "7-f"}


def test_of_what_may_be_part_of_a_number_only_a_child_much_alike_is_adopted() -> None:
    known = [Known("1905-x", FACTS), Known("1905-y", ("Peru", "MALE", *(None,) * 5))]
    near, far = candidate("1905-n", f4="77036"), candidate("1905-o", f0="Peru", f2="2020-01-01", f3="2020-02-02")
    assert adopt([near], known, partial=True).keys == {"1905-n": "1905-x"}
    assert adopt([far], known, partial=True).keys == {"1905-o": "1905-o"}
    assert adopt([far], known, partial=True).left == ()


def test_very_many_rows_of_one_number_are_matched_soon() -> None:
    rows = [candidate(f"7-{n}", f4=str(10_000 + n)) for n in range(20_000)]
    found = adopt(rows, [Known(f"7-k{row.key}", row.facts) for row in rows])
    assert found.keys == {row.key: f"7-k{row.key}" for row in rows}


@pytest.mark.parametrize("lines", [(f"7,{MOTHER}", f"7,{OTHER}"), (f"7,{OTHER}", f"7,{MOTHER}")])
async def test_a_number_that_comes_to_be_shared_leaves_no_ghost(
    empty: Store, write: Write, lines: tuple[str, ...]
) -> None:
    await load(empty, write(f"7,{LATER}"))
    await empty.write(
        "MATCH (c:Child {key: 'hhs-releases-7'}) SET c.firstName = 'Ana' "
        "CREATE (c)-[:HAS_CONTACT]->(:ContactAttempt {key: 'call'})"
    )
    summary = await load(empty, write(*lines))
    found = await children(empty)
    assert (len(found), told(summary, "created")["Child"], told(summary, "removed")) == (2, 1, {"PostalArea": 1})
    assert told(summary, "kept without a row") == {}
    assert found["7"][:4] == ["Honduras", "FEMALE", "2015-01-05", "2015-02-06"]
    assert await empty.read(
        "MATCH (c:Child)-[:HAS_CONTACT]->() RETURN c.key, c.firstName, COUNT { (c)-[:FROM_SOURCE]->() }"
    ) == [["hhs-releases-7", "Ana", 1]]
    again = await load(empty, write(*reversed(lines)))
    assert (told(again, "created"), await children(empty)) == ({}, found)


async def test_a_number_that_stops_being_shared_leaves_no_ghost(empty: Store, write: Write) -> None:
    await load(empty, write(f"7,{MOTHER}", f"7,{OTHER}", f"8,{FATHER}"))
    before = await children(empty)
    summary = await load(empty, write(f"7,{OTHER.replace('Cousin', 'Uncle')}", f"8,{FATHER}"))
    assert (told(summary, "created"), told(summary, "removed")) == ({}, {"Child": 1})
    assert any(line.startswith("Child: ") and line.endswith("1 removed") for line in summary.lines())
    found = await children(empty)
    assert found.keys() < before.keys()
    assert sorted(str(rest[0]) for rest in found.values()) == ["Guatemala", "Honduras"]
    assert await counts(empty) == {
        "Child": 2,
        "Placement": 2,
        "PostalArea": 2,
        "Source": 1,
        "HAS_PLACEMENT": 2,
        "RELEASED_IN": 2,
        "FROM_SOURCE": 6,
    }


@pytest.mark.parametrize(
    "hanging",
    [
        "SET c.aNumber = '900000001'",
        "CREATE (c)-[:HAS_CONTACT]->(:ContactAttempt {key: 'call'})",
        "CREATE (c)-[:FROM_SOURCE {key: 'x'}]->(:Source {key: 'other'})",
        "MATCH (c)-[:HAS_PLACEMENT]->(p) CREATE (p)-[:WITH_SPONSOR]->(:Sponsor {key: 's'})",
        "CREATE (c)<-[:HAS_SUBJECT]-(:Finding {key: 'f'})-[:HAS_CHANGE]->(:FindingChange {key: 'g', actor: 'Ana'})",
    ],
)
async def test_a_child_that_others_rely_on_stays_and_that_is_said(empty: Store, write: Write, hanging: str) -> None:
    await load(empty, write(f"7,{MOTHER}", f"7,{OTHER}"))
    await empty.write(f"MATCH (c:Child {{countryOfBirth: 'Honduras'}}) WITH c {hanging}")
    summary = await load(empty, write(f"7,{OTHER}"))
    assert (told(summary, "removed"), len(await children(empty))) == ({}, 2)
    assert any(line.startswith("Child: ") and line.endswith("1 kept without a row") for line in summary.lines())


async def test_part_of_a_number_that_is_known_to_be_doubled_leaves_the_rest(empty: Store, write: Write) -> None:
    await load(empty, write(f"1905,{MOTHER}", f"1905,{OTHER}"))
    before = await children(empty)
    await load(empty, write(f"1905,{OTHER}"))
    assert await children(empty) == before


async def test_findings_go_on_or_are_resolved(empty: Store, write: Write) -> None:
    library = list(load_library())
    sweep = Sweeper(empty, indicators(library, load_thresholds(None, library)))
    only = ["childrenWithoutNoticeToAppear"]
    await load(empty, write(f"7,{MOTHER}", f"7,{OTHER}"))
    await sweep(only=only)
    await load(empty, write(f"7,{OTHER}", f"8,{MOTHER}"))
    await sweep(only=only)
    found = await empty.read(
        "MATCH (f:Finding) OPTIONAL MATCH (f)-[:HAS_SUBJECT]->(c) "
        "RETURN f.status, c.countryOfBirth, count { (f)-[:HAS_CHANGE]->() } ORDER BY f.status, c.countryOfBirth"
    )
    assert found == [["OPEN", "Guatemala", 1], ["OPEN", "Honduras", 1], ["RESOLVED", None, 2]]


def lines_of(chance: random.Random) -> list[str]:
    """Return rows of few numbers and facts, so that numbers are shared, corrected and repeated."""
    return [
        ",".join(
            [
                chance.choice(["7", "8", "1905"]),
                chance.choice(["Honduras", "Peru", ""]),
                chance.choice("FM"),
                f"1/{chance.randint(1, 2)}/15",
                f"2/{chance.randint(1, 2)}/15",
                chance.choice(["33125", "77036", ""]),
                chance.choice("13"),
                chance.choice(["Mother", "Father", "Cousin"]),
            ]
        )
        for _ in range(chance.randint(2, 6))
    ]


@pytest.mark.parametrize("seed", range(6))
async def test_old_files_before_a_new_one_change_nothing(empty: Store, write: Write, seed: int) -> None:
    chance = random.Random(seed)
    files = [lines_of(chance) for _ in range(4)]
    files[-1] += [f"1905,{MOTHER}", f"1905,{OTHER}", f"7,{LATER}", f"8,{LATER}"]
    await load(empty, write(*files[-1]))
    alone, numbers = await facts(empty), await counts(empty)
    await empty.write("MATCH (n) DETACH DELETE n")
    for lines in files:
        await load(empty, write(*lines))
    found = await facts(empty)
    assert sorted(map(str, (row[1:] for row in found))) == sorted(map(str, (row[1:] for row in alone)))
    assert await counts(empty) == numbers
    for _ in range(2):
        chance.shuffle(files[-1])
        await load(empty, write(*files[-1]))
        assert await facts(empty) == found
