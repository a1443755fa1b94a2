"""Rings: sponsors who are joined, one to the next, by addresses and phones that they share.

What is shared is read from the graph in one pass and kept until anything is written. Whom it joins is computed in
memory, in a thread.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from graph.errors import StoreTimeout
from graph.store import Store

KEPT = 4
"""How many answers are kept, each for a day and a limit."""
AT_ONCE = 2
"""How many are computed at once: each reads much of the graph and holds it in memory."""

SHARED = """CYPHER 25
CALL () {
  MATCH (address:Address)
  WHERE 1 < COUNT { (address)<-[:RESIDES_AT|RELEASED_TO]-() } <= $maxDegree
    AND coalesce(NOT address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
    AND coalesce(NOT address.kind IN ['SHELTER', 'HOTEL', 'MAILBOX'], true)
  WITH address, COLLECT {
    MATCH (address)<-[report:RESIDES_AT]-(sponsor:Sponsor)
    WHERE report.since <= $asOf AND (report.until IS NULL OR report.until >= $asOf)
    RETURN [sponsor, report.since, null] AS stay
    UNION
    MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sponsor)
    WHERE placement.releasedOn <= $asOf
    RETURN [sponsor, placement.releasedOn, placement] AS stay
  } AS stays
  WHERE any(stay IN stays WHERE stay[0] <> stays[0][0])
  UNWIND stays AS stay
  WITH address, stay[0] AS sponsor, stay[1] AS since, stay[2] AS placement
  WITH address, sponsor, since, [day IN [placement.endedOn] + COLLECT {
    MATCH (placement)<-[:HAS_PLACEMENT]-()-[:HAS_PLACEMENT]->(next)
    WHERE since < next.releasedOn
    RETURN next.releasedOn AS day
    UNION
    MATCH (sponsor)-[left:RESIDES_AT]->(address)
    WHERE placement IS NOT NULL AND left.since <= left.until
    RETURN left.until AS day
  } WHERE since <= day] AS ends
  WITH address, collect([sponsor.key, toString(since), [day IN ends | toString(day)]]) AS times
  RETURN ['Address', address.key, times] AS shared
  UNION ALL
  MATCH (phone:Phone)
  WHERE 1 < COUNT { (phone)<-[:HAS_PHONE]-() } <= $maxDegree
  WITH phone, COLLECT {
    MATCH (phone)<-[use:HAS_PHONE]-(sponsor:Sponsor)
    WHERE coalesce(use.since <= $asOf, true) AND coalesce(use.until >= $asOf, true)
    RETURN DISTINCT [sponsor.key, '', []]
  } AS times
  WHERE size(times) > 1
  RETURN ['Phone', phone.key, times] AS shared
}
RETURN collect(shared)"""
"""Reads the addresses and phones that several sponsors have, with their times there: the sponsor, the first day and the
days on which it may have ended, by the rules of the question about rings. Degrees are read first, so that what only
one sponsor has is skipped."""

PLACED = """CYPHER 25
UNWIND $sponsors AS key
MATCH (sponsor:Sponsor {key: key})<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.releasedOn <= $asOf
WITH key, collect(DISTINCT child.key) AS children
RETURN collect([key, children])"""
"""Reads the children who were released to sponsors up to a day."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements that read the graph, and the values of parameters of their own that they have, if any."""

    shared: str = SHARED
    placed: str = PLACED
    values: tuple[tuple[str, object], ...] = ()


EVERYTHING = Reading()
"""Reads the whole graph."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Sponsors joined by what they share, and the children released to them: keys of nodes, in order."""

    sponsors: tuple[str, ...]
    children: tuple[str, ...]
    addresses: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def key(self) -> str:
        """The smallest key among its sponsors, which no other ring has."""
        return self.sponsors[0]


@dataclass(frozen=True, slots=True)
class Shared:
    """An address or a phone, with sponsors each of whom had it at the same time as the next."""

    label: str
    key: str
    sponsors: tuple[str, ...]


Time = tuple[str, str, Sequence[str]]
"""A sponsor's time with an address or phone: the sponsor, the first day, and the days on which it may have ended."""


_NEVER = "~"
"""A text that is later than that of every day."""
_Joined = tuple[str, str, int]
"""A sponsor, or one of the times at which something was shared: the label, the key, and the number of the time."""
_Wanted = tuple[str, date, int, str]
"""The state of the graph, the day, the maximum degree, and a text that distinguishes readings."""


@dataclass(slots=True)
class _Search:
    """Rings that are being computed, and how many callers wait for them."""

    task: asyncio.Task[Sequence[Ring]]
    waiting: int = 0


