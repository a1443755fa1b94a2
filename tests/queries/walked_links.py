"""Answers about rings and chains, found by walking the generated graph in memory, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

import networkx as nx

from tests.seed.synthetic.graphs import Graph

DIRECT = ("HAS_PLACEMENT", "WITH_SPONSOR", "SIBLING_OF")
JOINING = ("RESIDES_AT", "RELEASED_TO", "HAS_PHONE")
NO_HOME = ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")
HUBS = ("SHELTER", "HOTEL", "MAILBOX")

Chain = tuple[tuple[str, ...], tuple[str, ...]]
"""The keys of what stands on a chain, and the relationships between them."""


class Time(NamedTuple):
    """Who is at an address or has a number: from a day on, until the first of some days."""

    who: str
    kind: str
    since: date
    ends: tuple[date, ...]

    def meets(self, other: Time) -> bool:
        """Tell whether both were there on one day."""
        first = max(self.since, other.since)
        return all(first <= end for end in (*self.ends, *other.ends))


class Places:
    """Who was at which address and had which number, up to a day."""

    def __init__(self, graph: Graph, day: date) -> None:
        self._graph = graph
        self._day = day
        self.links: dict[str, int] = defaultdict(int)
        for kind in (*DIRECT, *JOINING):
            for (found, _), rows in graph.links.items():
                for row in rows if found == kind else ():
                    self.links[row["start"]] += 1
                    self.links[row["end"]] += 1
        self.child = {end: start for start, ends in graph.ends("HAS_PLACEMENT", "Child").items() for end in ends}
        self.sponsor = {start: ends[0] for start, ends in graph.ends("WITH_SPONSOR", "Placement").items()}
        self.times: dict[str, list[Time]] = defaultdict(list)
        for place, time in self._times():
            if time.since <= day and self._joins(place):
                self.times[place].append(time)

    def _joins(self, place: str) -> bool:
        row = self._graph.nodes["Address"].get(place, {})
        return row.get("deliverability") not in NO_HOME and row.get("kind") not in HUBS

    def _times(self) -> Iterator[tuple[str, Time]]:
        graph = self._graph
        left: dict[tuple[str, str], list[date]] = defaultdict(list)
        for label in ("Child", "Sponsor"):
            for row in graph.links["RESIDES_AT", label]:
                ends = () if row["until"] is None else (row["until"],)
                left[row["start"], row["end"]] += ends
                yield row["end"], Time(row["start"], "RESIDES_AT", row["since"], ends)
            for row in graph.links["HAS_PHONE", label]:
                ends = () if row["until"] is None else (row["until"],)
                yield row["end"], Time(row["start"], "HAS_PHONE", row["since"] or date.min, ends)
        for row in graph.links["RELEASED_TO", "Placement"]:
            placement = graph.nodes["Placement"][row["start"]]
            since = placement["releasedOn"]
            others = graph.ends("HAS_PLACEMENT", "Child")[self.child[row["start"]]]
            later = [graph.nodes["Placement"][other]["releasedOn"] for other in others]
            known = [placement["endedOn"], *left[self.sponsor[row["start"]], row["end"]]]
            ends = (*(end for end in known if end and end >= since), *(end for end in later if end > since))
            yield row["end"], Time(row["start"], "RELEASED_TO", since, ends)

    def of_sponsors(self, place: str) -> Iterator[Time]:
        """Give the times of sponsors who are there, or have a number, by a report that counts or by a release."""
        for time in self.times[place]:
            if time.kind == "RELEASED_TO":
                yield time._replace(who=self.sponsor[time.who])
            elif time.who in self._graph.nodes["Sponsor"] and all(self._day <= end for end in time.ends):
                yield time


def rings(graph: Graph, day: date, *, least: int, sharing: int) -> list[list[object]]:
    """Return the rows of the question about rings."""
    places = Places(graph, day)
    joined: nx.Graph[str] = nx.Graph()
    joining: dict[str, set[str]] = defaultdict(set)
    for place in places.times:
        if places.links[place] <= sharing:
            for one, other in combinations(list(places.of_sponsors(place)), 2):
                if one.who != other.who and one.meets(other):
                    joined.add_edge(one.who, other.who)
                    joining[place] |= {one.who, other.who}
    children = defaultdict(set)
    for placement, sponsor in places.sponsor.items():
        if graph.nodes["Placement"][placement]["releasedOn"] <= day:
            children[sponsor].add(places.child[placement])
    found: list[list[object]] = []
    for group in nx.connected_components(joined):
        if len(group) >= least:
            things = [place for place, sponsors in joining.items() if sponsors <= group]
            addresses = sum(place in graph.nodes["Address"] for place in things)
            placed = set().union(*(children[sponsor] for sponsor in group))
            row = (min(group), min(group), len(group), len(placed), addresses, len(things) - addresses)
            found.append([*row])
    return found


class Walk:
    """Walks from person to person over the links that count on a day."""

    def __init__(self, graph: Graph, day: date, *, degree: int, sharing: int) -> None:
        self._places = Places(graph, day)
        self._degree = degree
        unborn = {key for key, row in graph.nodes["Child"].items() if (row["transferredOn"] or row["enteredOn"]) > day}
        unborn |= {key for key, row in graph.nodes["Placement"].items() if row["releasedOn"] > day}
        self._steps: dict[str, list[Chain]] = defaultdict(list)
        for (kind, _), rows in graph.links.items():
            for row in rows if kind in DIRECT else ():
                if not {row["start"], row["end"]} & unborn:
                    self._steps[row["start"]].append(((row["end"],), (kind,)))
                    self._steps[row["end"]].append(((row["start"],), (kind,)))
        for place, times in self._places.times.items():
            if self._places.links[place] > sharing:
                continue
            for one, other in combinations([time for time in times if time.who not in unborn], 2):
                if one.who != other.who and one.meets(other):
                    self._steps[one.who].append(((place, other.who), (one.kind, other.kind)))
                    self._steps[other.who].append(((place, one.who), (other.kind, one.kind)))

    def chains(self, start: str, most: int) -> dict[str, Chain]:
        """Return the first of the shortest chains to everything within so many links, in the order of their keys."""
        found: dict[str, Chain] = {start: ((start,), ())}
        at: list[Sequence[str]] = [[start]]
        for length in range(1, most + 1):
            reached: dict[str, Chain] = {}
            for before in (1, 2):
                for node in at[length - before] if before <= length else ():
                    if node == start or self._places.links[node] <= self._degree:
                        for keys, kinds in self._steps[node]:
                            if len(keys) == before and keys[-1] not in found:
                                chain = (found[node][0] + keys, found[node][1] + kinds)
                                reached[keys[-1]] = min(chain, reached.get(keys[-1], chain))
            found |= reached
            at.append(list(reached))
        return found
