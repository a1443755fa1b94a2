from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest

from graph.errors import BadInput, Refused
from graph.maintenance.contents import Dataset, foreign, is_empty, needs_seed, read_contents, read_dataset
from graph.opening import open_graph
from graph.settings import Settings, read_settings
from graph.store import Store
from graph.writing.derived import check_derived
from seed import seeding
from seed.seeding import TRUTH_FILE, SeedReport, seed, seed_store

NODES = """
CYPHER 25 MATCH (n) WHERE NOT n:Dataset AND NOT n:SightlineStore AND NOT n:ChangeLog AND NOT n:Change
WITH n, [p IN keys(n) |
  [p, valueType(n[p]), coalesce(toStringOrNull(n[p]), reduce(text = '', one IN n[p] | text + ' ' + one))]
] AS properties
RETURN labels(n)[0] AS label, n.key AS key, properties
"""
LINKS = """
CYPHER 25 MATCH (a)-[r]->(b)
RETURN type(r) AS type, a.key AS start, b.key AS end,
  [p IN keys(r) | [p, valueType(r[p]), toString(r[p])]] AS properties
"""


async def _fingerprint(store: Store) -> str:
    """Return a sum over everything that the store holds, whatever the order it was written in."""
    records = [*await store.read(NODES, timeout=120), *await store.read(LINKS, timeout=120)]
    rows = sorted([*head, sorted(cast(list[list[str]], properties))] for *head, properties in records)
    return sha256(json.dumps(rows).encode()).hexdigest()


async def test_seeding_writes_what_the_report_says(empty: Store, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    truth = tmp_path / "truth.json"
    report = await seed_store(
        empty, scale=0.05, seed=3, truth_file=truth, progress=lambda *step: told.append((*step, 0, 0)[:3])
    )
    contents = await read_contents(empty)
    assert (contents.nodes, contents.relationships, contents.foreign) == (report.nodes + 2, report.relationships, 0)
    assert (report.figures.children, report.import_tool, report.note) == (100, False, "")
    assert ("Writing records", 100, 100) in told
    dataset = await read_dataset(empty)
    assert dataset is not None
    assert (dataset.preset, dataset.scale, dataset.seed, dataset.complete) == ("demo", 0.05, 3, True)
    assert (dataset.nodes, dataset.relationships) == (report.nodes, report.relationships)
    assert await check_derived(empty) == []
    assert json.loads(truth.read_text(encoding="utf-8"))["figures"]["children"] == 100
    assert truth.stat().st_mode & 0o077 == 0


async def test_seeding_again_replaces_and_a_seed_decides(empty: Store) -> None:
    await seed_store(empty, scale=0.01, seed=1)
    first = await _fingerprint(empty)
    await seed_store(empty, scale=0.02, seed=2)
    second = await _fingerprint(empty)
    await seed_store(empty, scale=0.01, seed=1)
    assert await _fingerprint(empty) == first != second


async def test_the_smallest_graph(empty: Store) -> None:
    report = await seed_store(empty, scale=0.0001)
    assert report.figures.children == 1
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == [[1]]


async def test_other_data_is_not_replaced(empty: Store) -> None:
    await empty.write("CREATE (:Child {key: 'real'})")
    with pytest.raises(Refused, match="holds 1 records that are not synthetic, and seed deletes them"):
        await seed_store(empty, scale=0.01)
    assert await foreign(empty) == 1
    await seed_store(empty, scale=0.01, store_name="neo4j")
    assert await foreign(empty) == 0


async def test_bad_values_change_nothing(empty: Store, tmp_path: Path) -> None:
    await empty.write("CREATE (:Child {key: 'syn-child-1'})")
    with pytest.raises(BadInput, match="The scale must be a number above 0"):
        await seed_store(empty, scale=-1)
    with pytest.raises(BadInput, match="There is no preset of that name"):
        await seed_store(empty, preset="galaxy")
    with pytest.raises(BadInput, match="cannot be written; name a file in a folder of yours"):
        await seed_store(empty, truth_file=tmp_path / "nowhere" / "truth.json")
    assert (await read_contents(empty)).nodes == 1


async def test_an_interrupted_seed_is_mended_by_the_next(empty: Store) -> None:
    class StoppedError(Exception):
        pass

    def stop(step: str, done: int = 0, total: int = 0) -> None:
        if step == "Writing records":
            raise StoppedError

    with pytest.raises(StoppedError):
        await seed_store(empty, scale=0.01, progress=stop)
    assert not await is_empty(empty)
    assert await needs_seed(empty)
    await seed_store(empty, scale=0.01)
    assert not await needs_seed(empty)
    mended = await _fingerprint(empty)
    await seed_store(empty, scale=0.01)
    assert await _fingerprint(empty) == mended


@dataclass(frozen=True)
class Imported:
    """Another embedded database, which no process holds, filled by the import tool."""

    settings: Settings
    report: SeedReport
    steps: frozenset[str]


@pytest.fixture(scope="module")
def always_imported() -> Iterator[None]:
    """However small a graph is, it goes through the import tool when it can."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "IMPORT_TOOL_FROM", 1)
        yield


@pytest.fixture(scope="module")
async def imported(settings: Settings, always_imported: None, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("import") / "a folder, with a comma"
    own = read_settings(data_dir=folder, heap=settings.heap, page_cache=settings.page_cache)
    steps: set[str] = set()
    report = await seed(own, scale=0.05, seed=8, progress=lambda step, done=0, total=0: steps.add(step))
    return Imported(own, report, frozenset(steps))


async def test_both_ways_give_the_same_graph(empty: Store, imported: Imported) -> None:
    assert imported.report.import_tool
    assert imported.report.truth_file == imported.settings.data_dir / TRUTH_FILE
    assert {"Making records", "Loading records", "Building indexes"} <= imported.steps
    assert not (imported.settings.data_dir / "import").exists()
    await seed_store(empty, scale=0.05, seed=8)
    async with open_graph(imported.settings) as opened:
        assert await _fingerprint(opened.store) == await _fingerprint(empty)
        assert await check_derived(opened.store) == []
        contents = await read_contents(opened.store)
        assert (contents.nodes, contents.foreign) == (imported.report.nodes + 2, 0)
        assert not await needs_seed(opened.store)
        beside = await seed(imported.settings, scale=0.05, seed=9)
        assert not beside.import_tool
        assert beside.note == "another process uses the database, so the records were written in batches"


@pytest.mark.database
async def test_a_stopped_import_leaves_the_database_as_it_was(imported: Imported) -> None:
    class StoppedError(Exception):
        pass

    def stop(step: str, done: int = 0, total: int = 0) -> None:
        if step == "Loading records" and done:
            raise StoppedError

    before = await _dataset(imported.settings)
    with pytest.raises(StoppedError):
        await seed(imported.settings, scale=0.02, seed=5, progress=stop)
    assert before is not None
    assert await _dataset(imported.settings) == before


async def _dataset(settings: Settings) -> Dataset | None:
    async with open_graph(settings) as opened:
        return await read_dataset(opened.store)
