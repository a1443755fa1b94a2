"""Every way of asking every question, held against the second answers on graphs as others may leave them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from graph.store import Store
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Thresholds, indicators
from queries.library.question import AS_OF, GROWN_UP, Question
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import library
from tests.hostile import COURTS, DAY, DAYS, OFFICES, hostile, write_graph
from tests.reference import SmallGraph
from tests.seeds import run_seed
from tests.truth.answers import reference
from tests.truth.asking import PEOPLE, as_findings, asked, exported, found, key_of, left_out, rings, walked
from tests.truth.dump import Dump
from tests.truth.values import Values
from tests.truth.written import ANSWERS

LIBRARY = library()
SEEDS = (199, 259, 339, 42, run_seed())
"""Graphs that together have a row for every question, and one more; the first two have each link twice."""
HUB_LIMITS = ("maxDegree", "maxSharing")


VALUES = Values((DAY, DAY, *DAYS), (*OFFICES, *COURTS), {})


def drawn(question: Question, seed: int) -> list[dict[str, object]]:
    """Return values with which to ask a question, twice; they do not depend on what other questions there are."""
    random = Random(f"{seed}/{question.name}")
    return [values(question, random), values(question, random)]


def values(question: Question, random: Random) -> dict[str, object]:
    """Return values for a question: its defaults, others now and then."""
    given: dict[str, object] = {one.name: PEOPLE[one.name] for one in question.parameters if one.required}
    given |= {one.name: VALUES.draw(one, random) for one in question.parameters if one.name == AS_OF}
    for one in question.parameters:
        if one.required or one.name == AS_OF:
            continue
        if one.type == "Boolean" or random.random() < (0.7 if one.type == "Int" else 0.5):
            given[one.name] = VALUES.draw(one, random)
    return given


def with_grown_up(dump: Dump, question: Question, given: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return the second answer with those who have turned 18, where the question may leave them out."""
    names = {one.name for one in question.parameters}
    return reference(dump, question, {**given, GROWN_UP: True} if GROWN_UP in names else given)


def test_every_question_has_a_second_answer() -> None:
    assert set(ANSWERS) == {question.name for question in LIBRARY}


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_way_of_asking_gives_the_second_answer(empty: Store, seed: int) -> None:
    graph = hostile(seed)
    doubled = seed in SEEDS[:2]
    await write_graph(empty, graph.doubled() if doubled else graph)
    dump, ask = Dump(SmallGraph.of(graph)), Asker(empty)
    wrong: list[tuple[Any, ...]] = []
    for question in LIBRARY:
        for given in drawn(question, seed):
            if doubled:  # what makes a hub is told in links
                given = {name: value for name, value in given.items() if name not in HUB_LIMITS}
            wanted = reference(dump, question, given)
            got = await asked(empty, question, given)
            if got != wanted or len({key_of(question, row) for row in got}) != len(got):
                wrong.append((question.name, given, [row for row in wanted if row not in got], got))
            assert await walked(ask, question, given) == (got, len(got))
            assert await exported(empty, question, given) == got
            everybody = with_grown_up(dump, question, given)
            assert await left_out(ask, question, given) == len(everybody) - len(wanted), (question.name, given)
    assert wrong == []


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_rings_of_the_api_are_the_second_answer(empty: Store, seed: int) -> None:
    graph = hostile(seed)
    await write_graph(empty, graph)
    dump, ask = Dump(SmallGraph.of(graph)), Asker(empty)
    for day in sorted({DAY, *DAYS}):
        for sharing in (40, 5):
            given: dict[str, object] = {"minSponsors": 2, "asOf": day.isoformat()}
            wanted = reference(dump, LIBRARY["sponsorRings"], {**given, "maxSharing": sharing})
            assert await rings(ask, {**given, "maxDegree": sharing}) == [(row[0], *row[2:]) for row in wanted]


async def test_findings_are_the_second_answers_and_a_second_sweep_changes_none(empty: Store) -> None:
    """The run's seed chooses half of the indicators, since the database takes seconds to plan a sweep's statements."""
    graph = hostile(SEEDS[0])
    await write_graph(empty, graph.doubled())
    dump, known = Dump(SmallGraph.of(graph)), indicators(LIBRARY, Thresholds())[run_seed() % 2 :: 2]
    wanted = {one.name: reference(dump, LIBRARY[one.name], {"asOf": DAY.isoformat()}) for one in known}
    findings = {name: as_findings(LIBRARY[name], answer) for name, answer in wanted.items()}
    rows = {name: len(answer) for name, answer in findings.items()}
    sweep = Sweeper(empty, known)
    assert {one.indicator: one.opened for one in (await sweep(day=DAY, full=True)).swept} == rows
    assert {name: await found(empty, LIBRARY[name]) for name in rows} == findings
    assert {one.indicator: one.unchanged for one in (await sweep(day=DAY, full=True)).swept} == rows


def test_every_question_answers_something_on_these_graphs() -> None:
    answered = set()
    for seed in SEEDS:
        dump = Dump(SmallGraph.of(hostile(seed)))
        for question in LIBRARY:
            rows = [row for given in drawn(question, seed) for row in reference(dump, question, given)]
            answered |= {question.name} if rows else set()
    assert answered == {question.name for question in LIBRARY}
