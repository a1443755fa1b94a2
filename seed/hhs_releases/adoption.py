"""Matches the rows of a record number with the graph's children, however many rows had the number in an earlier file.

If one row had a number and now two have it, or the other way round, no child may be left without a row. Each child is
adopted by the row that it matches best and keeps its key, so that whatever is linked to it stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple, cast

from graph.store import Store
from graph.writing.writer import BATCH_SECONDS, BATCH_SIZE

KEY_PREFIX = "hhs-releases"

Facts = tuple[str | None, ...]
"""Country, sex, days of entry and release, ZIP code, category and relationship, as text."""

_WEIGHTS = (2, 2, 3, 3, 2, 1, 1)
_ALIKE = sum(_WEIGHTS) / 2
_MOST_COMPARED = 100
"""How many rows and children of one number are compared one by one, apart from those whose facts are all the same."""

_ANY = f"CYPHER 25 MATCH (c:Child) WHERE c.key STARTS WITH '{KEY_PREFIX}-' WITH c LIMIT 1 RETURN count(c)"
_TOLD_APART = (
    f"CYPHER 25 MATCH (c:Child) WHERE c.key STARTS WITH '{KEY_PREFIX}-' AND size(split(c.key, '-')) > $parts "
    "RETURN collect(DISTINCT split(c.key, '-')[$parts - 1])"
)
_KNOWN = f"""CYPHER 25 UNWIND $numbers AS number
CALL (number) {{
  MATCH (c:Child {{key: '{KEY_PREFIX}-' + number}}) RETURN c
  UNION
  MATCH (c:Child) WHERE c.key STARTS WITH '{KEY_PREFIX}-' + number + '-' RETURN c
}}
OPTIONAL MATCH (c)-[:HAS_PLACEMENT]->(p:Placement {{key: c.key}})
RETURN number, c.key, c.countryOfBirth, c.sex, toString(c.enteredOn), toString(p.releasedOn),
  COLLECT {{ MATCH (p)-[:RELEASED_IN]->(area) RETURN area.postalCode ORDER BY area.key }}[0],
  p.sponsorCategory, p.relationship
ORDER BY number, c.key"""


class Candidate(NamedTuple):
    """A row of a record number: the key that its facts would give it, the facts, and its sort key among the rows."""

    key: str
    facts: Facts
    order: tuple[str, ...]


class Known(NamedTuple):
    """A child of the graph, with its facts."""

    key: str
    facts: Facts


class Adoption(NamedTuple):
    """The keys of the children that rows adopt, by the rows' own keys, and the keys of children that no row adopts."""

    keys: Mapping[str, str]
    left: Sequence[str]


async def numbers_told_apart(store: Store) -> frozenset[str]:
    """Return the record numbers for which the graph has a child whose key was made from its facts."""
    if await store.read(_ANY, timeout=BATCH_SECONDS) == [[0]]:
        return frozenset()
    found = await store.read_value(_TOLD_APART, {"parts": KEY_PREFIX.count("-") + 2}, timeout=BATCH_SECONDS)
    return frozenset(cast(list[str], found))


async def known_children(store: Store, numbers: Collection[str]) -> dict[str, list[Known]]:
    """Return the children that the graph has for these record numbers."""
    known: dict[str, list[Known]] = defaultdict(list)
    if not numbers or await store.read(_ANY, timeout=BATCH_SECONDS) == [[0]]:
        return known
    ordered = sorted(numbers)
    for start in range(0, len(ordered), BATCH_SIZE):
        batch = {"numbers": ordered[start : start + BATCH_SIZE]}
        for number, key, *facts in await store.read(_KNOWN, batch, timeout=BATCH_SECONDS):
            known[cast(str, number)].append(Known(cast(str, key), tuple(cast(list[str | None], facts))))
    return known


def adopt(rows: Sequence[Candidate], known: Sequence[Known], *, partial: bool = False) -> Adoption:
    """Give each row of a number the child that it matches best, or a key that no child has.

    The order of the rows does not matter. `partial` says that the file may lack some children of the number: then a row
    adopts only a child that is very similar, and no child is reported as left over.
    """
    matching = _Matching(rows, known)
    matching.match_same_rows()
    matching.match_same_facts()
    matching.match_alike(least=_ALIKE if partial else 0)
    taken = {child.key for child in known}
    for row in matching.waiting():
        key = next(key for key in _names(row.key) if key not in taken)
        matching.keys[row.key] = key
        taken.add(key)
    return Adoption(matching.keys, () if partial else tuple(matching.free))


class _Matching:
    """Rows and children, each in a fixed order, matched step by step."""

    def __init__(self, rows: Sequence[Candidate], known: Sequence[Known]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.order, row.key))
        self.free = {child.key: child for child in sorted(known, key=lambda child: child.key)}
        self.keys: dict[str, str] = {}

    def waiting(self) -> list[Candidate]:
        """Return the rows that have no child yet."""
        return [row for row in self._rows if row.key not in self.keys]

    def match_same_rows(self) -> None:
        """Match rows with the children that were made from them and still have their facts."""
        for row in self._rows:
            child = self.free.get(row.key)
            if child and child.facts == row.facts:
                self._match(row, child)

    def match_same_facts(self) -> None:
        """Match rows with children that have the same facts."""
        same: dict[Facts, list[Known]] = defaultdict(list)
        for child in reversed(self.free.values()):
            same[child.facts].append(child)
        for row in self.waiting():
            if children := same.get(row.facts):
                self._match(row, children.pop())

    def match_alike(self, *, least: float) -> None:
        """Match rows with the most similar children, if they are similar at all."""
        pairs = [
            (-_likeness(row.facts, child.facts), row.key != child.key, row, child)
            for row in self.waiting()[:_MOST_COMPARED]
            for child in list(self.free.values())[:_MOST_COMPARED]
        ]
        for unlike, _, row, child in sorted(pairs, key=lambda pair: pair[:2]):
            if -unlike >= least and row.key not in self.keys and child.key in self.free:
                self._match(row, child)

    def _match(self, row: Candidate, child: Known) -> None:
        self.keys[row.key] = child.key
        del self.free[child.key]


def _likeness(one: Facts, other: Facts) -> int:
    return sum(weight for weight, a, b in zip(_WEIGHTS, one, other, strict=True) if a is not None and a == b)


def _names(key: str) -> Iterator[str]:
    """Yield the key, and then variants of it."""
    yield key
    yield from (f"{key}-{number}" for number in count(2))
