"""Compiles row rules: turns what an actor may see into conditions for patterns of nodes.

A rule is a filter, compiled by the compiler's own filters in a scope without rules, because it may read what the actor
may not. Findings are made from all records, so they reveal what their questions read. So they have a rule too, if an
actor may not see everything that they were made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from api.access.policy import EVERYTHING, Access
from api.access.questions import access_to_findings, may_ask
from api.compiler.filters import condition
from api.compiler.scope import CompileLimits, Rule, Scope
from graph.cypher import FALSE, Printable, Variable
from graph.model import Model
from graph.model.findings import FINDING, FINDING_CHANGE
from queries.library.question import Question

_REMEMBERED = 64
_NO_FINDINGS = (
    "Your role sees only some records, and findings are made from all of them; leave them out, and ask the questions "
    "themselves."
)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What an actor's access comes to over a model and its questions: what may be read, and the rules by label."""

    access: Access
    rules: Mapping[str, Rule]

    @classmethod
    def of(cls, model: Model, access: Access, questions: Mapping[str, Question]) -> Permissions:
        """Return the permissions of an access; access to everything has no rules."""
        if access == EVERYTHING:
            return cls(access, {})
        return cls(access_to_findings(model, access, questions.values()), _rules(model, access, questions))

    def scope(self, model: Model) -> Scope:
        """Return the scope for statements other than an operation's own."""
        return Scope(model=model, access=self.access, bounds=CompileLimits(), rules=self.rules)


def permissions_of(model: Model, questions: Mapping[str, Question]) -> Callable[[Access], Permissions]:
    """Return a function that returns the permissions of an access, and caches them."""
    return lru_cache(_REMEMBERED)(lambda access: Permissions.of(model, access, questions))


def _rules(model: Model, access: Access, questions: Mapping[str, Question]) -> dict[str, Rule]:
    rules = {rule.label: Rule(partial(_condition, model, rule.label, rule.filter)) for rule in access.rows}
    if access.rows:
        nothing = Rule(lambda _: FALSE, _NO_FINDINGS)
        return rules | {FINDING.label: nothing, FINDING_CHANGE.label: nothing}
    asked = [name for name, question in questions.items() if may_ask(model, access, question)]
    if len(asked) < len(questions):
        made = {"indicator": {"in": asked}}
        rules[FINDING.label] = Rule(partial(_condition, model, FINDING.label, made))
        rules[FINDING_CHANGE.label] = Rule(partial(_condition, model, FINDING_CHANGE.label, {"finding": made}))
    return rules


def _condition(model: Model, label: str, given: Mapping[str, object], node: Variable) -> Printable:
    """Return a filter's condition on a node, made in a separate scope, so that it does not count towards the cost."""
    scope = Scope(model=model, access=EVERYTHING, bounds=CompileLimits())
    return condition(scope, model.node(label), node, given, sure=True)
