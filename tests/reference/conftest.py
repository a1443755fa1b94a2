from __future__ import annotations

from datetime import date

import pytest
from graphql import GraphQLSchema

from tests.api.compiler.compiling import library
from tests.reference.answer import reference_schema
from tests.reference.small import SmallGraph


@pytest.fixture(scope="session")
def schema() -> GraphQLSchema:
    return reference_schema(list(library()))


@pytest.fixture
def graph() -> SmallGraph:
    """Return four children: Ana and Luis with placements, Núñez who is nobody's, and one of whom nothing is known."""
    graph = SmallGraph()
    ana = graph.add("Child", "ana", lastName="Núñez", dateOfBirth=date(2010, 5, 1), sex="FEMALE")
    luis = graph.add("Child", "luis", lastName="Nunez", dateOfBirth=date(2012, 5, 1), sex="MALE")
    graph.add("Child", "mia", lastName="Ortiz", dateOfBirth=date(2012, 5, 1))
    graph.add("Child", "nil")
    rosa, juan = graph.add("Sponsor", "rosa", lastName="Paz"), graph.add("Sponsor", "juan")
    first = graph.add("Placement", "p1", releasedOn=date(2024, 1, 5), relationship="AUNT_UNCLE", sponsorCategory="2A")
    ended = graph.add(
        "Placement", "p2", releasedOn=date(2023, 3, 1), endedOn=date(2023, 4, 1), relationship="UNRELATED"
    )
    undated = graph.add("Placement", "p3", relationship="FAMILY_FRIEND")
    home, flat = graph.add("Address", "home", city="El Paso"), graph.add("Address", "flat", city="Cañon City")
    for child, placement, sponsor, address in (
        (ana, first, rosa, home),
        (ana, ended, juan, flat),
        (luis, undated, rosa, None),
    ):
        graph.tie(child, "HAS_PLACEMENT", placement)
        graph.tie(placement, "WITH_SPONSOR", sponsor)
        if address:
            graph.tie(placement, "RELEASED_TO", address)
    graph.tie(ana, "RESIDES_AT", home, "r1", since=date(2024, 1, 5), reportedBy="ORR")
    graph.tie(ana, "RESIDES_AT", home, "r2", since=date(2024, 2, 1), until=date(2024, 3, 1), reportedBy="ERO")
    graph.tie(ana, "RESIDES_AT", flat, "r3", reportedBy="ERO")
    graph.tie(rosa, "RESIDES_AT", home, "r4", since=date(2024, 1, 1))
    graph.tie(ana, "SIBLING_OF", luis)
    return graph
