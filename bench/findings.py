"""Findings: kept rows compared with the same rows asked live, and sweeps compared with handwritten statements.

This uses its own copy of the graph of each size, because sweeps write to it. Both ways of writing start without
findings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import request
from bench.graphs import at_scale, some_children
from bench.measuring import Different, beside_the_limit, timed
from bench.results import compared
from bench.systems import System, database
from bench.workloads import Asked, Workload
from graph.model import MODEL
from graph.store import Store
from graph.writing.change_log import Touched, append_alone
from graph.writing.origin import Origin
from graph.writing.touched import SWEEP
from queries.findings.columns import facts_expression, key_expression, level_expression, node_columns, values_expression
from queries.findings.report import SweepReport
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Indicator, Thresholds, indicators, node_keys
from queries.library import load_library
from queries.library.cypher_text import replace_parameters

DAY = date(2024, 5, 31)
"""The reference date of the synthetic graphs."""
BATCH_SIZE = 5_000
TOUCHED_CHILDREN = 100
DEADLINE = 3_600.0
PAGES = 50
"""Requests to each for a page of an indicator."""
WARMING_SECONDS = 2.0
MOST_SECONDS = 15.0
LIVE_OVER_FINDINGS, OURS_OVER_LIMIT, SWEEP_OVER_HAND, TOUCHED_OVER_FULL = 8.0, 1.25, 1.5, 0.01
"""The goals: at least the first, and at most the others."""


@dataclass(frozen=True, slots=True)
class _Text(Asked):
    """A request to us whose document is a text."""

    def bytes_for(self, system: System) -> bytes:
        """Return the request to a system."""
        if system.name == "limit":
            return Asked.bytes_for(self, system)
        text, variables = self.ours
        return request(system.url, {"query": text, "variables": variables}, token=system.token)


_PAGE = """query ($indicator: String!) {
  findings(filter: {indicator: {eq: $indicator}}, first: 50) {
    nodes { key status since values subject { __typename key } evidence { column node { __typename key } } }
  }
}"""
_WEIGH = f"""CYPHER 25
MATCH (child:Child)
WHERE EXISTS {{ (child)<-[:HAS_SUBJECT]-() }}
CALL (child) {{
  SET child.findingWeight = reduce(sum = 0, one IN COLLECT {{
    MATCH (child)<-[:HAS_SUBJECT]-(f:Finding) RETURN f.weight
  }} | sum + one)
}} IN TRANSACTIONS OF {BATCH_SIZE} ROWS"""
_REMOVALS = (
    "CYPHER 25 MATCH (n:FindingChange) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS",
    "CYPHER 25 MATCH (n:Finding) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS",
    f"CYPHER 25 MATCH (n:{SWEEP}) DETACH DELETE n",
    "CYPHER 25 MATCH (n:Child) WHERE n.findingWeight IS NOT NULL"
    " CALL (n) { REMOVE n.findingWeight } IN TRANSACTIONS OF 10000 ROWS",
)
_WRITTEN = """CYPHER 25
MATCH (f:Finding)
WITH f.indicator AS indicator, count(*) AS findings, sum(size(f.values) + size(f.facts)) AS letters,
  sum(COUNT { (f)-[:HAS_SUBJECT]->() }) AS subjects, sum(COUNT { (f)-[:HAS_EVIDENCE]->() }) AS evidence
