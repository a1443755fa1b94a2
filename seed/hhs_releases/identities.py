"""Which child a row stands for, when several rows carry one record number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from seed.hhs_releases.releases import FACTS, Release, ReleaseReader
from seed.hhs_releases.rows import BadRow, Row
from seed.hhs_releases.summary import DuplicatedId
from seed.hhs_releases.values import read_id

KEY_PREFIX = "hhs-releases"
DOUBLED_IDS = frozenset(("1905", "3787"))
"""Record numbers that the published file gives to two children each, as its publisher says."""

_SHOWN = 50


class Identity(NamedTuple):
    """The key of a row's child, and the first row with that key, which is the one to import."""

    key: str
    first_row: int


def repeated_ids(rows: Iterable[Row | BadRow]) -> frozenset[str]:
    """Return the record numbers that more than one row carries."""
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

    A number carried by rows of different facts stands for as many children: each gets a key made from the number and
    its facts, so that the order of the rows does not matter. The same goes for the numbers that are known to be
    doubled, even where a file holds one of the two rows. Rows of the same number and the same facts are one child,
    repeated. Show every row of a repeated number to `add_all` before the first `of`.
    """

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._children: dict[str, int] = defaultdict(int)
        self._rows: dict[str, list[Release]] = {}

    def add_all(self, rows: Iterable[Row | BadRow], repeated: frozenset[str], reader: ReleaseReader) -> None:
        """Take note of the rows whose record number is among those that are repeated."""
        for row in rows:
            if isinstance(row, Row) and read_id(row.values[0])[0] in repeated:
                release = reader.read(row)
                if isinstance(release, Release):
                    self._add(release)

    def _add(self, release: Release) -> None:
        key = _distinct_key(release)
        if key not in self._first:
            self._first[key] = release.row
            self._children[release.id] += 1
        if release.id in self._rows or len(self._rows) < _SHOWN:
            self._rows.setdefault(release.id, []).append(release)

    def of(self, release: Release) -> Identity:
        """Return the identity of a row's child."""
        children = self._children.get(release.id, 0)
        plain = f"{KEY_PREFIX}-{release.id}"
        if not children and release.id not in DOUBLED_IDS:
            return Identity(plain, release.row)
        distinct = _distinct_key(release)
        several = children > 1 or release.id in DOUBLED_IDS
        return Identity(distinct if several else plain, self._first.get(distinct, release.row))

    @property
    def count(self) -> int:
        """How many record numbers are repeated."""
        return len(self._children)

    def report(self) -> tuple[DuplicatedId, ...]:
        """Return the first repeated record numbers, with how their rows were told apart."""
        return tuple(
            DuplicatedId(
                number,
                tuple(release.row for release in releases),
                self._children[number],
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
