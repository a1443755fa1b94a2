"""Importing made-up files of the real sizes, or a share of them, against the same work by hand.

Choosing the children's cases from the courts' dump is compared with counting its rows. Loading what was chosen, and the
HHS releases, is compared with batches by `UNWIND` that write the same graph.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any, cast

import duckdb

from bench.graphs import settings_for
from graph.maintenance.prepare import prepare_store
from graph.model import RECORDS
from graph.opening import open_graph
from graph.store import Store
from seed.court_dump.choosing import Dump
from seed.court_dump.files import find
from seed.court_dump.importing import JUVENILES, import_dump
from seed.court_dump.tables import LOOKUPS, TABLES
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from seed.made_files.court_dump import FOLDER
from seed.made_files.releases import FILE
from seed.made_files.writing import MANIFEST, Order, write_files

DUMP, SMALL_DUMP = 0.25, 0.0625
"""Sizes of the courts' dump, as shares of the real one."""
RELEASES = 1.21
"""The size of a national graph that has the 553,322 releases of the published file."""
FAULTS = 0.002
BATCH = 5_000
ROUNDS = 3
MIB = 1024
_COUNTED = (
    "SELECT count(*) FROM read_csv(?, delim = '\t', quote = '', escape = '', header = true, all_varchar = true, "
    "ignore_errors = true, strict_mode = false, encoding = 'latin-1')"
)
_NODES = "CYPHER 25 MATCH (n:{label}) RETURN n.key, [name IN keys(n) | [name, n[name]]]"
_LINKS = (
    "CYPHER 25 MATCH (a:{start})-[r:{type}]->(b:{end}) RETURN a.key, b.key, r.key, [name IN keys(r) | [name, r[name]]]"
)
_MERGE_NODES = "CYPHER 25 UNWIND $rows AS row MERGE (n:{label} {{key: row.key}}) SET n += row.given"
_MERGE_LINKS = (
    "CYPHER 25 UNWIND $rows AS row MATCH (a:{start} {{key: row.start}}) MATCH (b:{end} {{key: row.end}}) "
    "MERGE (a)-[r:{type}{key}]->(b) SET r += row.given"
)
Batches = list[tuple[str, list[dict[str, Any]]]]


async def files(data: Path, folder: Path, scale: float) -> dict[str, Any]:
    """Return the figures of both importers; `scale` 1 is a quarter of the real dump, and all real releases."""
    large, small = _made(folder, DUMP * scale, others=1.0), _made(folder, SMALL_DUMP * scale, others=1.0)
    releases = _made(folder, RELEASES * scale, others=0.0)
    dump = large / FOLDER
    found: dict[str, Any] = {"dump_rows": _rows(large), "choosing": _choosing(dump)}
    choosing = found["choosing"]["choosing_s"]
    found["dump"] = await _loading(data, scale, lambda store: import_dump(store, dump, Options()), before=choosing)
    found["releases"] = await _loading(
        data, scale, lambda store: import_hhs_releases(store, releases / FILE, Options())
    )
    found["releases_rows"] = _rows(releases)[FILE]
    found["memory_mib"] = {
        f"{sum(_rows(one).values()):,} rows": await _memory(data, scale, one / FOLDER) for one in (small, large)
    }
    return found


def _made(folder: Path, size: float, *, others: float) -> Path:
    """Return the folder of the files of a size, which are written once and kept."""
    path = folder / "files" / f"national-{size:g}-{others:g}"
    if not (path / MANIFEST).exists():
        write_files(path, Order("national", size, faults=FAULTS, others=others))
    return path


def _rows(folder: Path) -> dict[str, int]:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return {name: file["rows"] for name, file in manifest["files"].items()}


def _choosing(dump: Path) -> dict[str, Any]:
    """Time choosing and joining the children's cases, and counting the rows of the same files, in turns."""
    members = find(dump, TABLES, LOOKUPS)
    took: dict[str, list[float]] = {"choosing": [], "counting": []}
    for _ in range(ROUNDS):
        began = time.monotonic()
        with duckdb.connect() as base:
            for table in TABLES:
                base.execute(_COUNTED, [str(members[table].path)]).fetchall()
        took["counting"].append(time.monotonic() - began)
        began = time.monotonic()
        with Dump(members, JUVENILES) as chosen:
            cases = sum(1 for _ in chosen.read()) and sum(1 for _ in chosen.cases())
        took["choosing"].append(time.monotonic() - began)
    middles = {name: statistics.median(times) for name, times in took.items()}
    return {
        "cases": cases,
        **{f"{name}_s": round(middle, 2) for name, middle in middles.items()},
        "choosing_over_counting": round(middles["choosing"] / middles["counting"], 3),
        "spread_s": {name: [round(min(times), 2), round(max(times), 2)] for name, times in took.items()},
    }


async def _loading(
    data: Path, scale: float, load: Callable[[Store], Awaitable[object]], *, before: float = 0.0
) -> dict[str, Any]:
    """Time an import into an empty graph, without what it does `before` it writes, and the same writes by hand."""
    async with _empty(data, scale) as store:
        began = time.monotonic()
        await load(store)
        ours = time.monotonic() - began - before
        batches = [batch async for batch in _written(store)]
    async with _empty(data, scale) as store:
        began = time.monotonic()
        for statement, rows in batches:
            await store.write(statement, {"rows": rows}, timeout=300)
        hand = time.monotonic() - began
    return {
        "records": sum(len(rows) for _, rows in batches),
        "ours_s": round(ours, 2),
        "by_hand_s": round(hand, 2),
        "hand_over_ours": round(hand / ours, 3),
    }


@asynccontextmanager
async def _empty(data: Path, scale: float) -> AsyncIterator[Store]:
    """Yield a new graph with its constraints and indexes; it is removed afterwards."""
    settings = settings_for(data / "files", scale)
    rmtree(settings.data_dir, ignore_errors=True)
    async with open_graph(settings) as opened:
        await prepare_store(opened.store)
        yield opened.store
    rmtree(settings.data_dir)


async def _written(store: Store) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the batches that write what the graph holds, nodes first."""
    for label in RECORDS.labels:
        rows = [{"key": key, "given": _map(given)} for key, given in await _read(store, _NODES.format(label=label))]
        for part in _parts(rows):
            yield _MERGE_NODES.format(label=label), part
    for one in RECORDS.relationships:
        names = {"type": one.type, "start": one.start, "end": one.end}
        found = await _read(store, _LINKS.format(**names))
        links = [{"start": start, "end": end, "key": key, "given": _map(given)} for start, end, key, given in found]
        key = " {key: row.key}" if links and links[0]["key"] is not None else ""
        for part in _parts(links):
            yield _MERGE_LINKS.format(**names, key=key), part


async def _read(store: Store, statement: str) -> list[list[Any]]:
    return cast(list[list[Any]], await store.read(statement, timeout=600))


def _map(given: list[tuple[str, Any]]) -> Mapping[str, Any]:
    return dict(given)


def _parts(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


async def _memory(data: Path, scale: float, dump: Path) -> float:
    """Return the most memory that the command held while it imported a dump into an empty graph."""
    async with _empty(data, scale):
        return await asyncio.to_thread(_held, settings_for(data / "files", scale).data_dir, dump)


def _held(data_dir: Path, dump: Path) -> float:
    command = [str(Path(sys.executable).parent / "sightline"), "import", "eoir", str(dump), "--yes"]
    environment = {**os.environ, "SIGHTLINE_DATA_DIR": str(data_dir)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError("the command did not import the dump")
    return round(usage.ru_maxrss / MIB, 1)
