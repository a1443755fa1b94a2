"""Decides which child a row is about, when several rows have the same record number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seed.files.rows import BadRow, Row
from seed.hhs_releases.adoption import KEY_PREFIX, Candidate, Facts, Known, adopt
from seed.hhs_releases.releases import FACTS, Release, ReleaseReader
from seed.hhs_releases.values import read_id

DOUBLED_IDS = frozenset(("1905", "3787"))
"""Record numbers that the published file gives to two children each, according to its publisher."""

_DOUBLED = 2
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class DuplicatedId:
    """A record number that several rows have, how many children they are, and the columns in which they differ."""

    id: str
    rows: tuple[int, ...]
    children: int
    differing: tuple[str, ...]

    def __str__(self) -> str:
        rows = ", ".join(f"{row:,}" for row in self.rows[:5]) + (", ..." if len(self.rows) > 5 else "")
        if self.children == 1:
            return f"ID {self.id} in rows {rows}: the same row repeated, one child"
        return f"ID {self.id} in rows {rows}: {self.children} children, told apart by {', '.join(self.differing)}"


class Identity(NamedTuple):
    """The key of a row's child, and the first row with that key, which is the one to import."""

    key: str
    first_row: int


def repeated_ids(rows: Iterable[Row | BadRow]) -> frozenset[str]:
    """Return the record numbers that more than one row has."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for row in rows:
        if isinstance(row, Row):
            number, _ = read_id(row.values[0])
            if number is not None:
                (repeated if number in seen else seen).add(number)
    return frozenset(repeated)


class Identities:
    """Tells the rows of repeated record numbers apart.

    Rows with the same number and different facts are different children. Each gets a key made from the number and its
    facts, so that the order of the rows does not matter. The same goes for numbers that are known to be doubled, even
    if a file holds only one of the two rows. Rows with the same number and the same facts are one child, repeated. Pass
    every row of a repeated number to `add_all` before the first call of `of`, and then pass the graph's children with
    such numbers to `adopt`: a child keeps its key however many rows its number had when it was imported.
    """

    def __init__(self) -> None:
        self._repeated: frozenset[str] = frozenset()
        self._seen: dict[str, dict[str, Candidate]] = {}
        self._first: dict[str, int] = {}
        self._adopted: dict[str, str] = {}
        self._rows: dict[str, list[Release]] = {}

    def add_all(
        self,
        rows: Iterable[Row | BadRow],
        repeated: frozenset[str],
        reader: ReleaseReader,
        *,
        apart: frozenset[str] = frozenset(),
    ) -> None:
        """Note the rows whose record number is repeated, or is one of those that the graph keeps `apart`."""
        self._repeated = repeated
        wanted = repeated | apart
        for row in rows:
            if isinstance(row, Row) and read_id(row.values[0])[0] in wanted:
                release = reader.read(row)
                if isinstance(release, Release):
                    self._add(release)

    def _add(self, release: Release) -> None:
        key = _distinct_key(release)
        candidates = self._seen.setdefault(release.id, {})
        if key not in candidates:
            candidates[key] = Candidate(key, _facts(release), release.identity)
            self._first[key] = release.row
        if release.id in self._repeated and (release.id in self._rows or len(self._rows) < _SHOWN):
            self._rows.setdefault(release.id, []).append(release)

    @property
    def numbers(self) -> Collection[str]:
        """The record numbers for which the graph may have children under other keys."""
        return self._seen.keys()

    def adopt(self, known: Mapping[str, Sequence[Known]]) -> list[str]:
        """Give rows the keys of children that the graph has; return the keys of children that no row adopts."""
        left: list[str] = []
        for number, children in known.items():
            rows = list(self._seen[number].values())
            adoption = adopt(rows, children, partial=number in DOUBLED_IDS and len(rows) < _DOUBLED)
            self._adopted.update(adoption.keys)
            left += adoption.left
        return left

    def of(self, release: Release) -> Identity:
        """Return the identity of a row's child."""
        children = len(self._seen.get(release.id, ()))
        plain = f"{KEY_PREFIX}-{release.id}"
        if not children and release.id not in DOUBLED_IDS:
            return Identity(plain, release.row)
        distinct = _distinct_key(release)
        several = children > 1 or release.id in DOUBLED_IDS
        key = self._adopted.get(distinct, distinct if several else plain)
        return Identity(key, self._first.get(distinct, release.row))

    @property
    def count(self) -> int:
        """How many record numbers are repeated."""
        return len(self._repeated & self._seen.keys())

    def report(self) -> tuple[DuplicatedId, ...]:
        """Return the first repeated record numbers, and how their rows differ."""
        return tuple(
            DuplicatedId(
                number,
                tuple(release.row for release in releases),
                len(self._seen[number]),
                tuple(
                    column
                    for column, values in zip(FACTS, zip(*(r.identity for r in releases), strict=True), strict=True)
                    if len(set(values)) > 1
                ),
            )
            for number, releases in self._rows.items()
        )


def _distinct_key(release: Release) -> str:
    return f"{KEY_PREFIX}-{release.id}-{release.digest}"


def _facts(release: Release) -> Facts:
    days = (release.entered_on, release.released_on)
    entered, released = (None if day is None else day.isoformat() for day in days)
    others = (release.postal_code, release.category, release.relationship)
    return (release.country, release.sex, entered, released, *others)
