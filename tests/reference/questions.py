"""Four of the questions, answered by walking the graph; only facts dated up to the day asked about count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from queries.question import TODAY, Parameter, Question
from tests.reference.conditions import bad_input
from tests.reference.generate import UNRELATED
from tests.reference.paging import Row, part
from tests.reference.small import SmallGraph, Thing, link

Answers = Iterator[dict[str, Any]]


def question_rows(graph: SmallGraph, question: Question, arguments: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a question; its order puts the most or the longest first, ties by the entity's key."""
    answer, entity, order = QUESTIONS[question.name]
    given = {parameter.name: _value(parameter, arguments.get(parameter.name)) for parameter in question.parameters}
    return [
        Row(row, row[entity].key, (part(row[order], descending=True), row[entity].key))
        for row in answer(graph, **given)
    ]


def _value(parameter: Parameter, given: Any) -> Any:
    if given is None:
        return datetime.now(UTC).date() if parameter.default == TODAY else parameter.default
    if parameter.minimum is not None and given < parameter.minimum:
        raise bad_input(f"{parameter.name} is at least {parameter.minimum}.")
    return given


def _until(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


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


def _sponsors_with_children(graph: SmallGraph, asOf: date, minChildren: int) -> Answers:
    for sponsor in graph.labelled("Sponsor"):
        placements = _placements(graph, sponsor, asOf)
        children = _reach(graph, placements, "child")
        unrelated = _reach(graph, [p for p in placements if p.get("relationship") in UNRELATED], "child")
        if len(children) >= minChildren:
            yield {"sponsor": sponsor, "childCount": len(children), "unrelatedCount": len(unrelated)}


def _without_contact(graph: SmallGraph, asOf: date, minDays: int) -> Answers:
    for child in graph.labelled("Child"):
        contacts = [c for c in _reach(graph, [child], "contactAttempts") if c.get("outcome") == "REACHED"]
        reached = [c.get("attemptedOn") for c in contacts if _until(c.get("attemptedOn"), asOf)]
        hearings = [h for h in _reach(graph, [child], "hearings") if h.get("outcome") == "MISSED"]
        missed = sorted((h.get("scheduledOn"), h.key, h) for h in hearings if _until(h.get("scheduledOn"), asOf))
        silent = [(day, hearing) for day, _, hearing in missed if not any(contact > day for contact in reached)]
        if silent and (asOf - silent[0][0]).days >= minDays:
            yield {"child": child, "hearing": silent[0][1], "daysSinceHearing": (asOf - silent[0][0]).days}


def _without_notice(
    graph: SmallGraph,
    asOf: date,
    noticeState: list[str],
    includeReliefPending: bool,
    includeInCare: bool,
    includeGrownUp: bool,
) -> Answers:
    for child in graph.labelled("Child"):
        arrived = child.get("transferredOn") or child.get("enteredOn") or asOf
        notices = _reach(graph, [child], "noticesToAppear")
        if arrived > asOf or any(_until(notice.get("filedOn"), asOf) for notice in notices):
            continue
        releases = [placement.get("releasedOn") for placement in _placements(graph, child, asOf)]
        row = {
            "child": child,
            "daysSinceRelease": (asOf - max(releases)).days if releases else None,
            "noticeState": _notice_state(notices, asOf),
            "reliefPending": any(_pending(one, asOf) for one in _reach(graph, [child], "reliefApplications")),
            "inCare": not releases,
            "grownUp": _grown_up(child.get("dateOfBirth"), asOf),
        }
        if row["noticeState"] in noticeState and (
            (includeReliefPending or not row["reliefPending"])
            and (includeInCare or not row["inCare"])
            and (includeGrownUp or not row["grownUp"])
        ):
            yield row


def _notice_state(notices: list[Thing], as_of: date) -> str:
    if any(_until(notice.get("servedOn"), as_of) for notice in notices):
        return "NOT_FILED"
    return "NOT_SERVED" if any(_until(notice.get("issuedOn"), as_of) for notice in notices) else "NOT_ISSUED"


def _pending(application: Thing, as_of: date) -> bool:
    decided = application.get("decidedOn")
    stands = application.get("status") == "PENDING" if decided is None else decided > as_of
    return _until(application.get("filedOn"), as_of) and stands


def _grown_up(born: date | None, as_of: date) -> bool | None:
    if born is None:
        return None
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day)) >= 18


def _shared_addresses(graph: SmallGraph, asOf: date, minSponsors: int) -> Answers:
    for address in graph.labelled("Address"):
        placements = _placements(graph, address, asOf)
        reports = [(one.thing, one.tie.values) for one in graph.linked(address, link("Address", "sponsors")) if one.tie]
        residents = [
            sponsor
            for sponsor, report in reports
            if _until(report.get("since"), asOf) and (report.get("until") or asOf) >= asOf
        ]
        sponsors = {*residents, *_reach(graph, placements, "sponsor")}
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
