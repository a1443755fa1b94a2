"""Which questions an actor may ask, and which of their columns they may read.

A question as a whole depends on every property that decides which rows it has, and in what order. If an actor may not
read a property that is only shown, in a column that says so, only that column is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from api.access.policy import EVERYTHING, Access
from graph.errors import Forbidden
from graph.model import Model, Property
from graph.model.findings import FINDING, FINDING_CHANGE
from queries.library.question import Question
from queries.library.reads import Read, kept_reads, reads_of, statement_reads
from queries.library.shown import owners


def may_ask(model: Model, access: Access, question: Question) -> bool:
    """Tell whether an actor may ask a question."""
    return access == EVERYTHING or not _unreadable(model, access, reads_of(question, model).rows)


def check_ask(model: Model, access: Access, question: Question) -> None:
    """Raise `Forbidden` if a question reads what the actor may not."""
    if access == EVERYTHING:
        return
    if found := _unreadable(model, access, reads_of(question, model).rows):
        owner, name = min(found)
        raise Forbidden(
            f"Your role may not read {owner}.{name}, and {question.name} depends on it; ask another question."
        )


def check_reads(model: Model, access: Access, text: str, what: str) -> None:
    """Raise `Forbidden` if a statement of our own reads what the actor may not; `what` names the results."""
    if access != EVERYTHING and (found := _unreadable(model, access, statement_reads(text, model))):
        owner, name = min(found)
        raise Forbidden(f"Your role may not read {owner}.{name}, and {what} depend on it; ask something else.")


def may_use_kept(model: Model, access: Access, question: Question) -> bool:
    """Tell whether kept counts, which count all nodes, may be used to answer an actor."""
    return not access.rows and not _unreadable(model, access, kept_reads(question, model))


def refused_columns(model: Model, access: Access, question: Question) -> dict[str, Read]:
    """Return the columns of a question that an actor may not read, each with a property that is the reason."""
    if access == EVERYTHING:
        return {}
    found = {name: _unreadable(model, access, of) for name, of in reads_of(question, model).columns.items()}
    return {name: min(unreadable) for name, unreadable in found.items() if unreadable}


def check_column(model: Model, access: Access, question: Question, name: str) -> None:
    """Raise `Forbidden` if a column shows what the actor may not read."""
    if name in (refused := refused_columns(model, access, question)):
        owner, prop = refused[name]
        raise Forbidden(f"Your role may not read {owner}.{prop}, which {question.name}.{name} shows; leave it out.")


def access_to_findings(model: Model, access: Access, questions: Iterable[Question]) -> Access:
    """Return the access; without the values of findings if a question that may be asked has an unreadable column."""
    if all(not refused_columns(model, access, one) for one in questions if may_ask(model, access, one)):
        return access
    values = {(label, "values") for label in (FINDING.label, FINDING_CHANGE.label)}
    return replace(access, withheld=access.withheld | values)


def _unreadable(model: Model, access: Access, reads: frozenset[Read]) -> set[Read]:
    known = owners(model)
    return {(owner, name) for owner, name in reads if not may_read(model, access, owner, known[owner][name])}


def may_read(model: Model, access: Access, owner: str, prop: Property) -> bool:
    """Tell whether an actor may read a property of a label, or of a relationship type through every link to it."""
    names = [owner] if owner in model.labels else [owner, *_links(model, owner)]
    return all(access.may_read(name, prop) for name in names)


def _links(model: Model, kind: str) -> list[str]:
    """Return the links that read a relationship type, by the names that policies use for them."""
    return [
        f"{label}.{name}"
        for label in model.labels
        for name, link in model.links(label).items()
        if link.one_hop and link.hops[0].type == kind
    ]
