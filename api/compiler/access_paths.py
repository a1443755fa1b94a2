"""Pivots: find all nodes that pass a filter on their linked nodes, starting from the far end, in one pass.

To count the nodes that pass, all of them must be found. Asking each node of a label whether a linked node exists takes
much longer than matching the link and keeping each node once (measured on 300,000 children: 420 ms instead of 70 ms),
because for the latter the planner can begin at the linked nodes' index. If only a page is needed, it is faster to read
nodes in order, unless few pass, for example those linked to a rare name (children of sponsors with a rare name: 1,150
ms in order, 10 ms from the name).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from api.compiler.context import Context
from api.compiler.filters import RANGES, SOUGHT, condition, sought
from api.compiler.paths import path_to
from graph.cypher import TRUE, Clause, Match, Printable, PropertyOf, Variable, With, all_of, is_not_null
from graph.model import Enumeration, Link, Node, Property, Sensitivity

Filter = Mapping[str, object]
_OPEN, _NAMING = 2, 6
"""How much more selective an operator is if there are many values (unlike in an enumeration), and if each value has few
nodes (like the names of people and places)."""


def pivoted(ctx: Context, node: Node, subject: Variable, given: Filter, *, every: bool) -> tuple[Clause, ...] | None:
    """Return the clauses that bind each node of a label that passes a filter, once.

    They begin with the `some` at the filter's top level that looks most selective, and with any `some` inside it. Each
    hop is a separate clause, because within one clause a relationship is not followed twice. Returns `None` if no
    `some` looks selective, or if the filter's conditions on the nodes themselves are more selective. Unless `every`
    node must be found, the `some` has to name the linked nodes: any other may find many, of which a page is only a
    small part. Raises as `condition` does.
    """
    link, own = _pivot(ctx, node, given), _own_score(node, given)
    least = max(own if own > _NAMING else 0, 1 if every else _NAMING)
    if link is None or _link_score(ctx, link, given) < least:
        return None
    inner, rest = _split(given, link)
    plain = {name: operand for name, operand in rest.items() if node.has(name)}
    linked = {name: operand for name, operand in rest.items() if not node.has(name)}
    before = condition(ctx, node, subject, plain, sure=True)
    after = condition(ctx, node, subject, linked, sure=True)
    chain = _chain(ctx, link, subject, inner, label=node.label, where=before)
    return (*chain, With((subject,), distinct=True, where=after))


def _chain(
    ctx: Context, link: Link, subject: Variable, given: Filter, *, label: str | None = None, where: Printable = TRUE
) -> list[Match]:
    node, target = ctx.model.node(link.target), Variable(link.target[0].lower())
    onward = _pivot(ctx, node, given)
    inner, rest = _split(given, onward) if onward else ({}, given)
    path = path_to(ctx, link, subject, target, label=label)
    keyed = [is_not_null(PropertyOf(target, "key"))] if sought(node, rest) else []
    match = replace(
        path,
        steps=(*path.steps[:-1], replace(path.steps[-1], label=link.target)),
        where=all_of([where, condition(ctx, node, target, rest, sure=True), *keyed, path.where]),
    )
    return [match, *(_chain(ctx, onward, target, inner) if onward else ())]


def _split(given: Filter, link: Link) -> tuple[Filter, Filter]:
    """Return the filter in a link's `some`, and the filter without it."""
    operand = given[link.name]
    assert isinstance(operand, Mapping)
    others = {name: value for name, value in operand.items() if name != "some"}
    rest = {name: others if name == link.name else value for name, value in given.items()}
    return operand["some"], {name: value for name, value in rest.items() if name != link.name or others}


def _pivot(ctx: Context, node: Node, given: Filter) -> Link | None:
    """Return the link whose `some` looks most selective, the first of several; `None` if none looks selective."""
    links = [link for link in ctx.model.links(node.label).values() if _some(link, given) is not None]
    best = max(links, key=lambda link: _link_score(ctx, link, given), default=None)
    return best if best is not None and _link_score(ctx, best, given) else None


def _some(link: Link, given: Filter) -> Filter | None:
    operand = given.get(link.name)
    some = operand.get("some") if link.many and isinstance(operand, Mapping) else None
    return some if isinstance(some, Mapping) else None


def _link_score(ctx: Context, link: Link, given: Filter) -> int:
    some = _some(link, given)
    return 0 if some is None else _score(ctx, ctx.model.node(link.target), some)


def _score(ctx: Context, node: Node, given: Filter) -> int:
    links = ctx.model.links(node.label).values()
    return max([_own_score(node, given), *(_link_score(ctx, link, given) for link in links)])


def _own_score(node: Node, given: Filter) -> int:
    named = {("key" if name == "id" else name): operand for name, operand in given.items()}
    return max((_property_score(node.named(n), operand) for n, operand in named.items() if node.has(n)), default=0)


def _property_score(prop: Property, operand: object) -> int:
    if not (prop.index or prop.name == "key") or not isinstance(operand, Mapping):
        return 0
    best = max((SOUGHT.get(operator, 0) for operator in operand), default=0)
    return best + _values(prop) if best else int(not RANGES.isdisjoint(operand))


def _values(prop: Property) -> int:
    if prop.type is bool or isinstance(prop.type, Enumeration):
        return 0
    naming = prop.name == "key" or (prop.search and prop.sensitivity is not Sensitivity.PUBLIC)
    return _NAMING if naming else _OPEN
