"""Orders and keysets: the beginning and end of a page are conditions on the values that the rows are ordered by.

Unknown values come last in both directions, and the last part of an order is always a key, so that no rows are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.compiler.context import Context
from api.compiler.filters import link_count
from api.compiler.values import recalled, remembered
from api.schema import OrderField
from graph.cypher import (
    FALSE,
    IsNull,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Variable,
    all_of,
    any_of,
    infix,
    is_not_null,
)
from graph.errors import BadInput
from graph.model import Node

DESCENDING = "DESC"


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One part of an order; `kind` is the type of its values, and `stored` says that an index may have them.

    A `spare` part decides only among rows in which the part before it is unknown.
    """

    expression: Printable
    kind: object = str
    descending: bool = False
    nullable: bool = True
    stored: bool = False
    spare: bool = False

    @property
    def remembered(self) -> Printable:
        """The value in the form that cursors hold."""
        return remembered(self.kind, self.expression)


@dataclass(frozen=True, slots=True)
class Start:
    """The values of a cursor as the statement reads them, and which of them are unknown."""

    values: tuple[Parameter, ...]
    pattern: tuple[bool, ...]


def node_order(ctx: Context, node: Node, subject: Variable, given: object) -> list[OrderKey]:
    """Return the parts of `orderBy`; the caller adds the key that breaks ties.

    A folded property is ordered by its twin, as people expect; if another program wrote no twin, by its text.

    Raises `Forbidden` for a property that the actor may not see, `BadInput` for one that is named twice.
    """
    parts = given if isinstance(given, list) else []
    fields = [part["field"] for part in parts]
    if len(set(fields)) < len(fields):
        raise BadInput("orderBy names a field twice; name each once.")
    return [
        key for part in parts for key in _order_keys(ctx, node, subject, part["field"], part["direction"] == DESCENDING)
    ]


def _order_keys(ctx: Context, node: Node, subject: Variable, field: OrderField, descending: bool) -> list[OrderKey]:
    if field.link is not None:
        number = link_count(ctx, ctx.model.links(node.label)[field.link], subject)
        return [OrderKey(number, int, descending, nullable=False)]
    assert field.property is not None
    prop = ctx.allow(node.label, node.named(field.property))
    text = OrderKey(PropertyOf(subject, prop.name), prop.type, descending, prop.name != "key", stored=True)
    return (
        [replace(text, expression=PropertyOf(subject, prop.twin)), replace(text, spare=True)] if prop.folded else [text]
    )


def identifying(expression: Printable) -> OrderKey:
    """Return the part that breaks ties by a node's key."""
    return OrderKey(expression, nullable=False, stored=True)


def with_tie(keys: Sequence[OrderKey], tie: Sequence[OrderKey]) -> list[OrderKey]:
    """Return the order with ties broken by what identifies a row; anything after that could not matter."""
    kept: list[OrderKey] = []
    for key in keys:
        kept.append(key)
        if [key.expression] == [one.expression for one in tie]:
            return kept
    ordered = [key.expression for key in kept]
    return [*kept, *(one for one in tie if one.expression not in ordered)]


def ordering(keys: Sequence[OrderKey], *, backward: bool) -> tuple[Order, ...]:
    """Return the parts of `ORDER BY`; `backward` reverses everything, so that unknown values come first."""
    parts: list[Order] = []
    for key in keys:
        if key.nullable:
            parts.append(Order(IsNull(key.expression), descending=backward))
        parts.append(Order(key.expression, descending=key.descending != backward))
    return tuple(parts)


def beyond(keys: Sequence[OrderKey], start: Start, *, backward: bool) -> Printable:
    """Return the condition that a row comes after the cursor's (before it, when `backward`) in the order."""
    if not keys:
        return FALSE
    key, value, unknown = keys[0], start.values[0], start.pattern[0]
    tail = beyond(keys[1:], Start(start.values[1:], start.pattern[1:]), backward=backward)
    x, v = key.expression, recalled(key.kind, value)
    if unknown:
        same = all_of([IsNull(x), tail])
        return any_of([is_not_null(x), same]) if backward else same
    operator = "<" if key.descending != backward else ">"
    further: list[Printable] = [infix(operator, x, v)]
    if key.nullable and not backward:
        further.append(IsNull(x))
    if tail != FALSE:
        further.append(all_of([infix("=", x, v), tail]))
    return any_of(further)


@dataclass(frozen=True, slots=True)
class Branch:
    """The rows whose leading value is known, or those where it is unknown; each is read in the order of an index."""

    keys: tuple[OrderKey, ...]
    where: tuple[Printable, ...]


def branches(keys: Sequence[OrderKey], starts: Sequence[tuple[Start, bool]], *, backward: bool) -> list[Branch]:
    """Split an order by whether its leading property is known, in the order of reading.

    `starts` are cursors, each with whether rows before it are wanted. A branch that a cursor rules out is left out.
    """
    lead, rest = keys[0], tuple(keys[1:])
    if not lead.stored:
        return [Branch(tuple(keys), tuple(beyond(keys, start, backward=before) for start, before in starts))]
    found = [_known_branch(lead, rest, starts)]
    if lead.nullable:
        found.append(_unknown_branch(lead, rest, starts))
    present = [branch for branch in found if branch is not None]
    return present[::-1] if backward else present


def _known_branch(lead: OrderKey, rest: tuple[OrderKey, ...], starts: Sequence[tuple[Start, bool]]) -> Branch | None:
    if rest and rest[0].spare:
        rest, starts = rest[1:], [(_without(start, 1), before) for start, before in starts]
    keys = (replace(lead, nullable=False), *rest)
    where: list[Printable] = (
        [is_not_null(key.expression) for key in (lead, keys[-1])] if rest else [is_not_null(lead.expression)]
    )
    for start, before in starts:
        if start.pattern[0]:
            if not before:
                return None
            continue
        bound = infix(
            "<=" if lead.descending != before else ">=", lead.expression, recalled(lead.kind, start.values[0])
        )
        where += [bound, beyond(keys, start, backward=before)] if rest else [beyond(keys, start, backward=before)]
    return Branch(keys, tuple(where))


def _without(start: Start, place: int) -> Start:
    values, pattern = start.values, start.pattern
    return Start(values[:place] + values[place + 1 :], pattern[:place] + pattern[place + 1 :])


def _unknown_branch(lead: OrderKey, rest: tuple[OrderKey, ...], starts: Sequence[tuple[Start, bool]]) -> Branch | None:
    where: list[Printable] = [IsNull(lead.expression), is_not_null(rest[-1].expression)]
    for start, before in starts:
        if not start.pattern[0]:
            if before:
                return None
            continue
        where.append(beyond(rest, Start(start.values[1:], start.pattern[1:]), backward=before))
    return Branch(rest, tuple(where))