ORDER BY indicator
RETURN collect([indicator, findings, letters, subjects, evidence])"""
UNSWEPT = "RETURN COUNT { (:Finding) } = 0"


async def findings(data: Path, folder: Path, scale: float) -> dict[str, Any]:
    """Return the figures of pages of findings; raises `Different` when ours and the limit do not answer the same."""
    known = indicators(list(load_library()), Thresholds())
    async with at_scale(data / "swept", scale) as (opened, _):
        if await opened.store.read_value(UNSWEPT, {}):
            await Sweeper(opened.store, known)(day=DAY)
        pages = await _pages(database(opened.access), folder, known)
    live = min(one["live_over_ours"] for one in pages.values())
    hand = max(one["ours_over_limit"] for one in pages.values())
    return {
        "indicators": len(pages),
        "live_over_findings": live,
        "live_over_findings_median": round(median(one["live_over_ours"] for one in pages.values()), 2),
        "ours_over_limit": hand,
        "ours_over_limit_median": round(median(one["ours_over_limit"] for one in pages.values()), 3),
        "reached": {"live_over_findings": live >= LIVE_OVER_FINDINGS, "ours_over_limit": hand <= OURS_OVER_LIMIT},
        "pages": pages,
    }


async def sweeps(data: Path, scale: float) -> dict[str, Any]:
    """Return the figures of sweeps; raises `Different` when they and handwritten statements do not write the same."""
    known = indicators(list(load_library()), Thresholds())
    async with at_scale(data / "swept", scale) as (opened, _):
        figures = await _sweeps(opened.store, known)
    figures["reached"] = {
        "sweep_over_hand": figures["sweep_over_hand"] <= SWEEP_OVER_HAND,
        "touched_over_full": figures["touched_over_full"] <= TOUCHED_OVER_FULL,
    }
    return figures


async def _sweeps(store: Store, known: Sequence[Indicator]) -> dict[str, Any]:
    """Return the seconds of the sweeps and of the handwritten statements, whose findings stay.

    The sweep goes first, so that the database's caches favor the handwritten statements.
    """
    await _remove(store)
    sweeper = Sweeper(store, known)
    full, report = await _swept(sweeper)
    again, _ = await _swept(sweeper, full=True)
    children = (await some_children(store))[:TOUCHED_CHILDREN]
    touched = []
    for _ in range(3):
        await append_alone(store, Origin("bench", "bench"), Touched({"Child": set(children)}))
        seconds, after = await _swept(sweeper)
        touched.append(seconds)
        if after.reason:
            raise Different("the sweep of what was touched looked at everything")
    written = await store.read_value(_WRITTEN, {}, timeout=DEADLINE)
    await _remove(store)
    by_hand = await _timed_by_hand(store, known)
    if await store.read_value(_WRITTEN, {}, timeout=DEADLINE) != written:
        raise Different("the sweep and the statements written by hand do not write the same findings")
    return {
        "findings": sum(one.opened for one in report.swept),
        "touched": len(children),
        "swept_whole": [one.indicator for one in after.swept if one.whole],
        "by_hand_s": round(sum(by_hand.values()), 2),
        "full_sweep_s": round(full, 2),
        "second_full_sweep_s": round(again, 2),
        "touched_sweep_s": round(median(touched), 3),
        "sweep_over_hand": round(full / sum(by_hand.values()), 3),
        "touched_over_full": round(median(touched) / full, 5),
        "touched_over_second_full": round(median(touched) / again, 5),
        "by_hand_and_swept_s": {
            one.indicator: [round(by_hand[one.indicator], 2), round(one.seconds, 2)] for one in report.swept
        },
    }


async def _swept(sweeper: Sweeper, *, full: bool = False) -> tuple[float, SweepReport]:
    began = time.monotonic()
    report = await sweeper(day=DAY, full=full)
    return time.monotonic() - began, report


async def _remove(store: Store) -> None:
    for statement in _REMOVALS:
        await store.write_auto(statement, {}, timeout=DEADLINE)


async def _timed_by_hand(store: Store, known: Sequence[Indicator]) -> dict[str, float]:
    """Return the seconds of a statement for each indicator, and of the one that computes the children's weights."""
    taken: dict[str, float] = {}
    for one in known:
        severities = [severity.value for severity in one.question.severities]
        values = [datetime.now(UTC), DAY, one.name, severities, one.question.source]
        parameters = {"p": [*values, one.thresholds_text, list(one.weights), *one.values(DAY)]}
        began = time.monotonic()
        await store.write_auto(_by_hand(one), parameters, timeout=DEADLINE)
        taken[one.name] = time.monotonic() - began
    began = time.monotonic()
    await store.write_auto(_WEIGH, {}, timeout=DEADLINE)
    taken["weights"] = time.monotonic() - began
    return taken


