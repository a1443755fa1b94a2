"""The source that stands for a file of HHS releases."""

from __future__ import annotations

from typing import cast

from graph.store import Store
from graph.writing.origin import Extract
from seed.files.importing import source_of
from seed.hhs_releases.leaving import SOURCE_KEY

SYSTEM = "HHS ORR"

_SOURCES = "CYPHER 25 MATCH (s:Source) WHERE s.key = $key OR s.key STARTS WITH $key + '-' RETURN s.file, s.key"


async def release_source(store: Store, file_name: str) -> Extract:
    """Return the source of a file: the one that it had before, or a new one that no other file has."""
    known = dict(cast(list[tuple[str, str]], await store.read(_SOURCES, {"key": SOURCE_KEY})))
    own = source_of(SOURCE_KEY, SYSTEM, file_name)
    first = own.key if SOURCE_KEY in known.values() else SOURCE_KEY
    return Extract(known.get(file_name, first), SYSTEM, file_name)
