from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from graphql import GraphQLSchema

from tests.reference.answer import reference_answer
from tests.reference.small import SmallGraph, Thing

AS_OF = date(2024, 5, 31)


def ask(graph: SmallGraph, schema: GraphQLSchema, arguments: str, columns: str) -> Any:
    name = arguments.partition("(")[0]
    text = f"{{ {arguments} {{ totalCount nodes {{ {columns} }} }} }}"
    connection = reference_answer(graph, schema, text, {})["data"][name]
    assert connection["totalCount"] == len(connection["nodes"])
    return [[v["key"] if isinstance(v, dict) else v for v in row.values()] for row in connection["nodes"]]


def release(graph: SmallGraph, child: Thing, sponsor: Thing, key: str, **values: Any) -> Thing:
    placement = graph.add("Placement", key, **values)
    graph.tie(child, "HAS_PLACEMENT", placement)
    graph.tie(placement, "WITH_SPONSOR", sponsor)
    return placement


def test_sponsors_with_multiple_children(graph: SmallGraph, schema: GraphQLSchema) -> None:
    """Rosa has Ana by a dated release and Luis by one without a date, Juan has Ana as an unrelated adult."""
    columns = "sponsor { key } childCount unrelatedCount"
    rosa, juan = graph.labelled("Sponsor")
    luis, mia = graph.labelled("Child")[1:3]

    def rows(arguments: str) -> Any:
        return ask(graph, schema, f"sponsorsWithMultipleChildren({arguments})", columns)

    assert rows("minChildren: 2") == []
    assert rows("minChildren: 1") == [["juan", 1, 1], ["rosa", 1, 0]]
    release(graph, luis, rosa, "p4", releasedOn=date(2024, 2, 1), relationship="UNRELATED")
    release(graph, luis, rosa, "p5", releasedOn=date(2024, 2, 1), relationship="SIBLING")
    release(graph, mia, rosa, "p6", releasedOn=date(2024, 2, 2), relationship="FAMILY_FRIEND")
    release(graph, mia, juan, "p7", releasedOn=date(2024, 6, 1))
    assert rows("minChildren: null") == [["rosa", 3, 2], ["juan", 2, 1]]
    assert rows('asOf: "2024-05-31"') == [["rosa", 3, 2]]
    assert rows('asOf: "2024-02-01"') == [["rosa", 2, 1]]


@pytest.fixture
def missed() -> SmallGraph:
    """One child who missed three hearings: one without a day, and two on 2024-03-01."""
    graph = SmallGraph()
    child, case = graph.add("Child", "c"), graph.add("CourtCase", "k")
    graph.tie(child, "RESPONDENT_IN", case)
    for key, day in (("h0", None), ("h2", date(2024, 3, 1)), ("h1", date(2024, 3, 1))):
        graph.tie(case, "HAS_HEARING", graph.add("Hearing", key, outcome="MISSED", scheduledOn=day))
    graph.tie(case, "HAS_HEARING", graph.add("Hearing", "h9", outcome="ATTENDED", scheduledOn=date(2024, 1, 1)))
    return graph


@pytest.mark.parametrize(
    ("outcome", "day", "wanted"),
    [
        ("REACHED", date(2024, 3, 1), [["c", "h1", 91]]),
        ("REACHED", date(2024, 3, 2), []),
        ("REACHED", None, [["c", "h1", 91]]),
        ("NO_ANSWER", date(2024, 3, 2), [["c", "h1", 91]]),
        ("REACHED", date(2024, 6, 1), [["c", "h1", 91]]),
    ],
)
def test_children_without_contact(
    missed: SmallGraph, schema: GraphQLSchema, outcome: str, day: date | None, wanted: Any
) -> None:
    contact = missed.add("ContactAttempt", "a", outcome=outcome, attemptedOn=day)
    missed.tie(missed.labelled("Child")[0], "HAS_CONTACT", contact)
    columns = "child { key } hearing { key } daysSinceHearing"
    question = "childrenWithoutContactAfterMissedHearing"
    assert ask(missed, schema, f'{question}(asOf: "2024-05-31")', columns) == wanted
    assert ask(missed, schema, f'{question}(asOf: "2024-05-31", minDays: 91)', columns) == wanted
    assert ask(missed, schema, f'{question}(asOf: "2024-05-31", minDays: 92)', columns) == []


