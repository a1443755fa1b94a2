"""Imports the releases that HHS published, as many as there were, and writes the same records by hand in batches."""

from __future__ import annotations

import csv
import random
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bench.graphs import settings_for
from graph.maintenance.prepare import prepare_store
from graph.model import MODEL
from graph.opening import open_graph
from graph.store import Store
from graph.store.connections import Run
from graph.text import twin
from graph.writing.writer import BATCH_SECONDS, BATCH_SIZE
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from seed.hhs_releases.rows import COLUMNS

ROWS, ZIP_CODES = 553_322, 12_000
COUNTRIES = ("Honduras", "Guatemala", "El Salvador", "Mexico")
RELATIONSHIPS = {"Mother": "PARENT", "Uncle": "AUNT_UNCLE", "Brother": "SIBLING", "Family Friend": "FAMILY_FRIEND"}
SEXES = {"F": "FEMALE", "M": "MALE"}
_NODE = """CYPHER 25 UNWIND $rows AS row
MERGE (n:{label} {{key: row.key}}) SET n += row.{given}
WITH n, row MATCH (s:Source {{key: 'by-hand'}})
MERGE (n)-[r:FROM_SOURCE]->(s) SET r.key = row.key + ' in by-hand', r.row = row.row"""
_LINK = """CYPHER 25 UNWIND $rows AS row
MATCH (a:{start} {{key: row.key}}) MATCH (b:{end} {{key: {key}}}) MERGE (a)-[:{kind}]->(b)"""


async def imports(data: Path, folder: Path, scale: float) -> dict[str, Any]:
    """Return how many seconds each way takes in an empty store of its own, and importing the file again."""
    file = folder / "releases.csv"
    rows = round(ROWS * scale)
    with file.open("w", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *_rows(rows)])

    async def importing(store: Store) -> None:
        summary = await import_hhs_releases(store, file, Options())
        assert summary.imported == rows

    imported, again = await _timed(data, scale, importing)
    by_hand, _ = await _timed(data, scale, lambda store: _by_hand(store, file))
    return {
        "rows": rows,
        "import_s": round(imported, 2),
        "again_s": round(again, 2),
        "by_hand_s": round(by_hand, 2),
        "import_over_by_hand": round(imported / by_hand, 3),
    }


async def _timed(data: Path, scale: float, work: Callable[[Store], Awaitable[None]]) -> tuple[float, float]:
    """Return how many seconds some work takes in an empty store, and again."""
    settings = settings_for(data / "imports", scale)
    shutil.rmtree(settings.data_dir, ignore_errors=True)
    seconds = []
    async with open_graph(settings) as opened:
        await prepare_store(opened.store)
        for _ in range(2):
            began = time.monotonic()
            await work(opened.store)
            seconds.append(time.monotonic() - began)
    shutil.rmtree(settings.data_dir)
    return seconds[0], seconds[1]


def _rows(number: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(1)
    zips = [f"{chance.randint(501, 99_950):05d}" for _ in range(ZIP_CODES)]
    for row in range(1, number + 1):
        entered = date(2015, 1, 1) + timedelta(days=chance.randrange(3_000))
        days = [f"{day.month}/{day.day}/{day:%y}" for day in (entered, entered + timedelta(days=30))]
        names = (chance.choice(COUNTRIES), chance.choice("FM"))
        yield (row, *names, *days, chance.choice(zips), chance.randint(1, 3), chance.choice([*RELATIONSHIPS]))


async def _by_hand(store: Store, file: Path) -> None:
    """Write the records of a file that has no faults, as somebody would who needs nothing beside them."""
    await store.write("CYPHER 25 MERGE (s:Source {key: 'by-hand'}) SET s.system = 'HHS ORR'")
    written: set[str] = set()
    with file.open(newline="") as stream:
        rows = (_given(row, fields) for row, fields in enumerate(islice(csv.reader(stream), 1, None), 2))
        while batch := list(islice(rows, BATCH_SIZE)):
            areas = {row["zip"]: {**row, "key": f"zip-{row['zip']}"} for row in batch if row["zip"] not in written}
            written |= areas.keys()
            await store.transaction(partial(_write, batch, list(areas.values())), timeout=BATCH_SECONDS)


async def _write(batch: list[dict[str, Any]], areas: list[dict[str, Any]], run: Run) -> None:
    await run(_NODE.format(label="PostalArea", given="area"), {"rows": areas})
    await run(_NODE.format(label="Child", given="child"), {"rows": batch})
    await run(_NODE.format(label="Placement", given="placement"), {"rows": batch})
    placed = _LINK.format(kind="HAS_PLACEMENT", start="Child", end="Placement", key="row.key")
    await run(placed, {"rows": batch})
    there = _LINK.format(kind="RELEASED_IN", start="Placement", end="PostalArea", key="'zip-' + row.zip")
    await run(there, {"rows": batch})


def _given(row: int, fields: list[str]) -> dict[str, Any]:
    number, country, sex, entered, released, code, category, relationship = fields
    return {
        "key": f"hhs-releases-{number}",
        "row": row,
        "zip": code,
        "area": {"postalCode": code},
        "child": {
            "countryOfBirth": country,
            MODEL.node("Child").named("countryOfBirth").twin: twin(country),
            "sex": SEXES[sex],
            "enteredOn": _day(entered),
        },
        "placement": {
            "releasedOn": _day(released),
            "sponsorCategory": category,
            "relationship": RELATIONSHIPS[relationship],
        },
    }


def _day(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(2000 + year, month, day)
