"""Lets the database plan the library's statements before they are asked: each must be plannable and only read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from graph.errors import QueryFileError, StatementRefused
from graph.model import MODEL, Model
from graph.store import Store
from graph.store.plans import Notification
from queries.asking.statement import body_line, column_at, rows_statement
from queries.library.check import refuse
from queries.library.mentions import What
from queries.library.question import Question
from queries.library.vocabulary import Vocabulary

_UNKNOWN: Mapping[str, What] = MappingProxyType({"01N50": What.LABEL, "01N51": What.TYPE, "01N52": What.PROPERTY})
"""Neo4j's codes for a name that is not in the database, which is an error if it is not in the model either."""
_NAME = re.compile(r"`([^`]+)`")


async def check_plans(questions: Iterable[Question], store: Store, *, model: Model = MODEL) -> None:
    """Let the database plan every question's statement, without running it.

    Raises `QueryFileError`, with the file, the line and the fix, for a statement that cannot be planned, would write,
    or uses a name that neither the database nor the model has. Raises `StoreUnavailable` or `StoreTimeout` when the
    database is the cause.
    """
    for question in questions:
        for one in question.bodies:
            await _check_plan(one, store, model)


async def _check_plan(question: Question, store: Store, model: Model) -> None:
    try:
        plan = await store.explain(rows_statement(question, model, limited=False), {"p": [None]})
    except StatementRefused as error:
        raise _refused(question, model, error) from error
    if plan.writes:
        raise refuse(question, 1, "the body would write; a question only reads, so remove what changes the graph")
    for notification in plan.notifications:
        _check_notification(question, notification, Vocabulary(model))


def _refused(question: Question, model: Model, error: StatementRefused) -> QueryFileError:
    if error.line is None:
        return refuse(question, 1, f"the database does not accept the body: {error}; correct it")
    if column := column_at(question, model, error.line):
        return QueryFileError(
            f"{question.path}:{column.line}: column {column.name} is declared {column.kind}, but the body returns "
            f"something else; correct the type or the body ({error})"
        )
    line = min(body_line(error.line), question.body.count("\n"))
    return refuse(question, max(1, line), f"the database does not accept this: {error}; correct it")


def _check_notification(question: Question, notification: Notification, vocabulary: Vocabulary) -> None:
    what, name = _UNKNOWN.get(notification.code), _NAME.search(notification.description)
    if what is None or name is None or name[1] in vocabulary.known(what):
        return
    line = body_line(notification.position.line) if notification.position else 1
    raise refuse(question, line, f"neither the model nor the database has a {what.value} {name[1]}; correct the name")
