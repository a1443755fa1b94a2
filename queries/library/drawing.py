"""The part of the model that a question reads, drawn as Mermaid text (mermaid.js.org)."""

from __future__ import annotations

from graph.model import Model, Relationship
from queries.library.cypher_text import significant
from queries.library.mentions import What, read_mentions
from queries.library.question import Question


def drawing(question: Question, model: Model) -> str:
    """Return a flowchart of the labels and relationships of a question's body, with round boxes for those in its rows.

    If the model declares a relationship type between several labels, only those that the body or the row names are
    drawn, or all of them if neither names one.
    """
    named, relationships = touched(question, model)
    held = {column.kind for column in question.columns if column.kind in model.labels}
    labels = [label for label in model.labels if label in named]
    lines = ["flowchart LR"]
    lines += [f"  {label}([{label}])" if label in held else f"  {label}[{label}]" for label in labels]
    for one in relationships:
        arrow = "---" if one.symmetric else "-->"
        lines.append(f"  {one.start} {arrow}|{one.type}| {one.end}")
    return "\n".join(lines)


def touched(question: Question, model: Model) -> tuple[set[str], list[Relationship]]:
    """Return the labels that a question reads, and its relationships in the order of the model."""
    mentions = read_mentions(significant(question.body)).names
    names = {mention.name for mention in mentions if mention.what is not What.PROPERTY}
    labels = {label for label in model.labels if label in names}
    labels |= {column.kind for column in question.columns if column.kind in model.labels}
    found = [one for kind in sorted(model.types & names) for one in _of_type(kind, labels, model)]
    labels |= {label for one in found for label in (one.start, one.end)}
    return labels, [one for one in model.relationships if one in found]


def _of_type(kind: str, named: set[str], model: Model) -> list[Relationship]:
    """Return the relationships of a type, but only those with the most ends among the named labels."""
    declared = [one for one in model.relationships if one.type == kind]
    ends = {one: (one.start in named) + (one.end in named) for one in declared}
    return [one for one in declared if ends[one] == max(ends.values())]
