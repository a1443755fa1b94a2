"""The GraphQL types of values: scalars, enumerations and positions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from api.schema.registry import Output, Registry
from graph.model import Enumeration, Model, Point, Property
from graph.model.kinds import PropertyType

POINT = "GeoPoint"
_NAMES: Mapping[object, str] = MappingProxyType(
    {
        str: "String",
        int: "Int",
        float: "Float",
        bool: "Boolean",
        date: "Date",
        datetime: "DateTime",
        Point: POINT,
    }
)


def graphql_type(kind: PropertyType) -> str:
    """Return the name of the GraphQL type that shows a property's value."""
    return kind.name if isinstance(kind, Enumeration) else _NAMES[kind]


def property_output(prop: Property) -> Output:
    """Return the field that shows a property; every property but the key may be unknown."""
    return Output(prop.name, graphql_type(prop.type), f"{prop.doc} Null when unknown.")


def add_values(registry: Registry, model: Model) -> None:
    """Make an enum for each enumeration, with the stored text as internal value, and the type of positions."""
    for enumeration in model.enumerations:
        values: dict[str, tuple[object, str]] = {
            enumeration.graphql_name(stored): (stored, doc) for stored, doc in enumeration.values.items()
        }
        registry.add_enum(enumeration.name, enumeration.doc, values)
    registry.add_object(
        POINT,
        "A position on the earth, WGS 84.",
        (
            Output("latitude", "Float!", "Degrees north of the equator."),
            Output("longitude", "Float!", "Degrees east of Greenwich."),
        ),
    )
