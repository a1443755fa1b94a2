"""Filters: turn the arguments of `filter` into a condition in Cypher's three-valued logic.

Most callers only ask whether a condition is true; they pass `sure`, which allows cheaper forms that may be false
instead of unknown. Under `not` the difference matters, because the negation of unknown is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from api.compiler.alike import equal_in_all, joined, value_of
from api.compiler.ids import label_and_key
from api.compiler.parameters import Converted, slot_of
from api.compiler.paths import chosen, path_to
from api.compiler.scope import Scope
from api.compiler.texts import PARTS, by_part, in_range
from graph.cypher import (
    FALSE,
    NULL,
    TRUE,
    Case,
    IsNull,
    Literal,
    Not,
    Printable,
    PropertyOf,
    Variable,
    With,
    all_of,
    any_of,
    call,
    count,
    exists,
    first_value,
    infix,
    is_not_null,
    returning,
)
from graph.errors import BadInput
from graph.maintenance.schema import range_indexes
from graph.model import Link, Node, Property

COMPARISONS = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
RANGES = frozenset({"lt", "lte", "gt", "gte"})
SOUGHT = {"eq": 3, "in": 2}
"""The operators that ask an index for values, and how selective each is."""


def condition(ctx: Scope, node: Node, subject: Variable, given: Mapping[str, object], *, sure: bool) -> Printable:
    """Return a filter's condition on a node.

    Raises `BadInput` for a null operand, `Forbidden` for a property that the actor may not see.
    """
    return all_of([_member(ctx, node, subject, name, operand, sure) for name, operand in given.items()])


def _member(ctx: Scope, node: Node, subject: Variable, name: str, operand: object, sure: bool) -> Printable:
    ctx.count_condition()
    if operand is None:
        raise BadInput(f"The filter's {name} is null; leave it out, or ask for unknown values with isNull: true.")
    if name in ("and", "or"):
        assert isinstance(operand, list)
        parts = joined(name, operand, lambda part: condition(ctx, node, subject, part, sure=sure))
        return all_of([*_among(ctx, node, subject, operand), parts]) if name == "or" else parts
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


def _among(ctx: Scope, node: Node, subject: Variable, members: Sequence[Mapping[str, object]]) -> Iterator[Printable]:
    """Yield a condition on one property that the members of an `or` have in common, so that an index can be used.

    If it is false or unknown, so is every member; if it is true, it does not change the answer.
    """
    best = max(equal_in_all(members), key=lambda found: _preference(node, found[0]), default=None)
    if best is not None:
        yield condition(ctx, node, subject, {best[0]: {"in": best[1]}}, sure=True)


def _preference(node: Node, name: str) -> tuple[bool, bool, bool]:
    """Rank a property by how few nodes an index gives for a value: a key or an id, what names somebody, any other."""
    if name in ("id", "key"):
        return True, True, True
    prop = node.named(name)
    return False, prop.index, prop.search


def before_key(node: Node, given: Mapping[str, object]) -> Sequence[str]:
    """Return the longest list of properties that a filter makes equal to something and that precede an index's key."""
    equal = {name for name, operand in given.items() if isinstance(operand, Mapping) and "eq" in operand}
    before = (names[:-1] for _, names in range_indexes(node) if names[-1] == "key")
    return max((names for names in before if equal.issuperset(names)), key=len, default=())


def sought(node: Node, given: Mapping[str, object]) -> bool:
    """Tell whether one of the node's indexes can be asked for a filter's values; the key is its last part."""
    members = given.get("or")
    return any(_indexed(node, name) for name, _ in equal_in_all(members if isinstance(members, list) else ())) or any(
        _indexed(node, name) and isinstance(operand, Mapping) and not SOUGHT.keys().isdisjoint(operand)
        for name, operand in given.items()
    )


def _indexed(node: Node, name: str) -> bool:
    return node.has(name) and node.named(name).index


def _mapping(operand: object) -> Mapping[str, object]:
    assert isinstance(operand, Mapping)
    return operand


# --- operands of a property ---------------------------------------------------------------------------------------


def _operands(given: Mapping[str, object], value: PropertyOf, prop: Property | None, sure: bool) -> Printable:
    return all_of([_operand(operator, operand, value, prop, sure) for operator, operand in given.items()])


