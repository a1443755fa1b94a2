"""An operation's arguments, filters and texts, counted and checked before anything is coerced.

Each operation's arguments are found once and cached with the document. A request's variables are then walked by their
types without recursion, in a time that the limits bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphql import (
    ArgumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableNode,
    Visitor,
    visit,
)

from api.documents.limits import Limits, compare
from api.schema.sense import Role, Sense, sense_of
from graph.errors import BadInput, CostLimitExceeded

_ABSENT = object()
_COUNTED = ("conditions", "searches", "hops", "chain", "nesting", "orders", "values")
_FILTERING = frozenset({Role.CONDITION, Role.LINK, Role.QUANTIFIER, Role.MEMBER, Role.OPERAND})
_EMPTY = {
    Role.CONDITION: "The filter's {} is an empty object; give it a condition, or leave it out.",
    Role.LINK: "The filter's {} is an empty object; give it a condition, or leave it out.",
    Role.MEMBER: "The filter's {} has an empty object in it, which everything satisfies; give it a condition.",
}


@dataclass(frozen=True, slots=True)
class Site:
    """An argument in a document: its name, its type, its value there, and what the schema says about it."""

    name: str
    type: GraphQLInputType
    value: ValueNode
    sense: Sense


@dataclass(slots=True)
class Load:
    """How much an operation's arguments ask for: the conditions of its filters, those that search for part of a text,
    the relationships that they follow in all and in a row, how deep they nest, the fields in orders, and the items of
    lists. `personal` names an argument or operand that is personal data, if there is one.
    """

    conditions: int = 0
    searches: int = 0
    hops: int = 0
    chain: int = 0
    nesting: int = 0
    orders: int = 0
    values: int = 0
    personal: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """The position of a value: its path for errors, its type and sense, and the links and objects around it."""

    path: str
    type: GraphQLInputType
    value: object
    sense: Sense
    chain: int = 0
    nesting: int = 0

    def inside(self, name: str, kind: GraphQLInputType, value: object, sense: Sense) -> _Place:
        path = f"{self.path}.{name}" if self.sense.role in _FILTERING else name
        return _Place(path, kind, value, sense, self.chain, self.nesting + 1)


@dataclass(frozen=True, slots=True)
class Uses:
    """The arguments of an operation, wherever they occur in it or in the fragments that it spreads."""

    sites: tuple[tuple[Site, int], ...]
    defaults: Mapping[str, object]
    limits: Limits

    def check(self, variables: Mapping[str, object]) -> Load:
        """Return how much a request asks for.

        Raises `CostLimitExceeded`, with the number and the limit, when that is too much, and `BadInput` for an operand
        that is empty or whose variable is not given, and for a text that is too long.
        """
        load = self.measure(variables)
        for part in _COUNTED:
            compare(part, getattr(load, part), getattr(self.limits, part))
        return load

    def measure(self, variables: Mapping[str, object]) -> Load:
        """Return how much is asked for; raises as `check` does for what cannot be counted or used."""
        load = Load()
        steps = 0
        for site, times in self.sites:
            own = Load()
            places = [_Place(site.name, site.type, site.value, site.sense)]
            while places:
                steps += 1
                if steps > self.limits.examined:
                    raise CostLimitExceeded(
                        f"The operation's arguments hold more than {self.limits.examined:,} values; send fewer at once."
                    )
                places.extend(self._inside(places.pop(), variables, own))
            _add(load, own, times)
        return load

    def _inside(self, place: _Place, variables: Mapping[str, object], load: Load) -> Iterator[_Place]:
        """Count the value at a position, and yield the positions inside it."""
        value = place.value
        if isinstance(value, VariableNode):
            given = variables.get(value.name.value, self.defaults.get(value.name.value, _ABSENT))
            if given is _ABSENT:
                if place.sense.role in _FILTERING:
                    raise BadInput(
                        f"The filter's {_shown(place.path)} takes the variable ${value.name.value}, which is not "
                        "given; give it, or leave the condition out."
                    )
                return
            value = given
        if value is None or isinstance(value, NullValueNode):
            return
        load.nesting = max(load.nesting, place.nesting)
        kind = place.type.of_type if isinstance(place.type, GraphQLNonNull) else place.type
        if place.sense.role is Role.OPERAND:
            load.conditions += 1
            load.searches += place.sense.search
        if place.sense.personal and place.sense.role is not Role.CONDITION:
            load.personal = load.personal or _shown(place.path)
        if isinstance(kind, GraphQLList):
            items = _items(value)
            for item in [value] if items is None else items:
                load.values += place.sense.role is not Role.MEMBER
                yield replace(place, type=kind.of_type, value=item, sense=_item(place.sense))
        elif isinstance(kind, GraphQLInputObjectType):
            yield from self._fields(place, kind, value, load)
        else:
            self._leaf(place, value)

    def _fields(self, place: _Place, kind: GraphQLInputObjectType, value: object, load: Load) -> Iterator[_Place]:
        given = _fields(value)
        if given is None:
            return
        sense = place.sense
        if not given and sense.role in _EMPTY:
            raise BadInput(_EMPTY[sense.role].format(_shown(place.path)))
        load.orders += sense.role is Role.ORDER
        for name, inner in given.items():
            definition = kind.fields.get(name)
            if definition is None:
                continue
            own = sense_of(definition)
            if sense.personal and own.role is Role.OPERAND and name != "isNull":
                own = Sense(own.role, search=own.search, personal=True)
            found = place.inside(name, definition.type, inner, own)
            if own.role is Role.LINK:
                hops = own.hops if place.chain == 0 or not own.hub else self.limits.chain + 1
                load.hops += own.hops
                load.chain = max(load.chain, place.chain + hops)
                found = replace(found, chain=place.chain + hops)
            yield found

    def _leaf(self, place: _Place, value: object) -> None:
        text = value.value if isinstance(value, StringValueNode) else value
        if not isinstance(text, str):
            return
        most = self.limits.operand if place.sense.role is Role.OPERAND else self.limits.argument
        if len(text) > most:
            raise BadInput(f"{_shown(place.path)} has {len(text):,} characters; give at most {most:,}.")


def _add(load: Load, own: Load, times: int) -> None:
    for part in ("conditions", "searches", "hops", "orders", "values"):
        setattr(load, part, getattr(load, part) + times * getattr(own, part))
    load.chain, load.nesting = max(load.chain, own.chain), max(load.nesting, own.nesting)
    load.personal = load.personal or own.personal


def _item(sense: Sense) -> Sense:
    """Return the sense of an item of a list: an operand that is a list counts once."""
    return Sense(Role.VALUE, personal=sense.personal) if sense.role is Role.OPERAND else sense


def _shown(path: str) -> str:
    parts = path.split(".")
    return path if len(parts) <= 6 else ".".join([*parts[:2], "…", *parts[-3:]])


def _items(value: object) -> Sequence[object] | None:
    if isinstance(value, ListValueNode):
        return value.values
    return value if isinstance(value, list) else None


def _fields(value: object) -> Mapping[str, object] | None:
    if isinstance(value, ObjectValueNode):
        return {one.name.value: one.value for one in value.fields}
    return value if isinstance(value, dict) else None


# --- where arguments occur ----------------------------------------------------------------------------------------


class _Sites(Visitor):
    """Finds the arguments of one definition, and how often it spreads which fragments."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.sites: list[Site] = []
        self.spreads: dict[str, int] = {}

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        argument = self._types.get_argument()
        if argument is not None and self._types.get_directive() is None:
            self.sites.append(Site(node.name.value, argument.type, node.value, sense_of(argument)))

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.spreads[node.name.value] = self.spreads.get(node.name.value, 0) + 1


