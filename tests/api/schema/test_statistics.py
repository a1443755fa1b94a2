from __future__ import annotations

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLSchema

from api.statistics import DIMENSIONS, SUBJECTS


def test_fields_that_count(core: GraphQLSchema) -> None:
    assert core.query_type is not None
    counts, summary = core.query_type.fields["statistics"], core.query_type.fields["oversightSummary"]
    assert {name: str(argument.type) for name, argument in counts.args.items()} == {
        "of": "StatisticsOf!",
        "groupBy": "[StatisticsDimension!]!",
        "filter": "StatisticsFilter",
        "asOf": "Date",
    }
    assert {name: str(argument.type) for name, argument in summary.args.items()} == {
        "fiscalYears": "[Int!]",
        "by": "StatisticsDimension!",
        "asOf": "Date",
    }
    assert summary.args["by"].default_value == "FISCAL_YEAR"


def test_dimensions_say_what_they_go_with(core: GraphQLSchema) -> None:
    kind, filters = core.type_map["StatisticsDimension"], core.type_map["StatisticsFilter"]
    assert isinstance(kind, GraphQLEnumType)
    assert isinstance(filters, GraphQLInputObjectType)
    assert list(kind.values) == [dimension.name for dimension in DIMENSIONS]
    assert (kind.values["OUTCOME"].description or "").endswith("For: CHILDREN, HEARINGS.")
    assert {name: str(field.type) for name, field in filters.fields.items()} == {
        subject.field: f"{subject.label}Filter" for subject in SUBJECTS
    }
