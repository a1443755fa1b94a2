from __future__ import annotations

from dataclasses import replace
from datetime import date

from graphql import GraphQLObjectType, GraphQLSchema, Undefined

from api.schema import build_schema, core_schema, schema_text
from graph.model import MODEL
from queries.question import Parameter, Question


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
