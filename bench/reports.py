"""Reports: tables, statistics, rings, searches and orders, the first time and again; and files of questions' rows.

The first time is of values that were never asked for, once the statement is planned; nothing is written between.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin

import httpx
from rich.console import Console

from bench.client import request
from bench.findings import DAY
from bench.graphs import at_scale
from bench.measuring import Asker, connected
from bench.systems import System, answering, database, ours
from queries.findings.thresholds import Thresholds, indicators
from queries.library import load_library

AGAIN = 5
console = Console()
_FIGURES = "value transferred missedHearing notIssued notServed notFiled notReached badAddresses"
_TABLE = '{ oversightSummary(by: %s, asOf: "%s") { rows { ' + _FIGURES + " } total { " + _FIGURES + " } } }"
_BOTH = '{ oversightByCourtAndOffice(first: 50, asOf: "%s") { totalCount nodes { court fieldOffice transferred } } }'
_STATISTICS = '{ statistics(of: %s, groupBy: [%s], asOf: "%s") { rows { count values { value } } } }'
_SEARCH = '{ %s(first: 50, filter: { %s: { %s: "%s" } }) { totalCount nodes { key } } }'
_ORDER = "{ %s(first: 50, orderBy: [{ field: %s, direction: DESC }]) { nodes { key } } }"


def _by_day(template: str, *given: str) -> Callable[[int], str]:
    return lambda turn: template % (*given, DAY - timedelta(days=turn))


def _by_text(kind: str, name: str, operator: str, *texts: str) -> Callable[[int], str]:
    return lambda turn: _SEARCH % (kind, name, operator, texts[turn % len(texts)])


ASKED: Mapping[str, tuple[Callable[[int], str], float, float | None]] = {
    **{
        f"oversightSummary by {by}": (_by_day(_TABLE, by), 1_000.0, 20.0)
        for by in ("FISCAL_YEAR", "COURT", "FIELD_OFFICE", "STATE")
    },
    "oversightByCourtAndOffice": (_by_day(_BOTH), 1_000.0, 20.0),
    "statistics of children": (_by_day(_STATISTICS, "CHILDREN", "FISCAL_YEAR, STATE"), 1_000.0, 20.0),
    "statistics of placements": (_by_day(_STATISTICS, "PLACEMENTS", "FISCAL_YEAR, RELATIONSHIP"), 1_000.0, 20.0),
    "statistics of hearings": (_by_day(_STATISTICS, "HEARINGS", "COURT, OUTCOME"), 1_000.0, 20.0),
    "rings": (_by_day('{ rings(first: 20, asOf: "%s") { totalCount nodes { key } } }'), 3_000.0, 20.0),
    "sponsorRings": (_by_day('{ sponsorRings(first: 20, asOf: "%s") { totalCount } }'), 3_000.0, 20.0),
    "names that contain": (_by_text("children", "lastName", "contains", "pez", "ala", "cia"), 150.0, None),
    "names that start with": (_by_text("sponsors", "lastName", "startsWith", "lop", "gar", "her"), 150.0, None),
    "streets that contain": (_by_text("addresses", "street", "contains", "oak", "map", "pin"), 150.0, None),
    "cities that start with": (_by_text("addresses", "city", "startsWith", "hou", "mia", "los"), 150.0, None),
    "order by number of placements": (lambda _: _ORDER % ("sponsors", "PLACEMENTS_COUNT"), 50.0, None),
}
"""What is asked in each turn, and the goals in milliseconds: the first time, and again."""
FIRST_BYTE_MS, ROWS_A_SECOND = 1_000.0, 20_000.0
"""The goals of files; rows are counted from the first byte on, in files of at least as many rows as a second's."""


async def reports(data: Path, folder: Path, scale: float) -> dict[str, Any]:
    """Return the figures of reports and of files."""
    async with at_scale(data / "swept", scale) as (opened, _):
        with ours(database(opened.access), folder) as system:
            await answering(system.url)
            found = {}
            async with connected(system) as asker:
                for name, one in ASKED.items():
                    found[name] = await _report(asker, *one)
                    console.print(f"  {name}: {found[name]}")
            known = indicators(list(load_library()), Thresholds())
            files = {one.name: await _file(system, one.name, DAY) for one in known}
    long = [one["rows_a_second"] for one in files.values() if one["rows"] >= ROWS_A_SECOND]
    slowest, least = max(one["first_byte_ms"] for one in files.values()), min(long, default=0.0)
    return {
        "reports": found,
        "missed": [name for name, one in found.items() if not one["reached"]],
        "files": files,
        "first_byte_ms_slowest": slowest,
        "rows_a_second_least": least,
        "reached": {"first_byte": slowest <= FIRST_BYTE_MS, "rows_a_second": least >= ROWS_A_SECOND},
    }


async def _report(asker: Asker, asked: Callable[[int], str], first: float, again: float | None) -> dict[str, Any]:
    for turn in (0, 1):  # The statement is planned, and the database's caches are as warm as they are in the day.
        await _milliseconds(asker, asked(turn))
    new = await _milliseconds(asker, asked(2))
    old = median([await _milliseconds(asker, asked(2)) for _ in range(AGAIN)])
    return {"first_ms": new, "again_ms": old, "reached": new <= first and (again is None or old <= again)}


async def _milliseconds(asker: Asker, document: str) -> float:
    """Return how long an answer took; one that the deadline cut off took as long as that."""
    wanted = request(asker.system.url, {"query": document}, token=asker.system.token)
    return round(await asker.seconds_at_most(wanted) * 1000, 1)


async def _file(system: System, name: str, day: date) -> dict[str, Any]:
    """Return how soon the first byte of a question's CSV came, and how many rows a second came after it."""
    url = urljoin(system.url, f"/export/{name}.csv")
    headers = {"authorization": f"Bearer {system.token}"}
    began = time.perf_counter()
    first, lines = 0.0, 0
    async with (
        httpx.AsyncClient(timeout=600) as client,
        client.stream("POST", url, headers=headers, json={"parameters": {"asOf": day.isoformat()}}) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise ConnectionError(json.dumps((await response.aread()).decode()[:1000]))
        async for piece in response.aiter_raw():
            first = first or time.perf_counter()
            lines += piece.count(b"\n")
    ended = time.perf_counter()
    rows = max(0, lines - 1)
    return {
        "rows": rows,
        "first_byte_ms": round((first - began) * 1000, 1),
        "rows_a_second": round(rows / max(ended - first, 1e-6)),
    }
