"""Rings: sponsors who are joined, one to the next, by addresses and phones that they share.

What is shared is read from the graph in one pass and kept until anything is written; which of it joins whom is found in
memory, away from the event loop.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from graph.store import Store

READ_SECONDS = 120.0
KEPT = 4
"""Days and limits of which the answer is kept."""

SHARED = """CYPHER 25
CALL () {
  MATCH (address:Address)
  WHERE COUNT { (address)<-[:RESIDES_AT]-() } + COUNT { (address)<-[:RELEASED_TO]-() } > 1
  WITH address, COLLECT {
    MATCH (address)<-[residence:RESIDES_AT]-(sponsor:Sponsor)
    WHERE residence.since <= $asOf AND (residence.until IS NULL OR residence.until >= $asOf)
    RETURN sponsor.key
    UNION
    MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sponsor)
    WHERE placement.releasedOn <= $asOf
    RETURN sponsor.key
  } AS sponsors
  WHERE size(sponsors) > 1
  RETURN ['Address', address.key, sponsors] AS shared
  UNION ALL
  MATCH (phone:Phone)
  WHERE COUNT { (phone)<-[:HAS_PHONE]-() } > 1
  WITH phone, COLLECT { MATCH (phone)<-[:HAS_PHONE]-(sponsor:Sponsor) RETURN DISTINCT sponsor.key } AS sponsors
  WHERE size(sponsors) > 1
  RETURN ['Phone', phone.key, sponsors] AS shared
}
RETURN collect(shared)"""
"""Reads the addresses and phones that several sponsors have, by the rules of the question about shared addresses;
degrees are read first, so that what one sponsor has is not looked into."""

PLACED = """CYPHER 25
UNWIND $sponsors AS key
MATCH (sponsor:Sponsor {key: key})<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.releasedOn <= $asOf
WITH key, collect(DISTINCT child.key) AS children
RETURN collect([key, children])"""
"""Reads the children who were released to sponsors up to a day."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Sponsors joined by what they share, and the children released to them: keys of nodes, in order."""

    sponsors: tuple[str, ...]
    children: tuple[str, ...]
    addresses: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def key(self) -> str:
        """The least key among its sponsors, which no other ring has."""
        return self.sponsors[0]


@dataclass(frozen=True, slots=True)
class Shared:
    """An address or a phone, with the sponsors who have it."""

    label: str
    key: str
    sponsors: tuple[str, ...]


class Rings:
    """Finds the rings of a graph, and keeps them until the graph changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[str, date, int], Sequence[Ring]] = OrderedDict()
        self._finding = asyncio.Lock()

    async def of(
        self, day: date, *, min_sponsors: int, max_degree: int, bookmarks: Sequence[str] = ()
    ) -> Sequence[Ring]:
        """Return the rings of at least so many sponsors on a day, by their keys.

        What more than `max_degree` sponsors share joins nobody: a shelter's address, a switchboard's telephone.
        Raises as the store does.
        """
        async with self._finding:
            wanted = (await self._store.version(bookmarks=bookmarks), day, max_degree)
            if wanted not in self._kept:
                self._kept[wanted] = await self._find(day, max_degree, bookmarks)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(wanted)
            return [ring for ring in self._kept[wanted] if len(ring.sponsors) >= min_sponsors]

    async def _find(self, day: date, max_degree: int, bookmarks: Sequence[str]) -> Sequence[Ring]:
        shared = [
            Shared(str(label), str(key), tuple(sponsors))
            for label, key, sponsors in await self._read(SHARED, {"asOf": day}, bookmarks)
            if len(sponsors) <= max_degree
        ]
        sponsors = sorted({sponsor for thing in shared for sponsor in thing.sponsors})
        placed = await self._read(PLACED, {"asOf": day, "sponsors": sponsors}, bookmarks)
        by_sponsor = {str(key): children for key, children in placed}
        return await asyncio.to_thread(joined, shared, by_sponsor)

    async def _read(
        self, statement: str, parameters: Mapping[str, object], bookmarks: Sequence[str]
    ) -> list[list[list[str]]]:
        found = await self._store.read_value(statement, parameters, timeout=READ_SECONDS, bookmarks=bookmarks)
        return cast("list[list[list[str]]]", found)


def joined(shared: Sequence[Shared], children: Mapping[str, Sequence[str]]) -> list[Ring]:
    """Return the groups of sponsors that what they share joins, by their keys."""
    import networkx as nx  # takes a sixth of what the API takes to be imported

    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for thing in shared:
        graph.add_edges_from(((thing.label, thing.key), ("Sponsor", sponsor)) for sponsor in thing.sponsors)
    return sorted(_rings(nx.connected_components(graph), children), key=lambda ring: ring.key)


def _rings(groups: Iterable[set[tuple[str, str]]], children: Mapping[str, Sequence[str]]) -> Iterator[Ring]:
    for group in groups:
        keys: dict[str, list[str]] = {"Sponsor": [], "Address": [], "Phone": []}
        for label, key in group:
            keys[label].append(key)
        sponsors = tuple(sorted(keys["Sponsor"]))
        placed = {child for sponsor in sponsors for child in children.get(sponsor, ())}
        yield Ring(sponsors, tuple(sorted(placed)), tuple(sorted(keys["Address"])), tuple(sorted(keys["Phone"])))
