"""Whether kept counts hold: a mark beside them says for how many links, and from which day on, they were right.

Whatever writes links keeps the counts and renews the mark. Links that others add or delete make their numbers differ
from the mark's, and then the counts are not read until `sightline db counts --refresh`. A release that others date anew
or give another relationship changes no number: run it after that too.
"""

from __future__ import annotations

from graph.cypher import Match, Parameter, Printable, PropertyOf, Step, Variable, both, count, exists, infix

MARK = "KeptCounts"
"""The label of the one node that holds the mark; it is no part of the model."""
_LINKS = {"placements": "HAS_PLACEMENT", "sponsored": "WITH_SPONSOR"}

WRITE_MARK = f"""CYPHER 25
MATCH (placement:Placement)-[:WITH_SPONSOR]->()
WITH count(*) AS releases, count(placement.releasedOn) AS dated, max(placement.releasedOn) AS latest
MERGE (mark:{MARK})
SET mark.latestRelease = CASE WHEN dated = releases THEN coalesce(latest, date('0001-01-01')) END,
{",".join(f" mark.{name} = COUNT {{ ()-[:{kind}]->() }}" for name, kind in _LINKS.items())}"""
"""Writes the mark for what the graph holds; with a release of unknown day the counts hold for no day."""

READ_HELD = f"""CYPHER 25
RETURN EXISTS {{
  MATCH (mark:{MARK})
  WHERE {" AND ".join(f"mark.{name} = COUNT {{ ()-[:{kind}]->() }}" for name, kind in _LINKS.items())}
}}"""
"""Reads whether the links are still as many as the mark says."""


def counts_hold(day: Parameter) -> Printable:
    """Return the condition that kept counts are those of a day; the database answers it from numbers that it keeps."""
    mark = Variable("mark")
    same = [
        infix("=", PropertyOf(mark, name), count(Match(Variable(), steps=(Step(kind, ">"),))))
        for name, kind in _LINKS.items()
    ]
    return exists(Match(mark, MARK, where=both([infix("<=", PropertyOf(mark, "latestRelease"), day), *same])))
