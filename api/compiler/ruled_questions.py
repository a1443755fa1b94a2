"""Questions as an actor may ask them: with the rules for rows in their bodies, and without counts of hidden nodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from api.access.questions import check_ask, may_use_kept
from api.compiler.parameters import Request, ValueSource
from api.compiler.scope import Scope
from graph.cypher import Printer, Variable
from graph.errors import Forbidden
from queries.library.cypher_text import significant
from queries.library.node_patterns import Unclear
from queries.library.question import Parameter, Question
from queries.library.row_guards import guard_rows


def permitted(scope: Scope, question: Question) -> Question:
    """Return a question whose rows come only from what the actor may see; without rules it is the same question.

    The values of the rules become parameters with defaults that callers never set. Raises `Forbidden` when the question
    reads what the actor may not, or when the rules cannot be added to its body.
    """
    check_ask(scope.model, scope.access, question)
    if question.kept and not may_use_kept(scope.model, scope.access, question):
        question = replace(question, kept="")
    if not scope.rules:
        return question
    out = _RulePrinter([question.body, question.kept])
    try:
        body, kept = (_ruled(scope, text, out) for text in (question.body, question.kept))
    except Unclear as error:
        raise Forbidden(
            f"Your role sees only some records, and {question.name} cannot be limited to them: {error}."
        ) from None
    parameters = [Parameter(name, "String", value, "A value of a rule.") for name, value in out.values.items()]
    return replace(question, body=body, kept=kept, parameters=(*question.parameters, *parameters))


def ruled_statement(scope: Scope, text: str) -> tuple[str, dict[str, object]]:
    """Return one of our own statements with the rules for rows, and the values of its additional parameters."""
    [ruled], values = ruled_statements(scope, text)
    return ruled, values


def ruled_statements(scope: Scope, *texts: str) -> tuple[list[str], dict[str, object]]:
    """Return our own statements with the rules for rows, and the values of the parameters that they share."""
    out = _RulePrinter(texts)
    return [_ruled(scope, text, out) for text in texts], out.values


def _ruled(scope: Scope, text: str, out: Printer) -> str:
    def predicate(label: str, name: str) -> str:
        return scope.rules[label].condition(Variable(name, fixed=True)).print(out)

    return guard_rows(text, scope.model, scope.rules.keys(), predicate)


class _RulePrinter(Printer):
    """Prints the conditions of rules into a body: values are parameters of it, and no name is one that it has."""

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__()
        self._taken = {token.name for text in texts for token in significant(text)}
        self._given: dict[Variable, str] = {}
        self.values: dict[str, object] = {}

    def parameter(self, source: object) -> str:
        """Return the text that reads the source's value."""
        value = cast(ValueSource, source).value(Request({}))
        name = next((name for name, known in self.values.items() if known == value), None)
        if name is None:
            name = self._fresh("rule")
            self.values[name] = value
        return f"${name}"

    def name(self, variable: Variable) -> str:
        """Return the variable's name."""
        if variable.fixed:
            return variable.hint
        if variable not in self._given:
            self._given[variable] = self._fresh(variable.hint)
        return self._given[variable]

    def _fresh(self, hint: str) -> str:
        number = 1
        while f"{hint}{number}" in self._taken:
            number += 1
        self._taken.add(f"{hint}{number}")
        return f"{hint}{number}"
