"""Reviewing: gives a finding another status, or assigns it; each is one transaction and recorded as one change."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import cast
from uuid import uuid4

from graph.store import Store
from graph.store.connections import Rows
from graph.writing.origin import Origin
from graph.writing.transaction import Transaction
from graph.writing.writer import Writer
from queries.findings.weighing import ACTIVE, weigh_lines
from queries.library.values import today

REVIEWABLE = ("CONFIRMED", "DISMISSED", "REOPENED")
"""The statuses that a reviewer can give; only a sweep gives the others."""
LONGEST_REASON = 2_000
LONGEST_NAME = 200
BAD_INPUT, NOT_FOUND, CONFLICT = "BAD_USER_INPUT", "NOT_FOUND", "CONFLICT"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why something was not done: a code, a sentence that says what to do, and the input field that it is about."""

    code: str
    message: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's decision about a finding, given its key and the version that the reviewer has seen."""

    key: str
    version: int
    status: str
    reason: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The assignment of a finding to somebody, or to nobody."""

    key: str
    version: int
    assignee: str | None


_TAKE = [
    "CYPHER 25",
    "MATCH (f_:Finding {key: $key})",
    "SET f_.asked = $token",
    "WITH f_, f_.status AS before_, f_.assignee AS had_, f_.version AS version_,",
    "  EXISTS { MATCH (:FindingChange {key: $key + '/' + toString($version + 1), token: $token}) } AS done_",
    "REMOVE f_.asked",
]
"""Locks the finding before reading its version; `token` identifies a change that an earlier attempt already made."""
_CHANGE = (
    "CREATE (f_)-[:HAS_CHANGE]->(:FindingChange {key: f_.key + '/' + toString(f_.version), at: $now, actor: $actor,"
    " token: $token, values: f_.values, thresholds: f_.thresholds, "
)
_REVIEW = "\n".join(
    [
        *_TAKE,
        "WITH *, version_ = $version AND before_ <> 'RESOLVED' AS goes_",
        "FOREACH (_ IN CASE WHEN goes_ THEN [1] ELSE [] END |",
        "  SET f_.status = $status, f_.version = f_.version + 1,",
        "    f_.dismissedReason = CASE $status WHEN 'DISMISSED' THEN $reason END, f_.dismissedUntil = $until",
        f"  {_CHANGE} kind: 'REVIEWED', from: before_, to: $status, reason: $reason, until: $until}})",
        ")",
        *weigh_lines(f"goes_ AND (before_ IN {list(ACTIVE)}) <> ($status IN {list(ACTIVE)})", "$today"),
        "RETURN version_, before_, done_",
    ]
)
_ASSIGN = "\n".join(
    [
        *_TAKE,
        "FOREACH (_ IN CASE WHEN version_ = $version THEN [1] ELSE [] END |",
        "  SET f_.assignee = $assignee, f_.version = f_.version + 1",
        f"  {_CHANGE} kind: 'ASSIGNED', from: had_, to: $assignee}})",
        ")",
        "RETURN version_, before_, done_",
    ]
)


async def review_finding(store: Store, review: Review, *, actor: str) -> tuple[Complaint, ...]:
    """Give a finding the reviewer's status, and record who did so and why.

    If it returns complaints, nothing was changed. There are complaints about a status that only a sweep can give, a
    dismissal without a reason or without a future day, and a finding that is unknown, resolved, or changed since the
    reviewer looked.
    """
    review = replace(review, reason=visible(review.reason or "") or None)
    complaints = _check(review)
    if complaints:
        return complaints
    values = {"status": review.status, "reason": review.reason, "until": review.until, "today": today()}
    return await _write(store, _REVIEW, review, values, actor=actor)


async def assign_finding(store: Store, assignment: Assignment, *, actor: str) -> tuple[Complaint, ...]:
    """Assign a finding to somebody, or to nobody; returns complaints as `review_finding` does."""
    name = assignment.assignee
    if name is not None and not 0 < len(name := visible(name)) <= LONGEST_NAME:
        wanted = f"name somebody in at most {LONGEST_NAME} characters, or give null for nobody"
        return (Complaint(BAD_INPUT, f"assignee is empty or too long; {wanted}", ("input", "assignee")),)
    return await _write(store, _ASSIGN, assignment, {"assignee": name}, actor=actor)


def visible(text: str) -> str:
    """Return a text without invisible characters at its ends: spaces of any kind, zero-width and control characters."""
    seen = [place for place, letter in enumerate(text) if unicodedata.category(letter)[0] not in "CZ"]
    return text[seen[0] : seen[-1] + 1] if seen else ""


def _check(review: Review) -> tuple[Complaint, ...]:
    found = []
    if review.status not in REVIEWABLE:
        wanted = f"a reviewer gives {', '.join(REVIEWABLE)}"
        found.append(("status", f"{review.status} is for a sweep to give; {wanted}"))
    if len(review.reason or "") > LONGEST_REASON:
        found.append(("reason", f"the reason is longer than {LONGEST_REASON:,} characters; say it shorter"))
    if review.status == "DISMISSED":
        if not review.reason:
            found.append(("reason", "a dismissal needs a reason"))
        if review.until is None:
            found.append(("until", "a dismissal needs its last day"))
        elif review.until < today():
            found.append(("until", "the last day of a dismissal is in the past; give today or a later day"))
    elif review.until is not None:
        found.append(("until", "only a dismissal has a last day; leave it out"))
    return tuple(Complaint(BAD_INPUT, message, ("input", name)) for name, message in found)


async def _write(
    store: Store, statement: str, asked: Review | Assignment, values: Mapping[str, object], *, actor: str
) -> tuple[Complaint, ...]:
    common: dict[str, object] = {"key": asked.key, "version": asked.version, "actor": actor}
    common |= {"token": uuid4().hex, "now": datetime.now(UTC)}

    async def work(transaction: Transaction) -> Rows:
        rows = await transaction.run(statement, {**common, **values})
        for version, before, done in rows:
            if version == asked.version and not done and not _is_final(asked, before):
                transaction.touched.add("Finding", [asked.key])
                transaction.touched.add("FindingChange", [f"{asked.key}/{asked.version + 1}"])
        return rows

    rows = await Writer(store, Origin(actor, "review"), timeout=None).transact(work)
    if not rows:
        return (Complaint(NOT_FOUND, "there is no finding of that id", ("input", "id")),)
    ((version, before, done),) = rows
    if done:
        return ()
    if version != asked.version:
        message = (
            f"the finding has changed since you looked at it: it is at version {cast(int, version)}, "
            f"not {asked.version}; look at it again"
        )
        return (Complaint(CONFLICT, message, ("input", "version")),)
    if _is_final(asked, before):
        message = "the finding is resolved; a sweep reopens it when it finds it again"
        return (Complaint(CONFLICT, message, ("input", "status")),)
    return ()


def _is_final(asked: Review | Assignment, status: object) -> bool:
    """Tell whether a reviewer cannot change a finding with this status."""
    return status == "RESOLVED" and isinstance(asked, Review)