def test_contact_between_two_hearings_leaves_the_later(missed: SmallGraph, schema: GraphQLSchema) -> None:
    child, case = missed.labelled("Child")[0], missed.labelled("CourtCase")[0]
    missed.tie(child, "HAS_CONTACT", missed.add("ContactAttempt", "a", outcome="REACHED", attemptedOn=date(2024, 3, 5)))
    missed.tie(case, "HAS_HEARING", missed.add("Hearing", "h5", outcome="MISSED", scheduledOn=date(2024, 4, 1)))
    arguments = 'childrenWithoutContactAfterMissedHearing(asOf: "2024-05-31")'
    assert ask(missed, schema, arguments, "hearing { key } daysSinceHearing") == [["h5", 60]]


def test_children_without_notice(schema: GraphQLSchema) -> None:
    graph = SmallGraph()
    sponsor = graph.add("Sponsor", "s")
    children = {key: graph.add("Child", key) for key in ("never", "old", "new", "filed", "unfiled", "future")}
    children["later"] = graph.add("Child", "later", transferredOn=date(2024, 6, 1), enteredOn=date(2024, 5, 1))
    children["entered"] = graph.add("Child", "entered", enteredOn=date(2024, 6, 1))
    release(graph, children["old"], sponsor, "p1", releasedOn=date(2024, 1, 1))
    release(graph, children["new"], sponsor, "p2", releasedOn=date(2024, 1, 2))
    release(graph, children["new"], sponsor, "p3", releasedOn=date(2024, 5, 30))
    release(graph, children["new"], sponsor, "p4", releasedOn=date(2024, 6, 30))
    release(graph, children["new"], sponsor, "p5")
    for key, day in (("filed", AS_OF), ("unfiled", None), ("future", date(2024, 6, 1))):
        graph.tie(children[key], "HAS_NOTICE", graph.add("NoticeToAppear", key, filedOn=day))
    rows = ask(graph, schema, 'childrenWithoutNoticeToAppear(asOf: "2024-05-31")', "child { key } daysSinceRelease")
    assert rows == [["old", 151], ["new", 1], ["future", None], ["never", None], ["unfiled", None]]


def test_addresses_shared_by_sponsors(schema: GraphQLSchema) -> None:
    graph = SmallGraph()
    home, child = graph.add("Address", "home"), graph.add("Child", "c")
    reports = (
        ("current", date(2024, 1, 1), None),
        ("until", date(2024, 1, 1), AS_OF),
        ("ended", date(2024, 1, 1), date(2024, 5, 30)),
        ("undated", None, None),
        ("future", date(2024, 6, 1), None),
    )
    for key, since, until in reports:
        graph.tie(graph.add("Sponsor", key), "RESIDES_AT", home, key, since=since, until=until)
    for key, sponsor, day in (("p1", "ended", date(2024, 1, 1)), ("p2", "undated", None), ("p3", "current", AS_OF)):
        found = next(thing for thing in graph.labelled("Sponsor") if thing.key == sponsor)
        graph.tie(release(graph, child, found, key, releasedOn=day), "RELEASED_TO", home)

    def rows(arguments: str) -> Any:
        columns = "address { key } sponsorCount childCount"
        return ask(graph, schema, f"addressesSharedBySponsors({arguments})", columns)

    assert rows('asOf: "2024-05-31"') == [["home", 3, 1]]
    assert rows('asOf: "2024-05-31", minSponsors: 4') == []
    assert rows('asOf: "2024-01-01", minSponsors: 1') == [["home", 3, 1]]
    assert rows('asOf: "2023-01-01", minSponsors: 1') == []


def test_too_small_a_parameter_is_refused(graph: SmallGraph, schema: GraphQLSchema) -> None:
    answer = reference_answer(graph, schema, "{ sponsorsWithMultipleChildren(minChildren: 0) { totalCount } }", {})
    assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
