"""Answers about timelines and totals, found by walking the generated graph in memory, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from api.fields.timeline_facts import FACTS
from tests.seed.synthetic.graphs import Graph, Row

RANKS = {fact.kind: rank for rank, fact in enumerate(FACTS)}
KINDS = ("COURT", "FIELD_OFFICE")


def timeline(graph: Graph, child: str, day: date) -> list[tuple[str, str, str]]:
    """Return the day, the event and the record of each fact of a child, in the order of the field `timeline`."""
    found = [(on.isoformat(), event, record) for on, event, record in _facts(graph, child) if on and on <= day]
    return sorted(found, key=lambda fact: (fact[0], RANKS[fact[1]], fact[2]))


def _facts(graph: Graph, child: str) -> Iterator[tuple[date | None, str, str]]:
    def nodes(label: str, keys: list[str], **events: str) -> Iterator[tuple[date | None, str, str]]:
        for key in keys:
            for event, name in events.items():
                on = graph.nodes[label][key][name]
                yield on.date() if isinstance(on, datetime) else on, event, key

    def near(kind: str, label: str, keys: list[str]) -> list[str]:
        return [end for key in keys for end in graph.ends(kind, label).get(key, [])]

    placements = near("HAS_PLACEMENT", "Child", [child])
    cases = near("RESPONDENT_IN", "Child", [child])
    hearings = near("HAS_HEARING", "CourtCase", cases)
    about = [key for hearing in hearings for key in graph.starts("ABOUT", "Notification").get(hearing, [])]
    concerns = graph.starts("CONCERNS", "ConcernReport").get(child, [])
    yield from nodes("Child", [child], BORN="dateOfBirth", ENTERED="enteredOn", TRANSFERRED="transferredOn")
    yield from nodes("Placement", placements, RELEASED="releasedOn", PLACEMENT_ENDED="endedOn")
    studies = near("HAS_HOME_STUDY", "Placement", placements)
    yield from nodes("HomeStudy", studies, HOME_STUDY_ORDERED="orderedOn", HOME_STUDY_COMPLETED="completedOn")
    notices = near("HAS_NOTICE", "Child", [child])
    days = {"NOTICE_ISSUED": "issuedOn", "NOTICE_SERVED": "servedOn", "NOTICE_FILED": "filedOn"}
    yield from nodes("NoticeToAppear", notices, **days)
    yield from nodes("CourtCase", cases, CASE_OPENED="openedOn", CASE_CLOSED="closedOn")
    yield from nodes("Hearing", hearings, HEARING_NOTICE_SENT="noticeSentOn", HEARING="scheduledOn")
    yield from nodes("CourtOrder", near("RESULTED_IN", "Hearing", hearings), ORDER_ISSUED="issuedOn")
    yield from nodes("ContactAttempt", near("HAS_CONTACT", "Child", [child]), CONTACT_ATTEMPTED="attemptedOn")
    reliefs = near("APPLIED_FOR", "Child", [child])
    yield from nodes("ReliefApplication", reliefs, RELIEF_FILED="filedOn", RELIEF_DECIDED="decidedOn")
    told = {"NOTIFICATION_SENT": "sentAt", "NOTIFICATION_ACKNOWLEDGED": "acknowledgedAt"}
    yield from nodes("Notification", about, **told)
    days = {"CONCERN_REPORTED": "reportedOn", "CONCERN_RECEIVED": "receivedOn", "CONCERN_TRIAGED": "triagedOn"}
    yield from nodes("ConcernReport", concerns, **days, CONCERN_CLOSED="closedOn")
    days = {"APPREHENDED": "apprehendedOn", "CUSTODY_TRANSFERRED": "transferredOn", "ADMITTED": "admittedOn"}
    yield from nodes("CustodyEpisode", near("HAS_EPISODE", "Child", [child]), **days, DISCHARGED="dischargedOn")
    asked = graph.starts("FOR_CHILD", "SponsorApplication").get(child, [])
    yield from nodes("SponsorApplication", asked, SPONSOR_APPLIED="filedOn", SPONSOR_DECIDED="decidedOn")
    checks = near("HAS_CHECK", "Placement", placements)
    yield from nodes("BackgroundCheck", checks, CHECK_REQUESTED="requestedOn", CHECK_RESULT="resultOn")
    days = {"SERVICES_ORDERED": "orderedOn", "SERVICES_STARTED": "startedOn", "SERVICES_ENDED": "endedOn"}
    yield from nodes("PostReleaseService", near("HAS_SERVICE", "Placement", placements), **days)
    days = {"REPRESENTATION_BEGAN": "enteredOn", "REPRESENTATION_ENDED": "withdrawnOn"}
    yield from nodes("Representation", near("REPRESENTED_BY", "Child", [child]), **days)
    for row in graph.links["RESIDES_AT", "Child"]:
        if row["start"] == child:
            yield row["since"], "RESIDENCE_BEGAN", row["key"]
            yield row["until"], "RESIDENCE_ENDED", row["key"]
    for row in graph.links["RECORDED", "Agency"]:
        if row["end"] in hearings:
            yield row["recordedOn"], "HEARING_RECORDED", row["key"]


def oversight(graph: Graph, day: date) -> list[list[object]]:
    """Return the rows of the alert's table by fiscal year, court and field office."""
    offices = {key: row["code"] for key, row in graph.nodes["Agency"].items() if row["kind"] == "FIELD_OFFICE"}
    recorded: dict[str, set[str]] = {}
    for row in graph.links["RECORDED", "Agency"]:
        if row["start"] in offices and (row["recordedOn"] is None or row["recordedOn"] <= day):
            recorded.setdefault(row["end"], set()).add(offices[row["start"]])
    found: dict[tuple[int, str, str], list[int]] = {}
    for key, child in graph.nodes["Child"].items():
        on = child["transferredOn"] or child["enteredOn"]
        if on and on > day:
            continue
        figures = [1, *_figures(graph, key, day)]
        for place in places(graph, key, day, recorded):
            group = (on.year + on.month // 10 if on else 0, *place)
            before = found.get(group, [0] * len(figures))
            found[group] = [one + more for one, more in zip(before, figures, strict=True)]
    return [[*group, *row] for group, row in found.items()]


def places(graph: Graph, child: str, day: date, recorded: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Return the courts and field offices of a child: where it was heard, and where it lives for what is not known."""

    def codes(kind: str, label: str, key: str) -> list[str | None]:
        return [graph.nodes["Agency"][end]["code"] for end in graph.ends(kind, label).get(key, [])] or [None]

    heard: set[tuple[str | None, str | None]] = set()
    for case in graph.ends("RESPONDENT_IN", "Child").get(child, []):
        if (opened := graph.nodes["CourtCase"][case]["openedOn"]) and opened > day:
            continue
        hearings = graph.ends("HAS_HEARING", "CourtCase").get(case, [])
        known = [one for one in hearings if graph.nodes["Hearing"][one]["scheduledOn"] <= day]
        for hearing in known or [""]:
            courts = [court for court in codes("HELD_AT", "Hearing", hearing) if court]
            for court in courts or codes("VENUED_AT", "CourtCase", case):
                heard |= {(court, office) for office in recorded.get(hearing, {None})}
    near = _offices_near(graph, child, day)
    return {
        (court or there or "none", office or about or "none")
        for court, office in heard or {(None, None)}
        for there, about in near or {(None, None)}
    }


def _offices_near(graph: Graph, child: str, day: date) -> set[tuple[str | None, str | None]]:
    """Return the court and the field office that are responsible for each area that the child was released in."""
    found: set[tuple[str | None, str | None]] = set()
    for placement in graph.ends("HAS_PLACEMENT", "Child").get(child, []):
        if graph.nodes["Placement"][placement]["releasedOn"] <= day:
            [area] = graph.ends("RELEASED_IN", "Placement")[placement]
            offices = [graph.nodes["Agency"][one] for one in graph.starts("RESPONSIBLE_FOR", "Agency").get(area, [])]
            courts, fields = ([one["code"] for one in offices if one["kind"] == kind] for kind in KINDS)
            found |= {(court, field) for court in courts or [None] for field in fields or [None]}
    return found


def _figures(graph: Graph, child: str, day: date) -> tuple[int, int, int, int, int]:
    def rows(kind: str, label: str, keys: list[str], end: str) -> list[Row]:
        return [graph.nodes[end][one] for key in keys for one in graph.ends(kind, label).get(key, [])]

    cases = graph.ends("RESPONDENT_IN", "Child").get(child, [])
    hearings = rows("HAS_HEARING", "CourtCase", cases, "Hearing")
    own = {row["end"]: row["outcome"] for row in graph.links["HAD_OUTCOME", "Child"] if row["start"] == child}
    missed = any(own.get(one["key"], one["outcome"]) == "MISSED" and one["scheduledOn"] <= day for one in hearings)
    notices = rows("HAS_NOTICE", "Child", [child], "NoticeToAppear")
    filed, served = (any(one[name] and one[name] <= day for one in notices) for name in ("filedOn", "servedOn"))
    keys = graph.ends("HAS_PLACEMENT", "Child").get(child, [])
    releases = {key: graph.nodes["Placement"][key]["releasedOn"] for key in keys}
    last = max((on for on in releases.values() if on <= day), default=None)
    tried = [
        one["outcome"] == "REACHED" and (one["reached"] in (None, "CHILD", "BOTH") or _seen(one))
        for one in rows("HAS_CONTACT", "Child", [child], "ContactAttempt")
        if last and one["attemptedOn"] and last < one["attemptedOn"] <= day
    ]
    dated = [key for key, on in releases.items() if on is None or on <= day]
    bad = [
        one
        for one in rows("RELEASED_TO", "Placement", dated, "Address")
        if one["deliverability"] in ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")
    ]
    notice = int(not served and not filed), int(served and not filed)
    return int(missed), *notice, int(bool(tried) and not any(tried)), len(bad)


def _seen(contact: Row) -> bool:
    return bool(contact["kind"] in ("HOME_VISIT", "WELLNESS_CHECK") and contact["childWithSponsor"])
