"""Releases written to the graph: a child, its placement and the postal area, each from the source's row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from graph.load import BATCH_SECONDS, GraphWriter
from graph.store import Store
from graph.touched import touch_clause
from seed.hhs_releases.identities import KEY_PREFIX
from seed.hhs_releases.releases import Release
from seed.hhs_releases.summary import Tally

SOURCE_KEY = KEY_PREFIX
SYSTEM = "HHS ORR"

_MOVED = (
    "CYPHER 25 UNWIND $rows AS row MATCH (:Placement {key: row[0]})-[old:RELEASED_IN]->(area:PostalArea) "
    "WHERE row[1] IS NULL OR area.key <> row[1] DELETE old "
    "WITH collect(DISTINCT area.key) AS areas " + touch_clause({"'PostalArea'": "areas"}) + " RETURN size(areas)"
)


class KeyedRelease(NamedTuple):
    """A release with the key of its child and placement."""

    key: str
    release: Release


def area_key(postal_code: str) -> str:
    """Return the key of a postal area, the same from whichever source it is known."""
    return f"zip-{postal_code}"


class ReleaseLoader:
    """Writes releases in batches and counts what was created.

    Everything is merged by key, so that a batch can be written again: after an import was broken off, or with the
    same file. Properties that the file does not know any more are removed, and a placement leaves the postal area that
    it was in before.
    """

    def __init__(self, store: Store, *, file_name: str, batch_size: int) -> None:
        self._store = store
        self._writer = GraphWriter(store, batch_size=batch_size, noting=True)
        self._file_name = file_name
        self._source_written = False
        self._areas: set[str] = set()
        self._present = {"Child": 0, "Placement": 0, "PostalArea": 0}
        self._written = {"Child": 0, "Placement": 0, "PostalArea": 0}

    def tally(self, label: str) -> Tally:
        """Return how many nodes of a label were created and how many were there before."""
        return Tally(self._written[label] - self._present[label], self._present[label])

    async def write(self, batch: Sequence[KeyedRelease]) -> None:
        """Write a batch of releases; no two of an import have the same key."""
        if not self._source_written:
            await self._write_source()
        await self._write_areas(batch)
        keys = [keyed.key for keyed in batch]
        await self._count_present("Child", keys)
        there = await self._count_present("Placement", keys)
        self._written["Child"] += await self._writer.nodes("Child", map(_child, batch))
        self._written["Placement"] += await self._writer.nodes("Placement", map(_placement, batch))
        await self._writer.relationships(
            "HAS_PLACEMENT", "Child", "Placement", ({"start": key, "end": key} for key in keys)
        )
        if there:
            rows = [[keyed.key, _area_of(keyed.release)] for keyed in batch]
            await self._store.write(_MOVED, {"rows": rows}, timeout=BATCH_SECONDS)
        await self._writer.relationships("RELEASED_IN", "Placement", "PostalArea", _releases_in(batch))
        provenance = [_provenance(keyed.key, keyed.release.row) for keyed in batch]
        await self._writer.relationships("FROM_SOURCE", "Child", "Source", provenance)
        await self._writer.relationships("FROM_SOURCE", "Placement", "Source", provenance)

    async def _write_source(self) -> None:
        await self._writer.nodes("Source", [{"key": SOURCE_KEY, "system": SYSTEM, "file": self._file_name}])
        self._source_written = True

    async def _write_areas(self, batch: Sequence[KeyedRelease]) -> None:
        first_rows: dict[str, int] = {}
        for _, release in batch:
            if release.postal_code and release.postal_code not in self._areas:
                first_rows.setdefault(release.postal_code, release.row)
        if not first_rows:
            return
        await self._count_present("PostalArea", [area_key(code) for code in first_rows])
        self._written["PostalArea"] += await self._writer.nodes(
            "PostalArea", ({"key": area_key(code), "postalCode": code} for code in first_rows)
        )
        await self._writer.relationships(
            "FROM_SOURCE",
            "PostalArea",
            "Source",
            (_provenance(area_key(code), row) for code, row in first_rows.items()),
        )
        self._areas.update(first_rows)

    async def _count_present(self, label: str, keys: list[str]) -> int:
        statement = f"CYPHER 25 UNWIND $keys AS key MATCH (n:{label} {{key: key}}) RETURN count(*)"
        ((count,),) = await self._store.read(statement, {"keys": keys}, timeout=BATCH_SECONDS)
        self._present[label] += cast(int, count)
        return cast(int, count)


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


def _provenance(key: str, row: int) -> dict[str, Any]:
    return {"start": key, "end": SOURCE_KEY, "key": f"{key}-source", "row": row}
