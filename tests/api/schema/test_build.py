from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
    validate,
    validate_schema,
)
from graphql import (
    build_schema as build_from_text,
)
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from graphql.language import FieldNode

from api.fields import build_schema
from api.schema import OrderField, core_schema, schema_text
from graph.model import MODEL
from tests.api.compiler.compiling import schema


@pytest.fixture(scope="module")
def bare() -> strawberry.Schema:
    """The schema without any question."""
    return build_schema(MODEL, [])


def arguments(core: GraphQLSchema, document: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    parsed = parse(document)
    assert validate(core, parsed) == []
    operation = parsed.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    values = get_variable_values(core, operation.variable_definitions or (), variables or {})
    assert isinstance(values, VariableValues)
    field = operation.selection_set.selections[0]
    assert isinstance(field, FieldNode)
    assert core.query_type is not None
    return get_argument_values(core.query_type.fields[field.name.value], field, values)


def test_schema_is_valid_and_changes_findings_alone(core: GraphQLSchema) -> None:
    assert validate_schema(core) == []
    assert core.mutation_type is not None
    assert set(core.mutation_type.fields) == {"reviewFinding", "assignFinding"}
    assert core.subscription_type is None


def test_everything_is_described(core: GraphQLSchema) -> None:
    bare = []
    for name, kind in core.type_map.items():
        if name.startswith("__"):
            continue
        parts = {name: kind.description}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in kind.fields.items():
                parts[f"{name}.{field_name}"] = field.description
                parts |= {f"{name}.{field_name}({arg})": value.description for arg, value in field.args.items()}
        elif isinstance(kind, GraphQLInputObjectType):
            parts |= {f"{name}.{key}": value.description for key, value in kind.fields.items()}
        elif isinstance(kind, GraphQLEnumType):
            parts |= {f"{name}.{key}": value.description for key, value in kind.values.items()}
        bare += [part for part, text in parts.items() if not (text and text.strip() and text[0].isupper())]
    assert bare == []


def test_text_is_sorted_and_says_the_same(bare: strawberry.Schema) -> None:
    core = core_schema(bare)
    text = schema_text(core)
    again = build_from_text(text)
    assert set(again.type_map) == set(core.type_map)
    names = [
        line.split()[1] for line in text.splitlines() if line.startswith(("type ", "input ", "enum ", "interface "))
    ]
    assert names == sorted(names)
    assert text.endswith("}\n")


def test_committed_text_is_up_to_date() -> None:
    committed = Path(__file__).parents[3] / "schema.graphql"
    assert committed.read_text(encoding="utf-8") == schema_text(schema())


def test_text_is_the_same_each_time(bare: strawberry.Schema) -> None:
    assert schema_text(core_schema(build_schema(MODEL, []))) == schema_text(core_schema(bare))


def test_strawberry_answers_introspection(bare: strawberry.Schema) -> None:
    result = bare.execute_sync(get_introspection_query(input_value_deprecation=True))
    assert result.errors is None


def test_coerced_arguments_are_plain(core: GraphQLSchema) -> None:
    document = """query ($f: PlacementFilter!, $d: OrderDirection!) {
      placements(
        filter: {and: [{sponsorCategory: {in: [CATEGORY_2A, CATEGORY_1]}}, $f], not: {releasedOn: {lt: "2024-01-31"}}}
        orderBy: [{field: RELEASED_ON}, {field: HOME_STUDIES_COUNT, direction: $d}]
      ) { totalCount } }"""
    variables = {"f": {"sponsorCategory": {"eq": "CATEGORY_2B"}, "or": []}, "d": "DESC"}
    assert arguments(core, document, variables) == {
        "filter": {
            "and": [
                {"sponsorCategory": {"in": ["2A", "1"]}},
                {"sponsorCategory": {"eq": "2B"}, "or": []},
            ],
            "not": {"releasedOn": {"lt": date(2024, 1, 31)}},
        },
        "orderBy": [
            {"field": OrderField(property="releasedOn"), "direction": "ASC"},
            {"field": OrderField(link="homeStudies"), "direction": "DESC"},
        ],
    }
    for value in ("2A", "1"):
        assert type(value) is str


def test_coerced_enum_values_are_strings_and_instants_utc(core: GraphQLSchema) -> None:
    document = (
        '{ notifications(filter: {status: {eq: SENT}, sentAt: {lt: "2024-01-01T01:00:00+02:00"}}) { totalCount } }'
    )
    given = arguments(core, document)["filter"]
    assert type(given["status"]["eq"]) is str
    assert given["sentAt"]["lt"] == datetime(2023, 12, 31, 23, tzinfo=UTC)
    assert given["sentAt"]["lt"].tzinfo is UTC


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"d": "SIDEWAYS"}, "does not exist in 'OrderDirection' enum"),
        ({"d": "ASC", "f": {"dateOfBirth": {"eq": "1 May"}}}, "Date must be a day of the calendar"),
        ({"d": "ASC", "f": {"name": {"eq": "x"}}}, "not to include unknown field 'name'"),
    ],
)
def test_bad_variables_are_refused(core: GraphQLSchema, variables: dict[str, Any], message: str) -> None:
    operation = parse("query ($f: ChildFilter, $d: OrderDirection!) { __typename }").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    errors = get_variable_values(core, operation.variable_definitions or (), variables)
    assert isinstance(errors, list)
    assert message in errors[0].message