def _by_hand(one: Indicator) -> str:
    """Return the statement that computes an indicator's rows and creates their findings, each with its first change."""
    question = one.question
    places = {parameter.name: f"$p[{place}]" for place, parameter in enumerate(question.parameters, 7)}
    nodes = [column.name for column in node_columns(question)]
    subjects = [
        f"CREATE (f)-[:HAS_SUBJECT {{place: {place}}}]->({name})" for place, name in enumerate(node_keys(question))
    ]
    evidence = [
        f"FOREACH (n IN CASE WHEN {name} IS NULL THEN [] ELSE [{name}] END |"
        f" CREATE (f)-[:HAS_EVIDENCE {{column: '{name}', place: {place}}}]->(n))"
        for place, name in enumerate(nodes)
    ]
    return "\n".join(
        [
            "CYPHER 25",
            "CALL () {",
            replace_parameters(question.body, places).rstrip("\n"),
            "}",
            f"CALL ({', '.join(column.name for column in question.columns)}) {{",
            f"  WITH *, {key_expression(question)} AS key_, {values_expression(question)} AS values_,"
            f" {facts_expression(question)} AS facts_, {level_expression(question)} AS level_",
            "  CREATE (f:Finding {key: key_, indicator: $p[2], severity: $p[3][level_], source: $p[4],",
            "    thresholds: $p[5], weight: $p[6][level_], status: 'OPEN', version: 1, firstSeenAt: $p[0],",
            "    lastSeenAt: $p[0], since: $p[1], values: values_, facts: facts_, seenBy: 'hand'})",
            "  CREATE (f)-[:HAS_CHANGE]->(:FindingChange {key: key_ + '/1', kind: 'OPENED', at: $p[0], actor: 'hand',",
            "    to: 'OPEN', values: values_, thresholds: $p[5]})",
            *(f"  {line}" for line in (*subjects, *evidence)),
            f"}} IN TRANSACTIONS OF {BATCH_SIZE} ROWS",
        ]
    )


async def _pages(where: dict[str, str], folder: Path, known: Sequence[Indicator]) -> dict[str, Any]:
    """Return the figures of a page of 50 of each indicator: kept by us, asked live, and read by hand."""
    found = {}
    async with beside_the_limit(where, folder) as (asker, hand):
        for one in known:
            kept = Workload(one.name, one.question.title, always(_kept(one.name)))
            live = Workload(one.name, one.question.title, partial(_live, one))
            answers = [await asker.answer(kept.turn(0)), await hand.answer(kept.turn(0))]
            if answers[0] != answers[1]:
                raise Different(f"{one.name}: the page of findings and the one read by hand are not the same")
            if not answers[0]["findings"]["nodes"]:
                continue
            pairs = {"ours": (asker, kept), "limit": (hand, kept)}
            figures = compared(await timed(pairs, turns=PAGES, warming=WARMING_SECONDS))
            pairs = {"ours": (asker, kept), "live": (asker, live)}
            beside = compared(await timed(pairs, turns=PAGES, warming=0, most=MOST_SECONDS, together=1))
            figures["live_ms"] = beside["live_ms"]
            figures["live_over_ours"] = round(beside["live_ms"] / beside["ours_ms"], 2)
            found[one.name] = figures
    return found


def always(asked: Asked) -> Callable[[int], Asked]:
    """Return the turns of a workload that asks the same again and again."""
    return lambda _: asked


def _kept(name: str) -> Asked:
    return _Text("findings", (_PAGE, {"indicator": name}), ("", {}), ("findings", [name]))


def _live(one: Indicator, turn: int) -> Asked:
    """Return the question itself: its first 50 rows with the same nodes and values.

    Each turn asks for a day of its own that was not swept, because findings answer for the day of the sweep, and an
    answer that took long is kept.
    """
    day = DAY - timedelta(days=turn + 1)
    fields = " ".join(
        f"{column.name} {{ __typename key }}" if column.kind in MODEL.labels else column.name
        for column in one.question.columns
    )
    text = f'{{ {one.name}(first: 50, asOf: "{day}") {{ nodes {{ {fields} }} }} }}'
    return _Text("live", (text, {}), ("", {}), ("", ()))
