"""Answers about spikes of releases and concerns near employers, found by walking the generated graph in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.seed.synthetic.graphs import Graph, Row

UNRELATED = ("FAMILY_FRIEND", "UNRELATED")


def spikes(graph: Graph, day: date, *, least: int, times: int, within: int) -> list[list[object]]:
    """Return the rows of the question about spikes of releases."""
    at: dict[tuple[str, object], set[str]] = defaultdict(set)
    addresses: dict[object, list[str]] = defaultdict(list)
    for key, row in graph.nodes["Address"].items():
        addresses[_building(row)].append(key)
    areas = graph.ends("IN_AREA", "Address")
    for placement, [address] in graph.ends("RELEASED_TO", "Placement").items():
        row = graph.nodes["Address"][address]
        if row["street"]:
            at["BUILDING", min(addresses[_building(row)])].add(placement)
        at["POSTAL_AREA", areas[address][0]].add(placement)
    for placement, [area] in graph.ends("RELEASED_IN", "Placement").items():
        at["POSTAL_AREA", area].add(placement)
    sponsors = graph.ends("WITH_SPONSOR", "Placement")
    found: list[list[object]] = []
    for (kind, place), placements in at.items():
        rows = {key: graph.nodes["Placement"][key] for key in placements}
        rows = {key: row for key, row in rows.items() if row["releasedOn"] <= day}
        if len(rows) < least:
            continue
        spike, usual = _spike(rows, day, within)
        if len(spike) >= least and len(spike) >= times * usual:
            days = sorted(rows[key]["releasedOn"] for key in spike)
            unrelated = sum(rows[key]["relationship"] in UNRELATED for key in spike)
            nodes = (place, None) if kind == "BUILDING" else (None, place)
            counts = (len(spike), len({sponsors[key][0] for key in spike}), unrelated, usual)
            found.append([kind, place, *nodes, *counts, days[0].isoformat(), days[-1].isoformat()])
    return found


def _building(row: Row) -> tuple[str, ...]:
    return tuple((row[name] or "").strip().lower() for name in ("street", "city", "state", "postalCode"))


def _spike(rows: dict[str, Row], day: date, within: int) -> tuple[list[str], float]:
    """Return the releases of the fullest window, and what is usual for as many days outside it."""
    days = sorted({row["releasedOn"] for row in rows.values()})
    windows = [
        [key for key, row in rows.items() if first <= row["releasedOn"] <= first + timedelta(days=within)]
        for first in days
    ]
    spike = max(windows, key=len)
    first = min(rows[key]["releasedOn"] for key in spike)
    inside = min((day - first).days, within) + 1
    others = len(rows) - len(spike)
    return spike, others * inside / ((day - days[0]).days + 1 - inside) if others else 0.0


def concerns(graph: Graph, day: date, *, years: int, minors: int) -> list[list[object]]:
    """Return the rows of the question about concerns near cited employers, those who are grown up included."""
    areas = graph.ends("IN_AREA", "Employer")
    sites, area_of = graph.ends("LOCATED_AT", "Employer"), graph.ends("IN_AREA", "Address")
    found: list[list[object]] = []
    for report, [child] in graph.ends("CONCERNS", "ConcernReport").items():
        row = graph.nodes["ConcernReport"][report]
        on = row["reportedOn"]
        if row["kind"] not in ("LABOR", "TRAFFICKING") or on is None or on > day:
            continue
        named = set(graph.ends("NAMES", "ConcernReport").get(report, []))
        placements = [
            key
            for key in graph.ends("HAS_PLACEMENT", "Child").get(child, [])
            if graph.nodes["Placement"][key]["releasedOn"] <= on
        ]
        homes = _near(graph, "RELEASED_TO", "Placement", placements)
        near = _near(graph, "RELEASED_IN", "Placement", placements) | {a for home in homes for a in area_of[home]}
        for employer in graph.nodes["Employer"]:
            own = {*areas.get(employer, []), *(a for site in sites.get(employer, []) for a in area_of[site])}
            nearness = (
                "NAMED"
                if employer in named
                else "SAME_ADDRESS"
                if homes & set(sites.get(employer, []))
                else "SAME_AREA"
                if near & own
                else ""
            )
            first, last_day = _shifted(on, -years), min(_shifted(on, years), day)
            counted = [one for one in _findings(graph, employer, minors) if first <= one["foundOn"] <= last_day]
            if nearness and counted:
                last = max(one["foundOn"] for one in counted).isoformat()
                total = sum(one["minorsAffected"] for one in counted)
                found.append([child, report, employer, nearness, total, on.isoformat(), last])
    return found


def _near(graph: Graph, kind: str, label: str, keys: Iterable[str]) -> set[str]:
    return {end for key in keys for end in graph.ends(kind, label).get(key, [])}


def _findings(graph: Graph, employer: str, minors: int) -> list[dict[str, Any]]:
    rows = [graph.nodes["LaborViolation"][key] for key in graph.ends("CITED_FOR", "Employer").get(employer, [])]
    return [row for row in rows if row["minorsAffected"] >= minors]


def _shifted(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29) and years % 4
    return day.replace(year=day.year + years, day=28 if leap else day.day)
