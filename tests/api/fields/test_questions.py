"""Questions as fields: what the schema says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from graphql import GraphQLObjectType, GraphQLSchema, Undefined

from api.access.policy import INVESTIGATOR, Access, Actor
from api.fields import build_schema
from api.schema import core_schema, schema_text
from graph.errors import Forbidden
from graph.model import MODEL, Sensitivity
from graph.store import Store
from queries.library.question import Parameter, Question
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text
from tests.queries.files import BODY, HEADER, declared


def test_field_of_a_question(core: GraphQLSchema) -> None:
    assert core.query_type is not None
    field = core.query_type.fields["busySponsors"]
    assert str(field.type) == "BusySponsorsConnection!"
    assert field.description == "Busy sponsors. Which sponsors took in many children? Source: default."
    assert {name: str(argument.type) for name, argument in field.args.items()} == {
        "minChildren": "Int",
        "asOf": "Date",
        "category": "SponsorCategory!",
        "first": "Int",
        "after": "String",
        "last": "Int",
        "before": "String",
    }
    assert field.args["minChildren"].default_value == 2
    assert field.args["asOf"].default_value is Undefined
    assert field.args["asOf"].description == "Only facts up to this day. Today in UTC unless given."


NOWHERE = Access(frozenset(Sensitivity) - {Sensitivity.LOCATION})


def test_a_question_that_reads_what_a_role_may_not_is_refused() -> None:
    with pytest.raises(Forbidden, match="releaseAddressesUnusable depends on it; ask another question"):
        compile_text("{ releaseAddressesUnusable { totalCount } }", access=NOWHERE)
    program, _ = compile_text("{ missedHearingsNotTold { totalCount } }", access=NOWHERE)
    assert "MATCH (hearing:Hearing)" in program.statement


async def test_a_column_that_shows_what_a_role_may_not_read_is_refused_alone(store: Store) -> None:
    shown = "//   city: String of Address.city -- Where.\n// key"
    body = BODY.replace("RETURN", "MATCH (sponsor)-[:RESIDES_AT]->(home)\nRETURN").rstrip() + ", home.city AS city\n"
    question = declared(HEADER.replace("// key", shown), body)
    clerk = Asker(store, [question], Actor("a test", replace(INVESTIGATOR, access=NOWHERE)))
    assert await clerk.ask("{ busySponsors { totalCount nodes { childCount } } }", {}) is not None
    with pytest.raises(Forbidden, match=r"may not read Address\.city, which busySponsors\.city shows; leave it out"):
        await clerk.ask("{ busySponsors { nodes { childCount city } } }", {})


def test_row_of_a_question(core: GraphQLSchema) -> None:
    row, edge = core.type_map["BusySponsorsRow"], core.type_map["BusySponsorsEdge"]
    assert isinstance(row, GraphQLObjectType)
    assert isinstance(edge, GraphQLObjectType)
    assert {name: str(field.type) for name, field in row.fields.items()} == {
        "sponsor": "Sponsor!",
        "childCount": "Int",
        "child": "Child",
    }
    assert str(edge.fields["node"].type) == "BusySponsorsRow!"


def test_defaults_are_printed_as_graphql_writes_them(question: Question) -> None:
    parameters = (
        Parameter("category", "SponsorCategory", "2A", "Which."),
        Parameter("day", "Date", date(2024, 5, 31), "Which day"),
        Parameter("names", "[String!]", ["a", "b"], "Which names."),
        Parameter("least", "Int", 2, "How many.", minimum=1),
    )
    text = schema_text(core_schema(build_schema(MODEL, [replace(question, parameters=parameters)])))
    for line in (
        "category: SponsorCategory = CATEGORY_2A",
        'day: Date = "2024-05-31"',
        'names: [String!] = ["a", "b"]',
        "least: Int = 2",
        '"""How many. At least 1."""',
        '"""Which day."""',
    ):
        assert f"    {line}\n" in text
