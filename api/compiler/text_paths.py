"""Finds all nodes of a label whose text contains or begins with something, from an index of parts of texts.

The index is of folded twins, so it is read only where every text is known to have one, and for parts long enough to be
in it. Otherwise each node of the label is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.compiler.context import Context
from api.compiler.filters import condition
from api.compiler.parameters import slot_of
from api.compiler.texts import PARTS, in_twin, long_enough
from graph.cypher import Clause, Either, Printable, PropertyOf, Variable, With, all_of, any_of, returning
from graph.model import Node
from graph.writing.derived_marks import folded_hold

Filter = Mapping[str, object]


def by_text(ctx: Context, node: Node, subject: Variable, given: Filter, where: Printable) -> tuple[Clause, ...] | None:
    """Return the clauses that bind each node of a label that passes a filter, once; `where` is the filter's condition.

    Returns `None` if the filter's top level searches no folded property for a part of its text. Raises as `condition`
    does.
    """
    parts = list(_parts(node, given))
    if not parts:
        return None
    searches = [in_twin(operator, slot_of(part), PropertyOf(subject, twin)) for twin, operator, part in parts]
    rest = condition(ctx, node, subject, _without_parts(node, given), sure=True)
    quick = all_of([folded_hold(node.label), any_of([long_enough(slot_of(part)) for _, _, part in parts])])
    found = ctx.match(subject, node.label, where=all_of([*searches, rest]))
    looked = ctx.match(subject, node.label, where=where)
    either = Either(((quick, (found, returning(subject))),), (looked, returning(subject)))
    return either, With((subject,))


def _parts(node: Node, given: Filter) -> Iterator[tuple[str, str, object]]:
    """Yield the searches of a filter's top level: the twin of the property, the operator, and the part."""
    for name, operand in given.items():
        if node.has(name) and node.named(name).folded and isinstance(operand, Mapping):
            yield from ((node.named(name).twin, one, part) for one, part in operand.items() if one in PARTS)


def _without_parts(node: Node, given: Filter) -> Filter:
    found: dict[str, object] = {}
    for name, operand in given.items():
        if node.has(name) and node.named(name).folded and isinstance(operand, Mapping):
            operand = {one: part for one, part in operand.items() if one not in PARTS}
            if not operand:
                continue
        found[name] = operand
    return found
