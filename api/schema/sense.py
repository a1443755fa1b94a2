"""What an argument or an input field means beyond its type: what filters cost, and what is personal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from graphql import GraphQLArgument, GraphQLInputField

from graph.model import Property, Sensitivity

PERSONAL = frozenset({Sensitivity.IDENTITY, Sensitivity.LOCATION})
"""The sensitivities of values that say who or where somebody is."""
_KEY = "sense"


class Role(Enum):
    """The role of an input field in a filter or an order; `PLAIN` elsewhere.

    A `CONDITION` is about a property, a `LINK` about linked nodes, and a `QUANTIFIER` says about which of them. A
    `MEMBER` is one of `and`, `or` and `not`. An `OPERAND` compares with a value, and a `VALUE` is an item of its list.
    """

    PLAIN = "plain"
    CONDITION = "condition"
    LINK = "link"
    QUANTIFIER = "quantifier"
    MEMBER = "member"
    OPERAND = "operand"
    VALUE = "value"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a value means: its role, how many relationships a link follows and whether they lead away from a node with
    very many, whether it searches for part of a text, and whether it is personal data.
    """

    role: Role = Role.PLAIN
    hops: int = 0
    hub: bool = False
    search: bool = False
    personal: bool = False


PLAIN = Sense()


def is_personal(prop: Property) -> bool:
    """Tell whether a property's values are personal data."""
    return prop.sensitivity in PERSONAL


def metadata(sense: Sense) -> dict[str, Sense]:
    """Return the metadata that a declaration carries for `sense_of`."""
    return {_KEY: sense}


def sense_of(definition: GraphQLArgument | GraphQLInputField) -> Sense:
    """Return the sense that was declared; `PLAIN` when none was."""
    declared = definition.extensions.get("strawberry-definition")
    found = getattr(declared, "metadata", {}).get(_KEY, PLAIN)
    assert isinstance(found, Sense)
    return found
