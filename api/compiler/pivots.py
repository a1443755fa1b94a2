"""Pivots: all nodes that pass a filter on what they are linked to, found from the far end in one pass.

Counting every node that passes must find every one. Asking each node of a label whether a linked one exists takes far
longer than matching the link and keeping each node once (measured on 300,000 children: 420 against 70 ms), because then
the planner may begin at the linked nodes' index. A page alone is found sooner in order, unless few pass: no more than
have a certain name, say (children of sponsors of a rare name: 1,150 against 10 ms).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from api.compiler.context import Context
from api.compiler.filters import SOUGHT, condition, sought
from api.compiler.paths import path_to
from graph.cypher import TRUE, Clause, Match, Printable, PropertyOf, Variable, With, both, known
from graph.model import Enumeration, Link, Node, Property, Sensitivity

Filter = Mapping[str, object]
_OPEN, _NAMING = 2, 6
"""How much better such an operator does where values are many, as an enumeration's are not, and where each has few
nodes, as what people and places are called by."""
_RANGES = frozenset({"lt", "lte", "gt", "gte"})


def pivoted(ctx: Context, node: Node, subject: Variable, given: Filter, *, every: bool) -> tuple[Clause, ...] | None:
    """Return the clauses that bind each node of a label that passes a filter, once.

    They begin with the `some` at the filter's top that looks most selective, and with `some` inside it; each hop is a
    clause of its own, since within one a relationship is not followed twice. `None` when no `some` looks selective, or
    the filter names the nodes themselves more strictly. Unless `every` one must be found, a `some` has to name what it
    is linked to: of the many that another may find, a page is a small part. Raises as `condition` does.
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
    path = path_to(link, subject, target)
    keyed = [known(PropertyOf(target, "key"))] if sought(node, rest) else []
    match = replace(
        path,
        label=label,
        steps=(*path.steps[:-1], replace(path.steps[-1], label=link.target)),
        where=both([where, condition(ctx, node, target, rest, sure=True), *keyed]),
    )
    return [match, *(_chain(ctx, onward, target, inner) if onward else ())]


def _split(given: Filter, link: Link) -> tuple[Filter, Filter]:
    """Return what a link's `some` asks, and the filter without it."""
    operand = given[link.name]
    assert isinstance(operand, Mapping)
    others = {name: value for name, value in operand.items() if name != "some"}
    rest = {name: others if name == link.name else value for name, value in given.items()}
    return operand["some"], {name: value for name, value in rest.items() if name != link.name or others}


def _pivot(ctx: Context, node: Node, given: Filter) -> Link | None:
    """Return the link whose `some` looks most selective; the first of several, and none that does not at all."""
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
    return best + _values(prop) if best else int(not _RANGES.isdisjoint(operand))


def _values(prop: Property) -> int:
    if prop.type is bool or isinstance(prop.type, Enumeration):
        return 0
    naming = prop.name == "key" or (prop.search and prop.sensitivity is not Sensitivity.PUBLIC)
    return _NAMING if naming else _OPEN
