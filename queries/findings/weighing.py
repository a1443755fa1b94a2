"""Lines of statements that update the weights of a finding's children, and that write under a condition."""

from __future__ import annotations

from graph.writing.touched import WEIGHT

ACTIVE = ("OPEN", "CONFIRMED", "REOPENED")
"""The statuses that count in triage."""


def weigh_lines(condition: str, day: str) -> list[str]:
    """Return the lines that bring the weight of a finding's children up to date; each is locked before it is read."""
    return [
        "CALL (*) {",
        f"  WITH f_ WHERE {condition}",
        "  MATCH (f_)-[:HAS_SUBJECT]->(child_:Child)",
        "  SET child_.weighed = true",
        *(f"  {line}" for line in weighed_lines(day)),
        f"  SET child_.{WEIGHT} = weight_",
        "  REMOVE child_.weighed",
        "}",
    ]


def weighed_lines(day: str) -> list[str]:
    """Return the lines that sum, as `weight_`, the weights of the findings of `child_`: nothing if it is grown up."""
    return [
        "WITH child_, COLLECT {",
        f"  MATCH (child_)<-[:HAS_SUBJECT]-(x_:Finding) WHERE x_.status IN {list(ACTIVE)} RETURN x_.weight",
        "} AS weights_",
        f"WITH child_, CASE WHEN NOT {grown_up('child_', day)}",
        "  THEN nullIf(reduce(sum_ = 0, one_ IN weights_ | sum_ + one_), 0) END AS weight_",
    ]


def grown_up(child: str, day: str) -> str:
    """Return the condition that a child has turned 18 by a day; one whose birth date is unknown has not."""
    return f"coalesce({child}.dateOfBirth <= {day} - duration({{years: 18}}), false)"


def when(condition: str, lines: list[str]) -> list[str]:
    """Return writing lines as one line that writes only under a condition."""
    return [f"FOREACH (_ IN CASE WHEN {condition} THEN [1] ELSE [] END |", *(f"  {line}" for line in lines), ")"]
