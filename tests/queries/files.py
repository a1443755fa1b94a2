"""A question's file that follows every rule, for tests that break one of them."""

from __future__ import annotations

from pathlib import Path

from api.fields import reserved_names
from graph.model import MODEL
from queries.library.check import check_body
from queries.library.declare import make_question
from queries.library.header import split_header
from queries.library.question import Question

PATH = Path("folder/busySponsors.cypher")

HEADER = """\
// name: busySponsors
// title: Busy sponsors
// question: Which sponsors took in
//   many children?
// parameters:
//   minChildren: Int = 2 (at least 1) -- Least number
//     of children.
//   asOf: Date = today -- Only facts dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   childCount: Int! -- Their children.
// key: sponsor
// order: childCount DESC
// severity: HIGH
// source: default
// example: { busySponsors(minChildren: 3) {
//     totalCount
//   } }
"""

BODY = """\
MATCH (sponsor:Sponsor)<-[:WITH_SPONSOR]-(placement:Placement)
WHERE placement.releasedOn <= $asOf
WITH sponsor, count(placement) AS childCount
WHERE childCount >= $minChildren
RETURN sponsor, childCount
"""

RESERVED = reserved_names(MODEL)
FIRST_BODY_LINE = HEADER.count("\n") + 2


def declared(header: str = HEADER, body: str = BODY) -> Question:
    """Return the question of a header and a body, its body not checked."""
    return make_question(split_header(f"{header}\n{body}", PATH), MODEL, RESERVED)


def checked(header: str = HEADER, body: str = BODY) -> Question:
    """Return the question of a header and a body, checked as a file of the library is."""
    question = declared(header, body)
    check_body(question, MODEL)
    return question
