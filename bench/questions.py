"""Questions: the first page of each with its total, after a sweep of the day, with stricter thresholds, and live.

What is swept is compared with a statement by hand that reads findings from their index; what is asked live, with the
question's own Cypher, run by hand.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import request
from bench.findings import DAY, UNSWEPT, always
from bench.graphs import at_scale
from bench.measuring import Asker, Different, beside_the_limit, timed
from bench.results import compared
from bench.systems import System, database
from bench.workloads import Asked, Workload
from graph.model import MODEL
from graph.store import Store
from queries.asking.statement import count_statement, rows_statement
from queries.findings.columns import node_columns
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Indicator, Thresholds, indicators
from queries.library import load_library
from queries.library.question import AS_OF

PAGES, WARMING_SECONDS = 30, 1.0
LIVE_TURNS = 3
SWEPT_MS, STRICTER_MS, LIVE_MS, SLOWEST_LIVE_MS = 50.0, 150.0, 2_000.0, 4_000.0
SWEPT_OVER_HAND, LIVE_OVER_HAND = 1.3, 1.1
"""The goals: at most these."""


class _Page(Asked):
    """The first page of a question with its total."""

    def bytes_for(self, system: System) -> bytes:
        """Return the request to a system."""
        if system.name == "limit":
            return Asked.bytes_for(self, system)
        return request(system.url, {"query": self.ours[0], "variables": {}}, token=system.token)


async def questions(data: Path, folder: Path, scale: float) -> dict[str, Any]:
    """Return the figures of every question that is swept; raises `Different` when two ways do not answer the same."""
    known = indicators(list(load_library()), Thresholds())
    async with at_scale(data / "swept", scale) as (opened, _):
        began = time.monotonic()
        if await opened.store.read_value(UNSWEPT, {}) or not await _swept(opened.store, len(known)):
            await Sweeper(opened.store, known)(day=DAY)
        swept_s = round(time.monotonic() - began, 2)
        async with beside_the_limit(database(opened.access), folder) as (asker, hand):
            found = {one.name: await _measured(one, asker, hand, opened.store) for one in known}
    return {**summary(found), "sweep_before_s": swept_s, "questions": found}


async def _swept(store: Store, many: int) -> bool:
    return await store.read_value("MATCH (s:StandingFindings) RETURN count(s)", {}) == many


async def _measured(one: Indicator, asker: Asker, hand: Asker, store: Store) -> dict[str, Any]:
    page = Workload(one.name, one.question.title, always(page_of(one)))
    answers = [await asker.answer(page.turn(0)), await hand.answer(page.turn(0))]
    if answers[0] != answers[1]:
        raise Different(f"{one.name}: the page from findings and the one read by hand are not the same")
    pairs = {"ours": (asker, page), "limit": (hand, page)}
    figures = compared(await timed(pairs, turns=PAGES, warming=WARMING_SECONDS))
    found = {
        "rows": answers[0][one.name]["totalCount"],
        "swept_ms": figures["ours_ms"],
        "swept_over_hand": figures["ours_over_limit"],
    }
    if asked_less := stricter(one):
        asked = Workload(one.name, one.question.title, always(page_of(one, **asked_less)))
        times = await timed({"ours": (asker, asked)}, turns=PAGES, warming=WARMING_SECONDS)
        found["stricter_ms"] = compared(times)["ours_ms"]
    return found | await _live(one, asker, store)


async def _live(one: Indicator, asker: Asker, store: Store) -> dict[str, Any]:
    """Return the figures of the question for days that were not swept, and of its own Cypher by hand, in turns.

    Each turn has a day of its own, because an answer that took long is kept.
    """
    times: dict[str, list[float]] = {"ours": [], "hand": []}
    for turn in range(LIVE_TURNS + 1):
        day = DAY - timedelta(days=turn + 1)
        values = one.values(day)
        asked = page_of(one, **{AS_OF: day.isoformat()}).bytes_for(asker.system)
        seconds = await asker.seconds_at_most(asked)
        began = time.perf_counter()
        await store.read(rows_statement(one.question, MODEL, limited=True), {"p": [*values, 50]}, timeout=600)
        await store.read(count_statement(one.question), {"p": values}, timeout=600)
        if turn:
            times["ours"].append(seconds)
            times["hand"].append(time.perf_counter() - began)
    middles = {name: median(found) * 1000 for name, found in times.items()}
    return {
        "live_ms": round(middles["ours"], 1),
        "live_over_hand": round(middles["ours"] / middles["hand"], 3),
    }


def page_of(one: Indicator, **arguments: object) -> _Page:
    """Return the request for a question's first page with its total."""
    fields = " ".join(
        f"{column.name} {{ __typename key }}" if column.kind in MODEL.labels else column.name
        for column in one.question.columns
    )
    given = {AS_OF: DAY.isoformat(), **arguments}
    text = ", ".join(f"{name}: {json.dumps(value)}" for name, value in given.items())
    document = f"{{ {one.name}(first: 50, {text}) {{ totalCount nodes {{ {fields} }} }} }}"
    nodes = [column.name for column in node_columns(one.question)]
    values = [one.name, f"{one.name}\0", f"{one.name}\1", nodes]
    return _Page("question", (document, {}), ("", {}), ("question", values))


def stricter(one: Indicator) -> dict[str, object]:
    """Return thresholds that keep fewer rows than the sweep's; none if no parameter only keeps some of them."""
    found: dict[str, object] = {}
    for parameter in one.question.parameters:
        value = one.thresholds.get(parameter.name)
        if parameter.narrows and isinstance(value, int):
            found[parameter.name] = 2 * value if parameter.narrows.operator[0] == ">" else value // 2
    return found


def summary(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the figures of all questions together, and which goals are reached."""

    def of(name: str) -> Sequence[float]:
        return [one[name] for one in found.values() if name in one]

    figures = {
        "swept_ms_median": round(median(of("swept_ms")), 1),
        "swept_ms_slowest": max(of("swept_ms")),
        "swept_over_hand_slowest": max(of("swept_over_hand")),
        "stricter_ms_slowest": max(of("stricter_ms")),
        "live_ms_median": round(median(of("live_ms")), 1),
        "live_ms_slowest": max(of("live_ms")),
        "live_over_hand_slowest": max(of("live_over_hand")),
    }
    return {
        **figures,
        "reached": {
            "swept": max(of("swept_ms")) <= SWEPT_MS,
            "swept_over_hand": max(of("swept_over_hand")) <= SWEPT_OVER_HAND,
            "stricter": max(of("stricter_ms")) <= STRICTER_MS,
            "live": median(of("live_ms")) <= LIVE_MS and max(of("live_ms")) <= SLOWEST_LIVE_MS,
            "live_over_hand": max(of("live_over_hand")) <= LIVE_OVER_HAND,
        },
    }