def uses_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    limits: Limits,
) -> Uses:
    """Return the arguments of an operation of a valid document."""
    found: dict[str | None, _Sites] = {}
    left: list[str | None] = [None]
    while left:
        name = left.pop()
        types = TypeInfo(schema)
        found[name] = sites = _Sites(types)
        visit(operation if name is None else fragments[name], TypeInfoVisitor(types, sites))
        left += [spread for spread in sites.spreads if spread not in found and spread not in left]
    times = _times(found)
    placed = tuple((site, times[name]) for name, sites in found.items() for site in sites.sites)
    defaults = {
        one.variable.name.value: one.default_value for one in operation.variable_definitions or () if one.default_value
    }
    return Uses(placed, defaults, limits)


def _times(found: Mapping[str | None, _Sites]) -> dict[str | None, int]:
    """Return how often each definition occurs in the operation once fragments are spread, outer ones first."""
    outer = dict.fromkeys(found, 0)
    for sites in found.values():
        for name in sites.spreads:
            outer[name] += 1
    times = dict.fromkeys(found, 0)
    times[None] = 1
    ready: list[str | None] = [None]
    while ready:
        done = ready.pop()
        for name, number in found[done].spreads.items():
            times[name] += number * times[done]
            outer[name] -= 1
            if not outer[name]:
                ready.append(name)
    return times
