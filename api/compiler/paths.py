"""From a node along a link of the model: the clauses that bind what is at its end."""

from __future__ import annotations

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
    link: Link,
    subject: Variable,
    target: Variable | None,
    *,
    relationship: Variable | None = None,
    where: Printable = TRUE,
) -> Match:
    """Return the match of a link's path; without a target its end stays unnamed, so that a degree can count it.

    A label is checked only where the type of the relationship can lead to others.
    """
    *before, last = link.hops
    steps = [Step(hop.type, hop.direction, None, _label(hop)) for hop in before]
    steps.append(Step(last.type, last.direction, target, _label(last), relationship))
    return Match(subject, steps=tuple(steps), where=where)


def _label(hop: Hop) -> str | None:
    return None if hop.sole else hop.label


def chosen(link: Link, subject: Variable, target: Variable) -> tuple[*tuple[Clause, ...], With]:
    """Return the clauses that bind the single node of a link to one; the last is a `With` of one row at most."""
    if not link.choices:
        key = Order(PropertyOf(target, "key"))
        return path_to(link, subject, target), With((target,), order=(key,), limit=ONE)
    branches = tuple((*_choice(choice, subject, target),) for choice in link.choices)
    return Union(branches, imports=(subject,)), With((target,), limit=ONE)


def _choice(choice: Choice, subject: Variable, target: Variable) -> list[Clause]:
    hop, then = choice.hop, choice.then
    picked = Variable(hop.label[0].lower()) if then else target
    relationship = Variable("r") if choice.on_relationship else None
    owner = relationship or picked
    latest = PropertyOf(owner, choice.latest)
    order = (Order(IsNull(latest)), Order(latest, descending=True), Order(PropertyOf(picked, "key")))
    match = Match(
        subject,
        steps=(Step(hop.type, hop.direction, picked, _label(hop), relationship),),
        where=IsNull(PropertyOf(owner, choice.open)),
    )
    if then is None:
        return [match, With((target,), order=order, limit=ONE, last=True)]
    onward = Match(picked, steps=(Step(then.type, then.direction, target, _label(then)),))
    key = Order(PropertyOf(target, "key"))
    return [
        match,
        With((picked,), order=order, limit=ONE),
        onward,
        With((target,), order=(key,), limit=ONE, last=True),
    ]
