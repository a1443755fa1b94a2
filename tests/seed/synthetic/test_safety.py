"""Custody, home studies, services and contact agree with each other and with the child's placements."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from seed.synthetic.records import Attempt
from tests.seed.synthetic.graphs import NATIONAL, Graph, graph_of

GRAPHS = [("demo", 0.02, 4), ("demo", 1.0, 1), NATIONAL]


@pytest.fixture(params=GRAPHS, ids=lambda given: f"{given[0]}-{given[1]}-{given[2]}")
def graph(request: pytest.FixtureRequest) -> Graph:
    return graph_of(*request.param)


def linked(graph: Graph, kind: str, start: str, label: str, key: str) -> list[dict[str, Any]]:
    return [graph.nodes[label][end] for end in graph.ends(kind, start).get(key, [])]


def test_custody_agrees_with_the_child_and_its_placements(graph: Graph) -> None:
    for key, child in graph.nodes["Child"].items():
        first, *later = linked(graph, "HAS_EPISODE", "Child", "CustodyEpisode", key)
        placed = sorted(linked(graph, "HAS_PLACEMENT", "Child", "Placement", key), key=lambda p: p["releasedOn"])
        assert child["enteredOn"] <= first["apprehendedOn"] <= first["transferredOn"] == child["transferredOn"]
        assert first["transferredOn"] <= first["admittedOn"]
        assert placed == [] or (first["dischargedOn"], first["dischargeKind"]) == (placed[0]["releasedOn"], "REUNIFIED")
        reunified = {stay["dischargedOn"] for stay in (first, *later) if stay["dischargeKind"] == "REUNIFIED"}
        assert reunified == {placement["releasedOn"] for placement in placed}
        for before, stay in pairwise((first, *later)):
            assert before["dischargedOn"] <= (stay["apprehendedOn"] or stay["admittedOn"])
            assert stay["dischargedOn"] is None or stay["admittedOn"] <= stay["dischargedOn"]
        for stay in (first, *later):
            assert (stay["dischargedOn"] is None) == (stay["dischargeKind"] is None)
            if stay["dischargeKind"] == "AGED_OUT":
                assert age(child["dateOfBirth"], stay["dischargedOn"]) == 18
            elif stay["dischargeKind"] is None:
                assert age(child["dateOfBirth"], date(2024, 5, 31)) < 18


def test_nobody_was_reached_in_either_sense(graph: Graph) -> None:
    """The children of whom no attempt is REACHED are those of whom none is contact with the child."""
    for attempts in graph.ends("HAS_CONTACT", "Child").values():
        made = [graph.nodes["ContactAttempt"][key] for key in attempts]
        met = [Attempt("", a["kind"], 0, a["outcome"], a["reached"], a["childWithSponsor"]).met for a in made]
        assert any(met) == any(attempt["outcome"] == "REACHED" for attempt in made)


def test_who_was_reached_is_said_of_those_who_were(graph: Graph) -> None:
    for attempt in graph.nodes["ContactAttempt"].values():
        assert attempt["outcome"] == "REACHED" or (attempt["reached"], attempt["childWithSponsor"]) == (None, None)


def test_sponsors_reached_alone_after_a_missed_hearing_do_not_clear_it() -> None:
    graph = graph_of("demo", 1.0, 1)
    silent = {tuple(row[:2]) for row in graph.truth.answers["childrenWithoutContactAfterMissedHearing"]}
    for child, hearing in graph.truth.planted["sponsorAlone"]:
        day = graph.nodes["Hearing"][hearing]["scheduledOn"]
        since = [a for a in linked(graph, "HAS_CONTACT", "Child", "ContactAttempt", child) if a["attemptedOn"] > day]
        assert any(a["outcome"] == "REACHED" and a["reached"] in ("SPONSOR", "OTHER_ADULT") for a in since)
    assert silent & {tuple(row) for row in graph.truth.planted["sponsorAlone"]}


def test_studies_and_services_are_in_order(graph: Graph) -> None:
    for study in graph.nodes["HomeStudy"].values():
        assert study["completedOn"] is None or study["orderedOn"] <= study["completedOn"]
        assert (study["completedOn"] is None) == (study["recommendation"] is None)
    for service in graph.nodes["PostReleaseService"].values():
        days = [service[name] for name in ("orderedOn", "startedOn", "endedOn")]
        assert days == [*sorted(day for day in days if day), *[None] * days.count(None)]


def test_near_misses_are_in_no_answer() -> None:
    truth = graph_of("demo", 1.0, 1).truth
    negative = {row[1] for row in truth.answers["releasesDespiteNegativeHomeStudy"]}
    assert negative.isdisjoint(row[1] for row in truth.planted["secondOpinions"])
    assert {row[0] for row in truth.answers["childrenWhoRanAway"]}.isdisjoint(
        row[0] for row in truth.planted["cameBack"]
    )
    given = {row[1] for row in truth.answers["postReleaseServicesNotGiven"]}
    assert given.isdisjoint(row[1] for row in truth.planted["recentServices"])
    returned = {tuple(row[:2]) for row in truth.answers["childrenReturnedToCustody"]}
    assert returned >= {tuple(row) for row in truth.planted["returnedUnrecorded"]}


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
