"""Reviews: the mutations by which a reviewer gives a finding another status, or assigns it to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from api.access.policy import EVERYTHING, REVIEW, Actor
from api.compiler.awaited import Surroundings
from api.compiler.ids import label_and_key
from api.fields.effects import Outcome, affected, mutation
from api.fields.field import Capability
from api.schema.registry import Argument
from graph.errors import Forbidden
from queries.findings.review import BAD_INPUT, Assignment, Complaint, Review, assign_finding, review_finding

_NOBODY = "assignee is not given; name somebody, or give null for nobody"
_FINDING = Argument("id", "ID!", "The finding's global id.")
_VERSION = Argument("version", "Int!", "The version that was looked at; when it is another now, nothing is changed.")


async def _review(given: Mapping[str, object], surroundings: Surroundings) -> Outcome:
    _check(surroundings.actor)
    review = Review(
        _key(given),
        cast(int, given["version"]),
        cast(str, given["status"]),
        cast(str | None, given.get("reason")),
        cast(date | None, given.get("until")),
    )
    errors = await review_finding(surroundings.store, review, actor=surroundings.actor.name)
    return Outcome({"finding": review.key}, errors)


def _check(actor: Actor) -> None:
    """Raise `Forbidden` unless the actor may review, and sees all findings."""
    actor.require(REVIEW)
    if actor.access != EVERYTHING:
        raise Forbidden("Your role does not see all that findings are made from, so it may not review them.")


async def _assign(given: Mapping[str, object], surroundings: Surroundings) -> Outcome:
    _check(surroundings.actor)
    key = _key(given)
    if "assignee" not in given:
        return Outcome({"finding": key}, (Complaint(BAD_INPUT, _NOBODY, ("input", "assignee")),))
    assignment = Assignment(key, cast(int, given["version"]), cast(str | None, given["assignee"]))
    errors = await assign_finding(surroundings.store, assignment, actor=surroundings.actor.name)
    return Outcome({"finding": key}, errors)


def _key(given: Mapping[str, object]) -> str:
    """Return the key of the finding that the input names; nothing when it names something else."""
    found = label_and_key(str(given["id"]))
    return found[1] if found and found[0] == "Finding" else ""


_PAYLOAD = (affected("finding", "Finding", "The finding as it is now; null when there is none of that id."),)
REVIEW_FINDING = mutation(
    "reviewFinding",
    "Give a finding another status; noted with your name and the time.",
    (
        _FINDING,
        Argument("status", "FindingStatus!", "CONFIRMED, DISMISSED, or REOPENED to put it back."),
        Argument("reason", "String", "Why; a dismissal needs one."),
        Argument("until", "Date", "Last day of a dismissal, which needs one; not in the past."),
        _VERSION,
    ),
    _PAYLOAD,
    _review,
)
ASSIGN_FINDING = mutation(
    "assignFinding",
    "Give a finding to somebody, or to nobody; noted with your name and the time.",
    (
        _FINDING,
        Argument("assignee", "String", "Who looks into it; must be given, null for nobody."),
        _VERSION,
    ),
    _PAYLOAD,
    _assign,
)
CAPABILITY = Capability(
    types=(*REVIEW_FINDING.types, *ASSIGN_FINDING.types),
    mutations=(REVIEW_FINDING.field, ASSIGN_FINDING.field),
)
