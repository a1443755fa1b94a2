"""A sweep that is killed, and one beside an import of a file: what both leave is what one undisturbed sweep leaves."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from graph.errors import Refused
from graph.maintenance.record import read_record
from graph.store import Store
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Thresholds, indicators
from queries.library import load_library
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from seed.seeding import seed_store
from tests.cli.conftest import COMMAND, Command

DAY = "2024-05-31"
STATE = """
MATCH (f:Finding)
RETURN f.key, f.status, f.values, f.facts, f.weight, f.version,
  COLLECT { MATCH (f)-[r:HAS_EVIDENCE]->(n) RETURN r.column + ' ' + n.key ORDER BY r.place },
  COLLECT { MATCH (f)-[:HAS_CHANGE]->(c) RETURN c.kind ORDER BY c.key }
ORDER BY f.key"""
WEIGHTS = """
MATCH (c:Child)
WITH c, reduce(sum = 0, one IN COLLECT {
  MATCH (c)<-[:HAS_SUBJECT]-(f:Finding)
  WHERE f.status IN ['OPEN', 'CONFIRMED', 'REOPENED'] AND coalesce(c.dateOfBirth > date('2006-05-31'), true)
  RETURN f.weight
} | sum + one) AS wanted
WHERE coalesce(c.findingWeight, 0) <> wanted
RETURN count(*)"""
WIDE = (
    *("childrenNeverReached", "childrenWithoutNoticeToAppear", "wellBeingCallsOverdue", "childrenPlacedAgain"),
    *("sponsorsWithMultipleChildren", "addressesSharedBySponsors", "missedHearingsNotTold", "releaseAddressesUnusable"),
)
"""Indicators that find many rows, children of an import among them."""
HEADER = (
    "ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,Sponsor Zipcode,"
    "Sponsor Category,Relationship of Sponsor"
)


@pytest.mark.parametrize("after", [150])
async def test_a_sweep_that_is_killed_can_be_run_again(
    empty: Store, environment: Mapping[str, str], sightline: Command, after: int
) -> None:
    await seed_store(empty, scale=0.5, seed=3, store_name="neo4j")
    process = await asyncio.create_subprocess_exec(
        COMMAND,
        *("sweep", "--as-of", DAY),
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _until_found(empty, after, process)
    finally:
        process.kill()
        await process.wait()
    broken = await _found(empty)
    assert sightline("sweep", "--as-of", DAY).status == 0

    state = cast(list[list[Any]], await empty.read(STATE))
    assert len(state) > broken >= after
    assert await empty.read(WEIGHTS) == [[0]]
    rows = json.loads(sightline("sweep", "--as-of", DAY, "--full", "--format", "json").out)
    assert [row for row in rows if row["opened"] or row["reopened"] or row["changed"] or row["resolved"]] == []
    assert await empty.read(STATE) == state
    assert {tuple(row[-1]) for row in state} == {("OPENED",)}


async def _until_found(store: Store, number: int, process: asyncio.subprocess.Process) -> None:
    ends = time.monotonic() + 60
    while await _found(store) < number:
        assert process.returncode is None, "the sweep ended before it could be killed"
        assert time.monotonic() < ends
        await asyncio.sleep(0.01)


async def _found(store: Store) -> int:
    return cast(int, await store.read_value("MATCH (f:Finding) RETURN count(f)", {}))


async def test_a_sweep_beside_an_import_misses_nothing(empty: Store, tmp_path: Path) -> None:
    await seed_store(empty, scale=0.1, seed=3, store_name="neo4j")
    file = tmp_path / "releases.csv"
    rows = [f"{i},Honduras,F,01/05/15,02/0{1 + i % 9}/16,33125,1,Mother" for i in range(1, 3_001)]
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    sweeper = Sweeper(empty, [one for one in indicators(load_library(), Thresholds()) if one.name in WIDE])
    await sweeper(day=date(2024, 5, 31))

    importing = asyncio.create_task(import_hhs_releases(empty, file, Options()))
    for _ in range(2_000):
        if importing.done() or (await read_record(empty)).work == "import":
            break
        await asyncio.sleep(0.01)
    told = []
    while not importing.done():
        try:
            await sweeper(day=date(2024, 5, 31))
        except Refused as refused:
            told.append(str(refused))
    await importing
    await sweeper(day=date(2024, 5, 31))

    assert "a file is being imported; wait until it has ended, and try again" in told
    state = await empty.read(STATE)
    report = await sweeper(day=date(2024, 5, 31), full=True)
    assert [one for one in report.swept if one.opened or one.reopened or one.changed or one.resolved] == []
    assert await empty.read(STATE) == state
    assert await empty.read(WEIGHTS) == [[0]]
    imported = "MATCH (f:Finding)-[:HAS_SUBJECT]->(c:Child) WHERE NOT c.key STARTS WITH 'syn-' RETURN count(f) > 1000"
    assert await empty.read(imported) == [[True]]
