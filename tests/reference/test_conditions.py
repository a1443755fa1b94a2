from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from graphql import GraphQLError

from tests.reference.conditions import Answer, any_of, every, holds, negation, refuse_nulls
from tests.reference.small import SmallGraph


@pytest.mark.parametrize(
    ("answers", "all_hold", "one_holds"),
    [
        ([], True, False),
        ([True, None], None, True),
        ([False, None], False, None),
        ([True, False, None], False, True),
        ([None], None, None),
    ],
)
def test_kleene(answers: list[Answer], all_hold: Answer, one_holds: Answer) -> None:
    assert every(answers) is all_hold
    assert any_of(answers) is one_holds
    assert [negation(answer) for answer in (True, False, None)] == [False, True, None]


LAST = "lastName"
BORN = "dateOfBirth"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, "ana luis mia nil"),
        ({LAST: {}}, "ana luis mia nil"),
        ({LAST: {"eq": "Núñez"}}, "ana"),
        ({LAST: {"ne": "Núñez"}}, "luis mia"),
        ({"not": {LAST: {"eq": "Núñez"}}}, "luis mia"),
        ({LAST: {"in": []}}, ""),
        ({"not": {LAST: {"in": []}}}, "ana luis mia"),
        ({LAST: {"notIn": []}}, "ana luis mia"),
        ({LAST: {"notIn": ["Ortiz"]}}, "ana luis"),
        ({LAST: {"isNull": True}}, "nil"),
        ({LAST: {"isNull": False}}, "ana luis mia"),
        ({"not": {LAST: {"isNull": True}}}, "ana luis mia"),
        ({LAST: {"lt": "Nunez"}}, ""),
        ({LAST: {"lte": "Nunez"}}, "luis"),
        ({LAST: {"gt": "Nunez", "lt": "O"}}, "ana"),
        ({BORN: {"gte": date(2012, 5, 1)}}, "luis mia"),
        ({LAST: {"contains": "UÑ"}}, "ana luis"),
        ({LAST: {"contains": ""}}, "ana luis mia"),
        ({LAST: {"startsWith": "nun"}}, "ana luis"),
        ({LAST: {"startsWith": "une"}}, ""),
        ({"key": {"in": ["ana", "nil"]}}, "ana nil"),
        ({"and": []}, "ana luis mia nil"),
        ({"or": []}, ""),
        ({"or": [{LAST: {"eq": "Ortiz"}}, {BORN: {"isNull": True}}]}, "mia nil"),
        ({"not": {"or": [{LAST: {"eq": "Ortiz"}}, {"key": {"eq": "x"}}]}}, "ana luis"),
        ({"not": {"and": [{LAST: {"eq": "Ortiz"}}, {"key": {"eq": "ana"}}]}}, "ana luis mia nil"),
        ({"isNull": True}, ""),
        ({"isNull": False}, "ana luis mia nil"),
        ({"placements": {}}, "ana luis mia nil"),
        ({"placements": {"some": {}}}, "ana luis"),
        ({"placements": {"none": {}}}, "mia nil"),
        ({"placements": {"some": {"releasedOn": {"ne": date(2024, 1, 5)}}}}, "ana"),
        ({"placements": {"none": {"releasedOn": {"ne": date(2024, 1, 5)}}}}, "luis mia nil"),
        ({"not": {"placements": {"some": {"releasedOn": {"ne": date(2024, 1, 5)}}}}}, "luis mia nil"),
        ({"placements": {"every": {"releasedOn": {"gte": date(2023, 1, 1)}}}}, "ana mia nil"),
        ({"placements": {"every": {"not": {"releasedOn": {"lt": date(2023, 1, 1)}}}}}, "ana mia nil"),
        ({"placements": {"count": {"eq": 0}}}, "mia nil"),
        ({"placements": {"count": {"gt": 1}, "some": {"endedOn": {"isNull": False}}}}, "ana"),
        ({"placements": {"count": {"isNull": False}}}, "ana luis mia nil"),
        ({"addresses": {"count": {"eq": 3}}}, "ana"),
        ({"sponsors": {"count": {"eq": 2}}}, "ana"),
        ({"placements": {"some": {"sponsor": {LAST: {"eq": "Paz"}}}}}, "ana luis"),
        ({"currentPlacement": {"isNull": True}}, "mia nil"),
        ({"currentPlacement": {"isNull": False}}, "ana luis"),
        ({"currentPlacement": {}}, "ana luis"),
        ({"not": {"currentPlacement": {}}}, ""),
        ({"currentPlacement": {"releasedOn": {"isNull": True}}}, "luis"),
        ({"not": {"currentPlacement": {"releasedOn": {"isNull": True}}}}, "ana"),
        ({"currentPlacement": {"isNull": True, "key": {"eq": "p1"}}}, ""),
        ({"not": {"currentPlacement": {"isNull": True, "key": {"eq": "p1"}}}}, "ana luis"),
        ({"not": {"currentPlacement": {"isNull": False, "key": {"eq": "p1"}}}}, "luis mia nil"),
    ],
)
def test_kept_children(graph: SmallGraph, given: dict[str, Any], wanted: str) -> None:
    kept = [child.key for child in graph.labelled("Child") if holds(graph, child, given) is True]
    assert kept == wanted.split()


def test_a_later_release_that_ended_leaves_no_current_placement(graph: SmallGraph) -> None:
    ana = next(child for child in graph.labelled("Child") if child.key == "ana")
    later = graph.add("Placement", "p9", releasedOn=date(2024, 3, 1), endedOn=date(2024, 4, 1))
    graph.tie(ana, "HAS_PLACEMENT", later)
    assert holds(graph, ana, {"currentPlacement": {"isNull": True}})


def test_ids_are_always_known(graph: SmallGraph) -> None:
    ana, luis, *_ = graph.labelled("Child")
    assert holds(graph, ana, {"id": {"eq": ana.id}}) is True
    assert holds(graph, ana, {"id": {"eq": "nonsense"}}) is False
    assert holds(graph, ana, {"id": {"ne": "nonsense"}}) is True
    assert holds(graph, ana, {"id": {"in": [luis.id, ana.id]}}) is True
    assert holds(graph, ana, {"id": {"isNull": True}}) is False


@pytest.mark.parametrize(
    "given", [{"not": None}, {LAST: None}, {LAST: {"eq": None}}, {"or": [{"and": [{LAST: {"in": None}}]}]}]
)
def test_null_operands_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(GraphQLError) as error:
        refuse_nulls(given)
    assert error.value.extensions == {"code": "BAD_USER_INPUT"}


def test_other_filters_are_not_refused() -> None:
    refuse_nulls({LAST: {"eq": "x", "in": ["a", ""]}, "and": [], "not": {"placements": {"count": {"eq": 0}}}})
