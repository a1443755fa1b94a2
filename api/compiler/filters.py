"""Filters: from the arguments of `filter` to a condition in Cypher's three-valued logic.

Most places ask only whether a condition is true; there `sure` is given and cheaper forms serve, which may answer
false for unknown. Under `not` the difference counts: the negation of unknown is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from api.compiler.context import Context
from api.compiler.paths import chosen, path_to
from api.compiler.slots import Converted, Slot, slot_of
from api.ids import label_and_key
from graph.cypher import (
    FALSE,
    NULL,
    TRUE,
    Case,
    IsNull,
    Literal,
    Not,
    Parameter,
    Printable,
    PropertyOf,
    Variable,
    With,
    both,
    call,
    count,
    either,
    exists,
    first,
    infix,
    known,
    returning,
)
from graph.errors import BadInput
from graph.model import Link, Node, Property
from graph.schema import range_indexes
from graph.text import fold

COMPARISONS = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
PARTS = {"contains": "CONTAINS", "startsWith": "STARTS WITH"}
SOUGHT = {"eq": 3, "in": 2}
"""The operators that ask an index for values, and how well each tells few nodes from many."""


def condition(ctx: Context, node: Node, subject: Variable, given: Mapping[str, object], *, sure: bool) -> Printable:
    """Return the condition that a filter sets for a node.

    Raises `BadInput` for a null operand, `Forbidden` for a property that the actor may not see.
    """
    return both([_member(ctx, node, subject, name, operand, sure) for name, operand in given.items()])


def _member(ctx: Context, node: Node, subject: Variable, name: str, operand: object, sure: bool) -> Printable:
    if operand is None:
        raise BadInput(f"The filter's {name} is null; leave it out, or ask for unknown values with isNull: true.")
    if name in ("and", "or"):
        assert isinstance(operand, list)
        parts = [condition(ctx, node, subject, part, sure=sure) for part in operand]
        return both(parts) if name == "and" else either(parts)
    assert not isinstance(operand, list)
    if name == "not":
        return Not(condition(ctx, node, subject, _mapping(operand), sure=False))
    if name == "isNull":
        return Literal(not operand)
    if name == "id":
        return _operands(_identified(node, operand), PropertyOf(subject, "key"), None, sure)
    link = ctx.model.links(node.label).get(name)
    if link is None:
        prop = ctx.allow(node.label, node.named(name))
        return _operands(_mapping(operand), PropertyOf(subject, prop.name), prop, sure)
    return (_many if link.many else _one)(ctx, link, subject, _mapping(operand), sure)


def before_key(node: Node, given: Mapping[str, object]) -> Sequence[str]:
    """Return the properties that a filter makes equal to something and that an index has before the key: the most."""
    equal = {name for name, operand in given.items() if isinstance(operand, Mapping) and "eq" in operand}
    before = (names[:-1] for _, names in range_indexes(node) if names[-1] == "key")
    return max((names for names in before if equal.issuperset(names)), key=len, default=())


def sought(node: Node, given: Mapping[str, object]) -> bool:
    """Tell whether an index of the node can be asked for a filter's values, once the key, its last part, is named."""
    return any(
        node.has(name)
        and node.named(name).index
        and isinstance(operand, Mapping)
        and not SOUGHT.keys().isdisjoint(operand)
        for name, operand in given.items()
    )


def _mapping(operand: object) -> Mapping[str, object]:
    assert isinstance(operand, Mapping)
    return operand


# --- operands of a property ---------------------------------------------------------------------------------------


def _operands(given: Mapping[str, object], value: PropertyOf, prop: Property | None, sure: bool) -> Printable:
    return both([_operand(operator, operand, value, prop, sure) for operator, operand in given.items()])


def _operand(operator: str, operand: object, value: PropertyOf, prop: Property | None, sure: bool) -> Printable:
    if operand is None:
        raise BadInput(
            f"The filter's {value.name}.{operator} is null; leave it out, or ask for unknown values with isNull: true."
        )
    if operator == "isNull":
        return IsNull(value, negated=not operand)
    slot = slot_of(operand)
    if operator in COMPARISONS:
        return infix(COMPARISONS[operator], value, Parameter(slot))
    if operator in PARTS:
        return _by_part(operator, slot, value, prop)
    among = infix("IN", value, Parameter(slot))
    wanted: Printable = among if operator == "in" else Not(among)
    if sure:
        return wanted if operator == "in" else both([known(value), wanted])
    return Case(known(value), wanted, NULL)


def _by_part(operator: str, slot: Slot, value: PropertyOf, prop: Property | None) -> Printable:
    """Return the search by part: in the folded twin where there is one, else in the text itself."""
    pattern = infix("=~", call("normalize", value, _Word("NFD")), Parameter(Converted(slot, _PATTERNS[operator])))
    if prop is None or not prop.folded:
        return pattern
    twin = PropertyOf(value.subject, prop.twin)
    return Case(known(twin), infix(PARTS[operator], twin, Parameter(Converted(slot, _folded))), pattern)


