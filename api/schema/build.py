"""Builds the schema from the types derived from the model and from other declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import strawberry
from graphql import GraphQLEnumType, GraphQLScalarType, GraphQLSchema, lexicographic_sort_schema, print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from api.schema.connections import add_connections, add_page_info
from api.schema.filters import add_filters
from api.schema.objects import add_objects
from api.schema.orders import add_orders
from api.schema.registry import Output, Registry
from api.schema.scalars import date_scalar, instant_scalar
from api.schema.values import add_values
from graph.model import Model


@dataclass(frozen=True)
class Declarations:
    """What is declared in addition to the model: types, root fields, and more fields of the labels' types."""

    types: Sequence[Callable[[Registry], None]]
    queries: Sequence[Output]
    mutations: Sequence[Output]
    further: Mapping[str, Sequence[Output]]


def schema_of(model: Model, declared: Declarations) -> strawberry.Schema:
    """Return the schema of the model and the declarations; its types have no resolvers."""
    registry = Registry()
    add_values(registry, model)
    add_filters(registry, model)
    add_orders(registry, model)
    add_page_info(registry)
    add_connections(registry, model)
    add_objects(registry, model, declared.further)
    for declare in declared.types:
        declare(registry)
    registry.add_object("Query", "Everything that can be asked.", declared.queries)
    registry.add_object("Mutation", "Everything that can be changed.", declared.mutations)
    config = StrawberryConfig(scalar_map={date: _definition(date_scalar()), datetime: _definition(instant_scalar())})
    schema = strawberry.Schema(query=registry.type("Query"), mutation=registry.type("Mutation"), config=config)
    _coerce_enums_to_stored_values(schema)
    return schema


def core_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema inside: what documents are validated against and compiled from.

    Coerced arguments are plain values: dicts by GraphQL names, enum values as stored (`2A`), `OrderField` for the field
    of an order, and `date` and `datetime` in UTC for the two scalars.
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
    """Give every enum graphql-core's own coercion, because Strawberry's would wrap each value in a Python enum."""
    for kind in core_schema(schema).type_map.values():
        if isinstance(kind, GraphQLEnumType):
            kind.__class__ = GraphQLEnumType
