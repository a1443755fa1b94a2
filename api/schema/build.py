"""The schema put together: the model's types, the questions' rows, and the root fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from graphql import GraphQLEnumType, GraphQLScalarType, GraphQLSchema, lexicographic_sort_schema, print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from api.schema.connections import add_connections, add_page_info
from api.schema.filters import add_filters
from api.schema.findings import add_findings, finding_outputs
from api.schema.links import add_links, link_outputs
from api.schema.objects import add_objects, root_outputs
from api.schema.orders import add_orders
from api.schema.questions import add_questions, question_outputs
from api.schema.registry import Registry
from api.schema.scalars import date_scalar, instant_scalar
from api.schema.statistics import add_statistics, statistics_outputs
from api.schema.timeline import add_timeline, timeline_output
from api.schema.values import add_values
from graph.model import Model
from queries.question import Question


def build_schema(model: Model, questions: Sequence[Question]) -> strawberry.Schema:
    """Return the schema of the model and the questions; its types carry no resolvers."""
    registry = Registry()
    add_values(registry, model)
    add_filters(registry, model)
    add_orders(registry, model)
    add_page_info(registry)
    add_connections(registry, model)
    add_objects(registry, model, {"Child": (timeline_output(),)})
    add_timeline(registry)
    add_links(registry, model)
    add_questions(registry, questions)
    add_findings(registry)
    add_statistics(registry)
    outputs = [
        *root_outputs(model),
        *link_outputs(),
        *question_outputs(questions),
        *finding_outputs(),
        *statistics_outputs(),
    ]
    registry.add_object(
        "Query",
        "Everything that can be asked.",
        outputs,
    )
    config = StrawberryConfig(scalar_map={date: _definition(date_scalar()), datetime: _definition(instant_scalar())})
    schema = strawberry.Schema(query=registry.type("Query"), mutation=registry.type("Mutation"), config=config)
    _coerce_enums_to_stored_values(schema)
    return schema


def core_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema inside: what documents are validated against and compiled from.

    Coerced arguments are plain: dicts by GraphQL names, enum values as stored (`2A`), `OrderField` for the field of
    an order, `date` and `datetime` in UTC for the two scalars.
    """
    return schema._schema


def schema_text(schema: GraphQLSchema) -> str:
    """Return the schema in GraphQL's own language, sorted."""
    return print_schema(lexicographic_sort_schema(schema)) + "\n"


def _definition(scalar: GraphQLScalarType) -> ScalarDefinition:
    return ScalarDefinition(
        name=scalar.name,
        description=scalar.description,
        specified_by_url=scalar.specified_by_url,
        serialize=scalar.coerce_output_value,
        parse_value=scalar.coerce_input_value,
        parse_literal=None,
        implementation=scalar,
    )


def _coerce_enums_to_stored_values(schema: strawberry.Schema) -> None:
    """Give every enum graphql-core's own coercion: Strawberry's would wrap each value into a Python enum."""
    for kind in core_schema(schema).type_map.values():
        if isinstance(kind, GraphQLEnumType):
            kind.__class__ = GraphQLEnumType
