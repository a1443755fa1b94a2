"""What a question's plan may not hold: a product of two lists, and a scan that its header does not give."""

from __future__ import annotations

import re

from graph.model import MODEL
from graph.store import Store
from graph.store.plans import Operator
from queries.asking.statement import rows_statement
from queries.library.question import Question
from tests.queries.scenarios import given

_SCANNED = re.compile(r"^\w*:(\w+)|\[\w*:(\w+)\]")
_BY_KEY = re.compile(r"INDEX \w*:(\w+)\(key\)")


async def faults(store: Store, question: Question) -> list[str]:
    """Return the operators at fault, each with what it says of itself, as the store plans the question."""
    values = list(question.values(given(question)).values())
    plan = await store.explain(rows_statement(question, MODEL, limited=False), {"p": values})
    declared = {scan.name for scan in question.scans}
    return [
        f"{operator.name} {operator.details}"
        for operator in plan.root.walk()
        if operator.name == "CartesianProduct" or not _scanned(operator) <= declared
    ]


def _scanned(operator: Operator) -> set[str]:
    """Return the label or relationship type of which an operator looks at every one; a node without a label is `*`."""
    if operator.name == "AllNodesScan":
        return {"*"}
    if operator.name == "NodeIndexScan":
        return set(_BY_KEY.findall(operator.details))
    if not operator.name.endswith(("LabelScan", "TypeScan", "TypesScan", "LabelsScan")):
        return set()
    return {name for found in _SCANNED.findall(operator.details) for name in found if name} or {operator.details}
