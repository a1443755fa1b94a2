"""Cleaning: brings text in arguments and variables into one form, however it was typed or composed.

Everything that people type passes through here, in variables and in literals. Ids and keys are left as they are,
because programs made them and a graph may hold any. So are numbers to look up, because they are returned as given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
)

from graph.text import clean

AS_GIVEN = frozenset({"key", "aNumbers"})
"""Arguments and input fields whose text is left as it is."""


def cleaned(value: Any, kind: GraphQLInputType) -> Any:
    """Return a coerced value of a type with all its text cleaned; references to variables are left as they are."""
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(value, str):
        return clean(value) if kind is GraphQLString else value
    if isinstance(value, list) and isinstance(kind, GraphQLList):
        return [cleaned(item, kind.of_type) for item in value]
    if isinstance(value, dict) and isinstance(kind, GraphQLInputObjectType):
        return cleaned_members(value, kind.fields)
    return value


def cleaned_members(
    values: Mapping[str, Any], members: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]
) -> dict[str, Any]:
    """Return the coerced values of arguments, or of the fields of an input, with their text cleaned."""
    return {name: value if name in AS_GIVEN else cleaned(value, members[name].type) for name, value in values.items()}
