"""The graph's model, declared once: everything else that names a label or a property derives from it."""

from graph.model.arrows import ARROWS
from graph.model.derived import Days, Derived, Hop, LatestDay
from graph.model.findings import FINDING_NODES, FINDING_RELATIONSHIPS, POINTERS
from graph.model.kinds import (
    KEY,
    Choice,
    End,
    Enumeration,
    Link,
    Model,
    Node,
    Point,
    Pointer,
    Property,
    Relationship,
    Sensitivity,
)
from graph.model.nodes import NODES
from graph.model.paths import PATHS
from graph.model.published import PUBLISHED, PUBLISHED_RELATIONSHIPS
from graph.model.relationships import RELATIONSHIPS

RECORDS = Model(NODES, RELATIONSHIPS, PATHS)
"""The model of what importers and generators write, without what sweeps find in it."""
MODEL = Model((*NODES, *FINDING_NODES), (*RELATIONSHIPS, *FINDING_RELATIONSHIPS), PATHS, POINTERS)

__all__ = [
    "ARROWS",
    "KEY",
    "MODEL",
    "PUBLISHED",
    "PUBLISHED_RELATIONSHIPS",
    "RECORDS",
    "Choice",
    "Days",
    "Derived",
    "End",
    "Enumeration",
    "Hop",
    "LatestDay",
    "Link",
    "Model",
    "Node",
    "Point",
    "Pointer",
    "Property",
    "Relationship",
    "Sensitivity",
]
