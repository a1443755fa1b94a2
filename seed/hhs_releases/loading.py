"""Writes releases to the graph: the child, its placement and the postal area of each row of the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple, cast

from graph.store import Store
from graph.writing.origin import Extract, Origin
from graph.writing.transaction import Transaction
from graph.writing.writer import BATCH_SIZE, Writer
from seed.files.loading import ACTOR
from seed.files.records import area_key
from seed.hhs_releases.leaving import SOURCE_KEY, remove_areas, remove_children
from seed.hhs_releases.releases import Release
from seed.hhs_releases.summary import Tally

SYSTEM = "HHS ORR"

_SOURCES = "CYPHER 25 MATCH (s:Source) WHERE s.key = $key OR s.key STARTS WITH $key + '-' RETURN s.file, s.key"


class KeyedRelease(NamedTuple):
    """A release with the key of its child and placement."""

    key: str
    release: Release


async def source_of(store: Store, file_name: str) -> Extract:
    """Return the source of a file: the one that it had before, or a new one that no other file has."""
    known = dict(cast(list[tuple[str, str]], await store.read(_SOURCES, {"key": SOURCE_KEY})))
    own = f"{SOURCE_KEY}-{sha256(file_name.encode()).hexdigest()[:12]}"
    first = own if SOURCE_KEY in known.values() else SOURCE_KEY
    return Extract(known.get(file_name, first), SYSTEM, file_name)


class _Written(NamedTuple):
    """What one batch wrote: nodes by label, how many of them existed before, and areas that placements left."""

    nodes: Counter[str]
    present: Counter[str]
    areas: set[str]
    left: set[str]


class ReleaseLoader:
    """Writes releases in batches, each in one transaction, and counts what was created.

    Everything is merged by key, so that a batch can be written again, after an interrupted import or from the same
    file. Properties that the file no longer gives are removed, and a placement leaves the postal area that it was in
    before.
    """

    def __init__(self, store: Store, *, source: Extract, batch_size: int) -> None:
        self._writer = Writer(store, Origin(ACTOR, "import", source), batch_size=batch_size)
        self._areas: set[str] = set()
        self._areas_left: set[str] = set()
        self.removed = self.stayed = 0
        self._nodes: Counter[str] = Counter()
        self._present: Counter[str] = Counter()

    def tally(self, label: str) -> Tally:
        """Return how many nodes of a label were created and how many existed before."""
        return Tally(self._nodes[label] - self._present[label], self._present[label])

    async def write(self, batch: Sequence[KeyedRelease]) -> None:
        """Write a batch of releases; in one import no two have the same key."""
        written = await self._writer.transact(partial(self._write, batch))
        self._nodes += written.nodes
        self._present += written.present
        self._areas |= written.areas
        self._areas_left |= written.left

    async def tidy(self, left: Sequence[str]) -> None:
        """Remove children that no row adopted, unless other records depend on them, and areas that nothing uses."""
        for start in range(0, len(left), BATCH_SIZE):
            some = left[start : start + BATCH_SIZE]
            removed, areas = await self._writer.transact(partial(remove_children, keys=some))
            self.removed += removed
            self.stayed += len(some) - removed
            self._areas_left |= areas
        if self._areas_left:
            await self._writer.transact(partial(remove_areas, keys=sorted(self._areas_left)))

    async def _write(self, batch: Sequence[KeyedRelease], transaction: Transaction) -> _Written:
        written = _Written(Counter(), Counter(), set(), set())

        async def nodes(label: str, rows: Iterator[dict[str, Any]], places: Iterator[int]) -> int:
            number, present = await transaction.nodes(label, rows, ({"row": place} for place in places))
            written.nodes[label] += number
            written.present[label] += present
            return present

        first_rows = self._first_rows(batch)
        if first_rows:
            areas = ({"key": area_key(code), "postalCode": code} for code in first_rows)
            await nodes("PostalArea", areas, iter(first_rows.values()))
            written.areas.update(first_rows)
        await nodes("Child", map(_child, batch), _rows(batch))
        there = await nodes("Placement", map(_placement, batch), _rows(batch))
        placements = ({"start": keyed.key, "end": keyed.key} for keyed in batch)
        await transaction.links("HAS_PLACEMENT", "Child", "Placement", placements)
        if there:
            ends = {keyed.key: _area_of(keyed.release) for keyed in batch}
            written.left.update(await transaction.leave_others("RELEASED_IN", "Placement", "PostalArea", ends))
        await transaction.links("RELEASED_IN", "Placement", "PostalArea", _releases_in(batch))
        return written

    def _first_rows(self, batch: Sequence[KeyedRelease]) -> dict[str, int]:
        """Return the ZIP codes that no earlier batch had, each with the first row that has it."""
        first_rows: dict[str, int] = {}
        for _, release in batch:
            if release.postal_code and release.postal_code not in self._areas:
                first_rows.setdefault(release.postal_code, release.row)
        return first_rows


def _rows(batch: Sequence[KeyedRelease]) -> Iterator[int]:
    return (keyed.release.row for keyed in batch)


def _child(keyed: KeyedRelease) -> dict[str, Any]:
    release = keyed.release
    return {
        "key": keyed.key,
        "countryOfBirth": release.country,
        "sex": release.sex,
        "enteredOn": release.entered_on,
    }


def _placement(keyed: KeyedRelease) -> dict[str, Any]:
    release = keyed.release
    return {
        "key": keyed.key,
        "releasedOn": release.released_on,
        "sponsorCategory": release.category,
        "relationship": release.relationship,
    }


def _area_of(release: Release) -> str | None:
    return area_key(release.postal_code) if release.postal_code else None


def _releases_in(batch: Sequence[KeyedRelease]) -> Iterator[dict[str, Any]]:
    for key, release in batch:
        if release.postal_code:
            yield {"start": key, "end": area_key(release.postal_code)}
