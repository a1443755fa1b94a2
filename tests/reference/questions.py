"""The four questions, answered by walking the graph.

Only facts dated up to a day count; of facts without a date it is unknown, so they count unless the question compares
their date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from tests.reference.generate import UNRELATED
from tests.reference.paging import Row, part
from tests.reference.small import SmallGraph, Thing, link

Answers = Iterator[dict[str, Any]]


def question_rows(graph: SmallGraph, name: str, arguments: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a question; its order puts the most or the longest first, ties by the entity's key."""
    answer, entity, order = QUESTIONS[name]
    given = {n: value for n, value in arguments.items() if n not in ("first", "last", "after", "before")}
    as_of = given.pop("asOf", None) or datetime.now(UTC).date()
    return [
        Row(row, row[entity].key, (part(row[order], descending=True), row[entity].key))
        for row in answer(graph, as_of, **given)
    ]


def _until(day: date | None, as_of: date) -> bool:
    return day is None or day <= as_of


def _reach(graph: SmallGraph, things: Iterable[Thing], *names: str) -> list[Thing]:
    """Return the nodes at the end of links, each once."""
    found = list(things)
    for name in names:
        found = list(
            dict.fromkeys(one.thing for thing in found for one in graph.linked(thing, link(thing.label, name)))
        )
    return found


def _placements(graph: SmallGraph, thing: Thing, as_of: date) -> list[Thing]:
    return [p for p in _reach(graph, [thing], "placements") if _until(p.get("releasedOn"), as_of)]


def _sponsors_with_children(graph: SmallGraph, as_of: date, minChildren: int) -> Answers:
    for sponsor in graph.labelled("Sponsor"):
        placements = _placements(graph, sponsor, as_of)
        children = _reach(graph, placements, "child")
        unrelated = _reach(graph, [p for p in placements if p.get("relationship") in UNRELATED], "child")
        if len(children) >= minChildren:
            yield {"sponsor": sponsor, "childCount": len(children), "unrelatedCount": len(unrelated)}


def _without_contact(graph: SmallGraph, as_of: date, minDays: int) -> Answers:
    for child in graph.labelled("Child"):
        contacts = [
            c.get("attemptedOn") for c in _reach(graph, [child], "contactAttempts") if c.get("outcome") == "REACHED"
        ]
        reached = [day for day in contacts if day is not None and day <= as_of]
        missed = [
            (day, hearing.key, hearing)
            for hearing in _reach(graph, [child], "hearings")
            if hearing.get("outcome") == "MISSED" and (day := hearing.get("scheduledOn")) and day <= as_of
        ]
        silent = [one for one in missed if not any(day > one[0] for day in reached)]
        if silent:
            day, _, hearing = min(silent, key=lambda one: one[:2])
            if (as_of - day).days >= minDays:
                yield {"child": child, "hearing": hearing, "daysSinceHearing": (as_of - day).days}


def _without_notice(graph: SmallGraph, as_of: date) -> Answers:
    for child in graph.labelled("Child"):
        filed = [notice.get("filedOn") for notice in _reach(graph, [child], "noticesToAppear")]
        if any(day is not None and day <= as_of for day in filed):
            continue
        releases = [p.get("releasedOn") for p in _placements(graph, child, as_of) if p.get("releasedOn")]
        yield {"child": child, "daysSinceRelease": (as_of - max(releases)).days if releases else None}


def _shared_addresses(graph: SmallGraph, as_of: date, minSponsors: int) -> Answers:
    for address in graph.labelled("Address"):
        placements = _placements(graph, address, as_of)
        reports = graph.linked(address, link("Address", "sponsors"))
        residents = {one.thing for one in reports if one.tie and _until(one.tie.values.get("since"), as_of)}
        sponsors = residents | {s for p in placements for s in _reach(graph, [p], "sponsor")}
        if len(sponsors) >= minSponsors:
            children = _reach(graph, placements, "child")
            yield {"address": address, "sponsorCount": len(sponsors), "childCount": len(children)}


QUESTIONS: Mapping[str, tuple[Callable[..., Answers], str, str]] = MappingProxyType(
    {
        "sponsorsWithMultipleChildren": (_sponsors_with_children, "sponsor", "childCount"),
        "childrenWithoutContactAfterMissedHearing": (_without_contact, "child", "daysSinceHearing"),
        "childrenWithoutNoticeToAppear": (_without_notice, "child", "daysSinceRelease"),
        "addressesSharedBySponsors": (_shared_addresses, "address", "sponsorCount"),
    }
)
