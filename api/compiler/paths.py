"""Follows a link of the model from a node: the clauses that bind what is at its end."""

from __future__ import annotations

from api.compiler.scope import Scope
from graph.cypher import (
    TRUE,
    Clause,
    IsNull,
    Literal,
    Match,
    Order,
    Printable,
    PropertyOf,
    Step,
    Union,
    Variable,
    With,
)
from graph.model import Choice, Hop, Link

ONE = Literal(1)


def path_to(
    scope: Scope,
    link: Link,
    subject: Variable,
    target: Variable | None,
    *,
    label: str | None = None,
    relationship: Variable | None = None,
    where: Printable = TRUE,
) -> Match:
    """Return the match of a link's path; without a target its end stays unnamed, so that a degree can count it.

    The subject is already bound unless its `label` is given. A label is checked only if the relationship type can also
    lead to other labels.
    """
    *before, last = link.hops
    steps = [Step(hop.type, hop.direction, None, _label(hop)) for hop in before]
    steps.append(Step(last.type, last.direction, target, _label(last), relationship))
    return scope.match(subject, label, steps=steps, where=where)


def _label(hop: Hop) -> str | None:
    return None if hop.sole else hop.label


def chosen(scope: Scope, link: Link, subject: Variable, target: Variable) -> tuple[*tuple[Clause, ...], With]:
    """Return the clauses that bind the single node of a link to one; the last is a `With` with at most one row."""
    if not link.choices:
        key = Order(PropertyOf(target, "key"))
        return path_to(scope, link, subject, target), With((target,), order=(key,), limit=ONE)
    branches = tuple((*_choice(scope, choice, subject, target),) for choice in link.choices)
    return Union(branches, imports=(subject,)), With((target,), limit=ONE)


def _choice(scope: Scope, choice: Choice, subject: Variable, target: Variable) -> list[Clause]:
    hop, then = choice.hop, choice.then
    picked = Variable(hop.label[0].lower()) if then else target
    relationship = Variable("r") if choice.on_relationship else None
    owner = relationship or picked
    latest = PropertyOf(owner, choice.latest)
    standing = IsNull(PropertyOf(owner, choice.open))
    order: tuple[Order, ...] = (Order(IsNull(latest)), Order(latest, descending=True))
    if not relationship:
        order += (Order(standing, descending=True),)
    order += (Order(PropertyOf(picked, "key")),)
    steps = (Step(hop.type, hop.direction, picked, _label(hop), relationship),)
    match = scope.match(subject, steps=steps, where=standing if relationship else TRUE)
    best = With((picked,), order=order, limit=ONE, where=TRUE if relationship else standing)
    if then is None:
        return [match, best, With((target,), last=True)]
    onward = scope.match(picked, steps=(Step(then.type, then.direction, target, _label(then)),))
    key = Order(PropertyOf(target, "key"))
    return [
        match,
        best,
        onward,
        With((target,), order=(key,), limit=ONE, last=True),
    ]
