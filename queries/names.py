"""Names: what a name may look like, which are taken, and what a wrong one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from graph.model import Model

NAME = re.compile(r"[a-z][A-Za-z0-9]*", re.ASCII)
"""A name of a question, a parameter or a column: camelCase, as GraphQL fields are."""

OTHER_FIELDS = frozenset(
    (
        *("node", "nodes", "search", "connection", "neighborhood", "ring", "rings", "lookup"),
        *("statistics", "oversightSummary"),
    )
)
"""Root fields that are neither nodes of a label nor questions, and the stem of a connection of theirs."""
RESERVED_ARGUMENTS = frozenset({"first", "after", "last", "before", "filter", "orderBy"})
"""Arguments of every connection, which a parameter cannot be called."""


FINDING_FIELDS = ("indicators", "triage", "weights", "findingEvidence")
"""Names that findings take: root fields, a type, and the table of weights in the file of thresholds."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ` (did you mean x?)` for the known name that is closest, or nothing when none is close."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return f" (did you mean {by_lower[close[0]]}?)" if close else ""


def taken_names(model: Model) -> frozenset[str]:
    """Return the names that no question may have: root fields, and those whose types the API has already."""
    fields = {*OTHER_FIELDS, *FINDING_FIELDS, *(name for node in model.nodes for name in (node.field, node.fields))}
    stems = {
        f"{node.field}{link.name[0].upper()}{link.name[1:]}"
        for node in model.nodes
        for link in model.links(node.label).values()
    }
    return frozenset(fields | stems)
