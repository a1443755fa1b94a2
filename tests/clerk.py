"""Roles of tests that may not see everything: a clerk, and a colleague who sees all of the records that are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from api.access.policy import ASK, EVERYTHING, READ_SCHEMA, Access, Role, RowRule
from graph.model import Sensitivity

STATE = "TX"
CHILD: Mapping[str, Any] = {"placements": {"some": {"address": {"state": {"eq": STATE}}}}}
"""The rule for children; it reads a property that the clerk may not."""
_OWN: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "Child": {"sex": {"eq": "FEMALE"}},
        "Placement": {"relationship": {"ne": "UNRELATED"}},
        "Sponsor": {"identityVerified": {"eq": True}},
    }
)
"""Rules that read nothing but the node itself."""


def rules() -> Iterator[RowRule]:
    """Yield the rules: children by state, and some of what belongs to one child by that child."""
    yield RowRule("Child", CHILD)
    for label in ("Placement", "ContactAttempt", "NoticeToAppear"):
        yield RowRule(label, {"child": CHILD})


CLERK = Role(
    name="clerk",
    doc="Keeps the cases of one state, and sees neither who people are nor where.",
    actions=frozenset({ASK, READ_SCHEMA}),
    access=Access(frozenset({Sensitivity.PUBLIC, Sensitivity.CASE}), rows=frozenset(rules())),
)
COLLEAGUE = Role(
    name="colleague",
    doc="Looks after girls, and sees all that is known of them, of some releases, and of sponsors who were verified.",
    actions=CLERK.actions,
    access=Access(EVERYTHING.sensitivities, rows=frozenset(RowRule(label, rule) for label, rule in _OWN.items())),
)