def _folded(text: object) -> str:
    return fold(str(text))


def _pattern(before: str) -> Callable[[object], str]:
    """Return the maker of a pattern that finds a text in another, whatever the case and accents of both."""

    def make(text: object) -> str:
        letters = (re.escape(c) + r"\p{M}*" for c in unicodedata.normalize("NFD", fold(str(text))))
        return rf"(?isu){before}{''.join(letters)}.*"

    return make


_PATTERNS = {"contains": _pattern(".*"), "startsWith": _pattern("")}


class _Word:
    """A keyword where Cypher wants one."""

    def __init__(self, word: str) -> None:
        self._word = word

    def print(self, out: object) -> str:
        return self._word


def _identified(node: Node, operand: object) -> Mapping[str, object]:
    """Return the operands of an id filter as operands of the key; an id of no such node becomes a key of none."""

    def key(text: object) -> str:
        found = label_and_key(str(text))
        return found[1] if found and found[0] == node.label else ""

    def keys(texts: object) -> list[str]:
        assert isinstance(texts, list)
        return [key(text) for text in texts]

    return {
        operator: value
        if value is None or operator == "isNull"
        else Converted(slot_of(value), keys if operator in ("in", "notIn") else key)
        for operator, value in _mapping(operand).items()
    }


# --- links --------------------------------------------------------------------------------------------------------


def _many(ctx: Context, link: Link, subject: Variable, given: Mapping[str, object], _sure: bool) -> Printable:
    return both([_quantified(ctx, link, subject, name, operand) for name, operand in given.items()])


def _quantified(ctx: Context, link: Link, subject: Variable, quantifier: str, operand: object) -> Printable:
    if operand is None:
        raise BadInput(f"The filter's {link.name}.{quantifier} is null; leave it out.")
    if quantifier == "count":
        return both([_count_operand(ctx, link, subject, n, v) for n, v in _mapping(operand).items()])
    target = Variable(link.target[0].lower())
    holds = condition(ctx, ctx.model.node(link.target), target, _mapping(operand), sure=True)
    if quantifier == "every":
        return Not(exists(path_to(link, subject, target, where=Not(call("coalesce", holds, FALSE)))))
    found = exists(path_to(link, subject, target, where=holds))
    return found if quantifier == "some" else Not(found)


def _count_operand(ctx: Context, link: Link, subject: Variable, operator: str, operand: object) -> Printable:
    if operand is None:
        raise BadInput(f"The filter's {link.name}.count.{operator} is null; leave it out.")
    number = link_count(link, subject)
    if operator == "isNull":
        return Literal(not operand)
    if operator in COMPARISONS:
        return infix(COMPARISONS[operator], number, Parameter(slot_of(operand)))
    among = infix("IN", number, Parameter(slot_of(operand)))
    return among if operator == "in" else Not(among)


def link_count(link: Link, subject: Variable, target: Variable | None = None, where: Printable = TRUE) -> Printable:
    """Return how many nodes a link leads to (relationships, where those have properties)."""
    if target is None and link.one_hop and link.hops[0].direction != "-":
        return count(path_to(link, subject, None))
    target = target or Variable(link.target[0].lower())
    steps = path_to(link, subject, target, where=where)
    if link.properties or (link.one_hop and link.hops[0].direction != "-"):
        return count(steps)
    return count(steps, With((target,), distinct=True, last=True))


def _one(ctx: Context, link: Link, subject: Variable, given: Mapping[str, object], sure: bool) -> Printable:
    """Return the condition on a link's single node; where there is none, only `isNull` has an answer."""
    target = Variable(link.target[0].lower())
    holds = condition(ctx, ctx.model.node(link.target), target, given, sure=sure)
    missing = Not(exists(*chosen(link, subject, target)))
    absent = _absent(given)
    *steps, last = chosen(link, subject, target)
    if not sure:
        nested = first(*steps, last, returning(holds))
        return nested if absent is None else Case(missing, Literal(absent), nested)
    if holds == FALSE:
        return missing if absent else FALSE
    found = exists(*steps, replace(last, where=holds))
    return either([missing, found]) if absent else found


def _absent(given: Mapping[str, object]) -> bool | None:
    """Return a filter's answer for a link that leads nowhere, by Kleene's logic; `None` for unknown."""
    return _all([_absent_member(name, operand) for name, operand in given.items()])


def _absent_member(name: str, operand: object) -> bool | None:
    if name == "isNull":
        return bool(operand)
    if name == "not":
        answer = _absent(_mapping(operand))
        return None if answer is None else not answer
    if name in ("and", "or"):
        assert isinstance(operand, list)
        answers = [_absent(part) for part in operand]
        if name == "and":
            return _all(answers)
        negated = _all([None if answer is None else not answer for answer in answers])
        return None if negated is None else not negated
    return None


def _all(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers or not answers else True