class Rings:
    """Finds the rings of a graph, and keeps them until the graph changes.

    A caller whose rings are already being computed waits for them, up to its own deadline. Each combination of state,
    day and limit is computed once, a few at a time. A computation that nobody waits for any more is cancelled.
    """

    def __init__(self, store: Store, *, deadline: float = 30.0) -> None:
        self._store = store
        self._deadline = deadline
        self._kept: OrderedDict[_Wanted, Sequence[Ring]] = OrderedDict()
        self._finding: dict[_Wanted, _Search] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    async def of(
        self,
        day: date,
        *,
        min_sponsors: int,
        max_degree: int,
        bookmarks: Sequence[str] = (),
        reading: Reading = EVERYTHING,
    ) -> Sequence[Ring]:
        """Return the rings with a minimum number of sponsors on a day, by key, in the part of the graph that is read.

        An address with more than `max_degree` reports and releases, or a telephone with more owners, joins nobody.
        Raises `StoreTimeout` when everything together takes longer than the deadline, and otherwise as the store does.
        """
        try:
            async with asyncio.timeout(self._deadline):
                version = await self._store.version(bookmarks=bookmarks)
                wanted = (version, day, max_degree, "" if reading == EVERYTHING else repr(reading))
                rings = self._kept.get(wanted)
                if rings is None:
                    rings = await self._found(wanted, bookmarks, reading)
                else:
                    self._kept.move_to_end(wanted)
        except TimeoutError:
            raise StoreTimeout("the rings were not found in time; ask again, or allow more time") from None
        return [ring for ring in rings if len(ring.sponsors) >= min_sponsors]

    async def _found(self, wanted: _Wanted, bookmarks: Sequence[str], reading: Reading) -> Sequence[Ring]:
        """Wait for rings that are being computed, and start computing them if nobody does."""
        search = self._finding.get(wanted)
        if search is None:
            search = self._finding[wanted] = _Search(asyncio.create_task(self._search(wanted, bookmarks, reading)))
        search.waiting += 1
        try:
            return await asyncio.shield(search.task)
        finally:
            search.waiting -= 1
            if not search.waiting and self._finding.get(wanted) is search:
                del self._finding[wanted]
                search.task.cancel()

    async def _search(self, wanted: _Wanted, bookmarks: Sequence[str], reading: Reading) -> Sequence[Ring]:
        async with self._room:
            _, day, max_degree, _ = wanted
            rings = await self._find(day, max_degree, bookmarks, reading)
        self._kept[wanted] = rings
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return rings

    async def _find(self, day: date, max_degree: int, bookmarks: Sequence[str], reading: Reading) -> Sequence[Ring]:
        known = {"asOf": day, **dict(reading.values)}
        shared = [
            Shared(str(label), str(key), sponsors)
            for label, key, times in await self._read(reading.shared, {**known, "maxDegree": max_degree}, bookmarks)
            for sponsors in together(cast("list[Time]", times))
        ]
        sponsors = sorted({sponsor for thing in shared for sponsor in thing.sponsors})
        placed = await self._read(reading.placed, {**known, "sponsors": sponsors}, bookmarks)
        by_sponsor = {str(key): children for key, children in placed}
        return await asyncio.to_thread(joined, shared, by_sponsor)

    async def _read(
        self, statement: str, parameters: Mapping[str, object], bookmarks: Sequence[str]
    ) -> list[list[Any]]:
        found = await self._store.read_value(statement, parameters, timeout=self._deadline, bookmarks=bookmarks)
        return cast("list[list[Any]]", found)


def together(times: Iterable[Time]) -> Iterator[tuple[str, ...]]:
    """Yield groups of several sponsors, each of whom had something at the same time as the next.

    A time ends on the first of the days on which it may have ended. A time that ends on the first day of the next one
    still overlaps with it.
    """
    group: set[str] = set()
    last = ""
    for sponsor, since, ends in sorted(times, key=lambda time: time[1]):
        if since > last:
            if len(group) > 1:
                yield tuple(sorted(group))
            group = set()
        group.add(sponsor)
        last = max(last, min(ends, default=_NEVER))
    if len(group) > 1:
        yield tuple(sorted(group))


def joined(shared: Sequence[Shared], children: Mapping[str, Sequence[str]]) -> list[Ring]:
    """Return the groups of sponsors joined by what they share, ordered by their keys."""
    import networkx as nx  # importing it takes a sixth of the time that the API takes

    graph: nx.Graph[_Joined] = nx.Graph()
    for place, thing in enumerate(shared):
        graph.add_edges_from(((thing.label, thing.key, place), ("Sponsor", sponsor, 0)) for sponsor in thing.sponsors)
    return sorted(_rings(nx.connected_components(graph), children), key=lambda ring: ring.key)


def _rings(groups: Iterable[set[_Joined]], children: Mapping[str, Sequence[str]]) -> Iterator[Ring]:
    for group in groups:
        keys: dict[str, set[str]] = {"Sponsor": set(), "Address": set(), "Phone": set()}
        for label, key, _ in group:
            keys[label].add(key)
        sponsors = tuple(sorted(keys["Sponsor"]))
        placed = {child for sponsor in sponsors for child in children.get(sponsor, ())}
        yield Ring(sponsors, tuple(sorted(placed)), tuple(sorted(keys["Address"])), tuple(sorted(keys["Phone"])))
