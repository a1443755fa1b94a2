"""The terms of a writer: the model that it follows, whom it writes for, and whether any records exist yet."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import BadInput
from graph.model import Model, Node, Relationship
from graph.writing.origin import Origin


@dataclass(frozen=True, slots=True)
class Terms:
    """How a writer writes: by the rules of a model, for an origin, and `fresh` if none of the records exists yet."""

    origin: Origin
    model: Model
    fresh: bool = False


def node_of(model: Model, label: str) -> Node:
    """Return a label's declaration; raises `BadInput` for one that the model does not have."""
    if label not in model.labels:
        raise BadInput(f"{label} is not a label of the model")
    return model.node(label)


def link_of(model: Model, kind: str, start: str, end: str) -> Relationship:
    """Return a relationship's declaration; raises `BadInput` for one that the model does not have."""
    for relationship in model.relationships:
        if (relationship.type, relationship.start, relationship.end) == (kind, start, end):
            return relationship
    raise BadInput(f"({start})-[{kind}]->({end}) is not a relationship of the model")
