from __future__ import annotations

from dataclasses import replace

import pytest
from graphql import GraphQLObjectType, GraphQLSchema, Undefined

from api.schema import build_schema
from graph.errors import QueryFileError
from graph.model import MODEL
from queries.question import Column, Parameter, Question


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


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "children"}, "the API has a field children already"),
        ({"name": "search"}, "the API has a type SearchRow already"),
        ({"name": "hearing"}, "the API has a type HearingEdge already"),
        ({"columns": (Column("sponsor", "Sponser", "Who."),)}, "sponsor has the type Sponser; use one of"),
        ({"parameters": (Parameter("of", "Child", None, "Who."),)}, "of has the type Child; use one of"),
        ({"parameters": (Parameter("first", "Int", 1, "Who."),)}, "parameter first belongs to paging"),
    ],
)
def test_question_that_does_not_fit(question: Question, changes: dict[str, object], message: str) -> None:
    with pytest.raises(QueryFileError, match=message) as error:
        build_schema(MODEL, [replace(question, **changes)])  # type: ignore[arg-type]
    assert str(error.value).startswith("busy.cypher: ")


def test_two_questions_of_one_name(question: Question) -> None:
    with pytest.raises(QueryFileError, match="already"):
        build_schema(MODEL, [question, question])
