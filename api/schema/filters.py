"""Filters: operands for each type of value, and for each label its properties, its links, `and`, `or` and `not`.

An unknown value satisfies only `isNull: true`; the negation of an unknown answer is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from api.schema.registry import Argument, Registry, words
from api.schema.sense import Role, Sense, is_personal
from api.schema.values import graphql_type
from graph.model import Enumeration, Link, Model, Node, Point, Property

_SAME = ("eq", "ne", "in", "notIn")
_RANGE = ("lt", "lte", "gt", "gte")
_TEXT = ("contains", "startsWith")
_LISTS = frozenset({"in", "notIn"})
_OPERANDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ID": _SAME,
        "String": (*_SAME, *_RANGE, *_TEXT),
        "Int": (*_SAME, *_RANGE),
        "Float": (*_SAME, *_RANGE),
        "Date": (*_SAME, *_RANGE),
        "DateTime": (*_SAME, *_RANGE),
        "Boolean": ("eq", "ne"),
    }
)
_DOCS: Mapping[str, str] = MappingProxyType(
    {
        "eq": "Is this value.",
        "ne": "Is another value.",
        "in": "Is one of these values.",
        "notIn": "Is none of these values.",
        "lt": "Is less or earlier than this value.",
        "lte": "Is this value, or less or earlier.",
        "gt": "Is greater or later than this value.",
        "gte": "Is this value, or greater or later.",
        "contains": "Contains this text, whatever its case, accents, spaces and punctuation.",
        "startsWith": "Starts with this text, whatever its case, accents, spaces and punctuation.",
    }
)
_OPERAND, _MEMBER, _QUANTIFIER, _CONDITION = map(Sense, (Role.OPERAND, Role.MEMBER, Role.QUANTIFIER, Role.CONDITION))
_IS_NULL = Argument("isNull", "Boolean", "True: is unknown. False: is known.", sense=_OPERAND)
_CHOICE_HOPS = 2
"""How many relationships a link counts as if its single node is chosen among several."""
_CROWDED = frozenset({"Agency", "PostalArea", "Source"})
"""Labels whose nodes may have very many links."""


def filter_type(prop: Property) -> str:
    """Return the name of the input that filters by a property."""
    return "PointFilter" if prop.type is Point else f"{graphql_type(prop.type)}Filter"


def add_filters(registry: Registry, model: Model) -> None:
    """Make the filters of values, and for each label `<Label>Filter` and `<Label>LinkFilter`."""
    for kind, operands in _OPERANDS.items():
        _add_value_filter(registry, kind, f"Conditions on a value of type {kind}", operands)
    for enumeration in model.enumerations:
        _add_value_filter(registry, enumeration.name, f"Conditions on a value of {enumeration.name}", _SAME)
    registry.add_input("PointFilter", "Conditions on a position.", (_IS_NULL,))
    for node in model.nodes:
        registry.add_input(
            f"{node.label}Filter",
            f"Conditions on {words(node.fields)}; all that are given must hold. {node.doc}",
            list(_conditions(model, node)),
        )
        registry.add_input(f"{node.label}LinkFilter", f"Conditions on linked {words(node.fields)}.", _quantifiers(node))


def _add_value_filter(registry: Registry, kind: str, doc: str, operands: tuple[str, ...]) -> None:
    fields = [
        Argument(
            name,
            f"[{kind}!]" if name in _LISTS else kind,
            _DOCS[name],
            sense=Sense(Role.OPERAND, search=name in _TEXT),
        )
        for name in operands
    ]
    registry.add_input(
        f"{kind}Filter",
        f"{doc}; all that are given must hold. An unknown value satisfies only `isNull: true`.",
        [*fields, _IS_NULL],
    )


def _conditions(model: Model, node: Node) -> Iterator[Argument]:
    yield Argument("id", "IDFilter", "Condition on the global id.", sense=_CONDITION)
    for prop in node.all_properties.values():
        sense = Sense(Role.CONDITION, personal=is_personal(prop))
        yield Argument(prop.name, filter_type(prop), _condition_doc(prop), sense=sense)
    for link in model.links(node.label).values():
        yield _link_condition(link)
    doc = "Where one is linked: true, when none is; false, when one is."
    yield Argument("isNull", "Boolean", doc, sense=_OPERAND)
    yield Argument("and", f"[{node.label}Filter!]", "All of these must hold.", sense=_MEMBER)
    yield Argument("or", f"[{node.label}Filter!]", "At least one of these must hold.", sense=_MEMBER)
    doc = "This must not hold; the negation of unknown is unknown."
    yield Argument("not", f"{node.label}Filter", doc, sense=_MEMBER)


def _condition_doc(prop: Property) -> str:
    if isinstance(prop.type, Enumeration):
        return f"Condition on this value. {prop.doc} {prop.type.doc}"
    return f"Condition on this value. {prop.doc}"


def _link_condition(link: Link) -> Argument:
    sense = Sense(Role.LINK, hops=len(link.hops) or _CHOICE_HOPS, hub=link.many and link.source in _CROWDED)
    if link.many:
        return Argument(link.name, f"{link.target}LinkFilter", f"Conditions on these. {link.doc}", sense=sense)
    doc = f"Conditions on this one; unknown when none is. {link.doc}"
    return Argument(link.name, f"{link.target}Filter", doc, sense=sense)


def _quantifiers(node: Node) -> tuple[Argument, ...]:
    nested = f"{node.label}Filter"
    return (
        Argument("some", nested, "Holds for at least one of those linked.", sense=_QUANTIFIER),
        Argument("none", nested, "Holds for none of those linked.", sense=_QUANTIFIER),
        Argument("every", nested, "Holds for each one linked; not when one's answer is unknown.", sense=_QUANTIFIER),
        Argument(
            "count", "IntFilter", "Condition on how many are linked: as many as the link has edges.", sense=_CONDITION
        ),
    )