def _operand(operator: str, operand: object, value: PropertyOf, prop: Property | None, sure: bool) -> Printable:
    if operand is None:
        raise BadInput(
            f"The filter's {value.name}.{operator} is null; leave it out, or ask for unknown values with isNull: true."
        )
    if operator == "isNull":
        return IsNull(value, negated=not operand)
    slot = slot_of(operand)
    kept = PropertyOf(value.subject, prop.twin) if prop is not None and prop.folded else None
    if operator in RANGES and kept is not None:
        return in_range(COMPARISONS[operator], slot, value, kept)
    if operator in COMPARISONS:
        return infix(COMPARISONS[operator], value, value_of(slot))
    if operator in PARTS:
        return by_part(operator, slot, value, kept)
    among = infix("IN", value, value_of(slot))
    wanted: Printable = among if operator == "in" else Not(among)
    if sure:
        return wanted if operator == "in" else all_of([is_not_null(value), wanted])
    return Case(is_not_null(value), wanted, NULL)


def _identified(node: Node, operand: object) -> Mapping[str, object]:
    """Return the operands of an id filter as operands of the key; an id of another type becomes a key of no node."""

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


def _many(ctx: Scope, link: Link, subject: Variable, given: Mapping[str, object], _sure: bool) -> Printable:
    return all_of([_quantified(ctx, link, subject, name, operand) for name, operand in given.items()])


def _quantified(ctx: Scope, link: Link, subject: Variable, quantifier: str, operand: object) -> Printable:
    if operand is None:
        raise BadInput(f"The filter's {link.name}.{quantifier} is null; leave it out.")
    if quantifier == "count":
        return all_of([_count_operand(ctx, link, subject, n, v) for n, v in _mapping(operand).items()])
    target = Variable(link.target[0].lower())
    holds = condition(ctx, ctx.model.node(link.target), target, _mapping(operand), sure=True)
    if quantifier == "every":
        return Not(exists(path_to(ctx, link, subject, target, where=Not(call("coalesce", holds, FALSE)))))
    found = exists(path_to(ctx, link, subject, target, where=holds))
    return found if quantifier == "some" else Not(found)


def _count_operand(ctx: Scope, link: Link, subject: Variable, operator: str, operand: object) -> Printable:
    if operand is None:
        raise BadInput(f"The filter's {link.name}.count.{operator} is null; leave it out.")
    number = link_count(ctx, link, subject)
    if operator == "isNull":
        return Literal(not operand)
    if operator in COMPARISONS:
        return infix(COMPARISONS[operator], number, value_of(slot_of(operand)))
    among = infix("IN", number, value_of(slot_of(operand)))
    return among if operator == "in" else Not(among)


def link_count(
    ctx: Scope, link: Link, subject: Variable, target: Variable | None = None, where: Printable = TRUE
) -> Printable:
    """Return how many nodes a link leads to (or how many relationships, if those have properties).

    Nodes are looked at only if there is more than one relationship, because a degree costs nothing.
    """
    if link.properties:
        return count(path_to(ctx, link, subject, target, where=where))
    degree = count(path_to(ctx, link, subject, None)) if target is None and _has_degree(link) else None
    target = target or Variable(link.target[0].lower())
    nodes = count(path_to(ctx, link, subject, target, where=where), With((target,), distinct=True, last=True))
    return nodes if degree is None else Case(infix("<", degree, Literal(2)), degree, nodes)


def _has_degree(link: Link) -> bool:
    return link.one_hop and link.hops[0].direction != "-"


def _one(ctx: Scope, link: Link, subject: Variable, given: Mapping[str, object], sure: bool) -> Printable:
    """Return the condition on a link's single node; if there is no node, only `isNull` has an answer."""
    target = Variable(link.target[0].lower())
    holds = condition(ctx, ctx.model.node(link.target), target, given, sure=sure)
    missing = Not(exists(*chosen(ctx, link, subject, target)))
    absent = _absent(given)
    *steps, last = chosen(ctx, link, subject, target)
    if not sure:
        nested = first_value(*steps, last, returning(holds))
        return nested if absent is None else Case(missing, Literal(absent), nested)
    if holds == FALSE:
        return missing if absent else FALSE
    found = exists(*steps, replace(last, where=holds))
    return any_of([missing, found]) if absent else found


def _absent(given: Mapping[str, object]) -> bool | None:
    """Return a filter's answer for a link that leads nowhere, in Kleene's logic; `None` means unknown."""
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
