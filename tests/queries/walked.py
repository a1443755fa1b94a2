"""Answers about links, timelines and totals, found by walking the generated graph in memory, without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import networkx as nx

from api.compiler.facts import FACTS
from tests.seed.synthetic.graphs import Graph, Row

LINKS = ("HAS_PLACEMENT", "WITH_SPONSOR", "SIBLING_OF", "RESIDES_AT", "RELEASED_TO", "HAS_PHONE")
RANKS = {fact.kind: rank for rank, fact in enumerate(FACTS)}
JOINING = ("WITH_SPONSOR", "RESIDES_AT", "RELEASED_TO", "HAS_PHONE")


def degrees(graph: Graph, kinds: Sequence[str]) -> Counter[str]:
    """Return how many relationships of some kinds each node has."""
    counted = [row for (kind, _), rows in graph.links.items() if kind in kinds for row in rows]
    return Counter(end for row in counted for end in (row["start"], row["end"]))


def linked(graph: Graph, day: date, *, kinds: tuple[str, ...], current: bool = False) -> nx.Graph[str]:
    """Return the nodes and links that count on a day; with `current`, only reports of where someone still resides."""
    later = {key for key, row in graph.nodes["Child"].items() if (row["transferredOn"] or row["enteredOn"]) > day}
    released = {key for key, row in graph.nodes["Placement"].items() if row["releasedOn"] and row["releasedOn"] <= day}
    found: nx.Graph[str] = nx.Graph()
    for (kind, start), rows in graph.links.items():
        for row in rows:
            ends = (row["start"], row["end"])
            placements = {end for end in ends if end in graph.nodes["Placement"]}
            followed = kind in kinds and placements <= released and not (current and start == "Child")
            followed = followed and (current or not later & {*ends})
            if followed and (kind != "RESIDES_AT" or _counts(row, day, current=current)):
                found.add_edge(*ends, kind=kind)
    return found


def _counts(report: Row, day: date, *, current: bool) -> bool:
    begun = report["since"] is not None and report["since"] <= day
    return begun and not (current and report["until"] is not None and report["until"] < day)


def rings(graph: Graph, day: date, *, least: int, degree: int) -> list[list[object]]:
    """Return the rows of the question about rings."""
    joined = linked(graph, day, kinds=JOINING, current=True)
    degree_of = degrees(graph, JOINING)
    sponsors, shared = set(graph.nodes["Sponsor"]), {*graph.nodes["Address"], *graph.nodes["Phone"]}
    joined.remove_nodes_from([node for node in shared if node in joined and degree_of[node] > degree])
    children = graph.starts("HAS_PLACEMENT", "Child")
    found: list[list[object]] = []
    for group in nx.connected_components(joined):
        members = sorted(group & sponsors)
        if len(members) < least:
            continue
        things = [node for node in group & shared if len(_sharers(joined, node, sponsors)) > 1]
        placed = {child for node in group if node in graph.nodes["Placement"] for child in children[node]}
        addresses = sum(node in graph.nodes["Address"] for node in things)
        found.append([members[0], members[0], len(members), len(placed), addresses, len(things) - addresses])
    return found


def _sharers(joined: nx.Graph[str], node: str, sponsors: set[str]) -> set[str]:
    near = set(joined[node])
    return {one for start in near for one in ({start} if start in sponsors else set(joined[start]) & sponsors)}


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
    yield from nodes("ConcernReport", concerns, CONCERN_REPORTED="reportedOn")
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
        for place in _places(graph, key, day, recorded):
            group = (on.year + on.month // 10 if on else 0, *place)
            before = found.get(group, [0] * len(figures))
            found[group] = [one + more for one, more in zip(before, figures, strict=True)]
    return [[*group, *row] for group, row in found.items()]


def _places(graph: Graph, child: str, day: date, recorded: dict[str, set[str]]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for case in graph.ends("RESPONDENT_IN", "Child").get(child, []):
        if (opened := graph.nodes["CourtCase"][case]["openedOn"]) and opened > day:
            continue
        venues = graph.ends("VENUED_AT", "CourtCase").get(case, [])
        courts = [graph.nodes["Agency"][venue]["code"] for venue in venues] or ["none"]
        hearings = graph.ends("HAS_HEARING", "CourtCase").get(case, [])
        heard = [one for one in hearings if graph.nodes["Hearing"][one]["scheduledOn"] <= day]
        offices = {office for one in heard for office in recorded.get(one, ())} or {"none"}
        found |= {(court, office) for court in courts for office in offices}
    return found or {("none", "none")}


def _figures(graph: Graph, child: str, day: date) -> tuple[int, int, int, int]:
    def rows(kind: str, label: str, keys: list[str], end: str) -> list[Row]:
        return [graph.nodes[end][one] for key in keys for one in graph.ends(kind, label).get(key, [])]

    cases = graph.ends("RESPONDENT_IN", "Child").get(child, [])
    hearings = rows("HAS_HEARING", "CourtCase", cases, "Hearing")
    missed = any(one["outcome"] == "MISSED" and one["scheduledOn"] <= day for one in hearings)
    notices = rows("HAS_NOTICE", "Child", [child], "NoticeToAppear")
    filed = any(one["filedOn"] and one["filedOn"] <= day for one in notices)
    keys = graph.ends("HAS_PLACEMENT", "Child").get(child, [])
    releases = {key: graph.nodes["Placement"][key]["releasedOn"] for key in keys}
    first = min((on for on in releases.values() if on), default=None)
    tried = [
        one["outcome"]
        for one in rows("HAS_CONTACT", "Child", [child], "ContactAttempt")
        if first and one["attemptedOn"] and first <= one["attemptedOn"] <= day
    ]
    dated = [key for key, on in releases.items() if on is None or on <= day]
    bad = [
        one
        for one in rows("RELEASED_TO", "Placement", dated, "Address")
        if one["deliverability"] in ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")
    ]
    return int(missed), int(not filed), int(bool(tried) and "REACHED" not in tried), len(bad)
