"""Mutations: what each writes, and how its input becomes a call; the payload is read by the compiler afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from api.ids import label_and_key
from api.policy import REVIEW, Actor
from graph.store import Store
from queries.findings.review import Assignment, Complaint, Review, assign_finding, review_finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutation: the key of the finding that it names, and why nothing was changed, if nothing was."""

    key: str | None = None
    errors: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class Mutations:
    """Writes to a store what mutations ask for, each in one transaction."""

    store: Store

    async def __call__(self, name: str, arguments: Mapping[str, object], actor: Actor) -> Outcome:
        """Carry out one mutation; raises `Forbidden` when the actor may not review."""
        actor.require(REVIEW)
        given = cast(Mapping[str, object], arguments["input"])
        found = label_and_key(str(given["id"]))
        key = found[1] if found and found[0] == "Finding" else ""
        version = cast(int, given["version"])
        if name == "assignFinding":
            assignment = Assignment(key, version, cast(str | None, given.get("assignee")))
            return Outcome(key, await assign_finding(self.store, assignment, actor=actor.name))
        review = Review(
            key,
            version,
            cast(str, given["status"]),
            cast(str | None, given.get("reason")),
            cast(date | None, given.get("until")),
        )
        return Outcome(key, await review_finding(self.store, review, actor=actor.name))

    def bookmarks(self) -> list[str]:
        """Return the marks of what was written, for a reader elsewhere that must see it."""
        return sorted(self.store.last_bookmarks())
