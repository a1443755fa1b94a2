"""Hubs: following links takes the same time in a graph with a hub of 100,000 links beside every child in question.

Two graphs from the same seed are asked in turns. One of them has the hub: an address where the children, their sponsors
and 100,000 others are reported to reside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from api.compiler.ids import global_id
from bench.graphs import at_scale, some_children
from bench.measuring import Asker, Different, connected, timed
from bench.results import compared
from bench.systems import answering, database, ours
from bench.workloads import Asked, Workload
from graph.store import Store

LINKS = 100_000
MOST = 1.5
"""How many times as long it may take with the hub."""
SCALE = 0.02
CHECKED = 20
_KEY = "bench-hub"
_HUB = f"CYPHER 25 MERGE (:Address {{key: '{_KEY}'}})"
_MADE = f"""CYPHER 25
MATCH (hub:Address {{key: '{_KEY}'}})
WHERE COUNT {{ (hub)--() }} < $links
UNWIND range(1, $links) AS i
CALL (hub, i) {{
  CREATE (:Sponsor {{key: '{_KEY}-' + i}})-[:RESIDES_AT {{key: '{_KEY}-' + i}}]->(hub)
}} IN TRANSACTIONS OF 10000 ROWS"""
_LINKED = f"""CYPHER 25
MATCH (hub:Address {{key: '{_KEY}'}})
UNWIND $children AS key
MATCH (child:Child {{key: key}})
CALL (child) {{
  RETURN child AS who
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(sponsor) RETURN sponsor AS who
}}
WITH DISTINCT hub, who
MERGE (who)-[:RESIDES_AT {{key: '{_KEY}-' + who.key}}]->(hub)"""


def workloads(children: Sequence[str]) -> dict[str, Workload]:
    """Return what is asked, by name; `children` are keys of children, at least two."""
    ids = [global_id("Child", key) for key in children]

    def neighborhood(turn: int) -> Asked:
        return _asked("neighborhood", {"id": ids[turn % len(ids)]})

    def shortest_paths(turn: int) -> Asked:
        return _asked("shortestPaths", {"from": ids[turn % len(ids)], "to": ids[(turn + 1) % len(ids)]})

    found = (
        Workload("neighborhood", "100 nodes around a child, three links deep, beside a hub", neighborhood),
        Workload("shortestPaths", "the shortest paths between two children, beside a hub", shortest_paths),
    )
    return {workload.name: workload for workload in found}


def _asked(name: str, variables: Mapping[str, Any]) -> Asked:
    return Asked(name, (name, variables), ("", {}), ("", ()))


async def hubs(data: Path, folder: Path, names: Sequence[str], *, turns: int) -> dict[str, dict[str, Any]]:
    """Return the figures of each workload with and without the hub; raises `Different` if the hub changes answers."""
    async with AsyncExitStack() as opened:
        askers: dict[str, Asker] = {}
        known: dict[str, Workload] = {}
        for name in ("without", "with"):
            graph, _ = await opened.enter_async_context(at_scale(data / f"{name}-hub", SCALE))
            children = await some_children(graph.store)
            known = workloads(children)
            if name == "with":
                await _add_hub(graph.store, children)
            system = opened.enter_context(ours(database(graph.access), folder / f"{name}-hub"))
            await answering(system.url)
            askers[name] = await opened.enter_async_context(connected(system))
        found = {}
        for name in names:
            await _check(known[name], askers)
            times = await timed({which: (asker, known[name]) for which, asker in askers.items()}, turns=turns)
            found[name] = _figures(times)
        return found


async def _add_hub(store: Store, children: Sequence[str]) -> None:
    await store.write(_HUB)
    await store.write_auto(_MADE, {"links": LINKS}, timeout=300)
    await store.write(_LINKED, {"children": children}, timeout=60)


async def _check(workload: Workload, askers: Mapping[str, Asker]) -> None:
    """Compare the two answers: with the hub a neighborhood has one more node, and the chains are the same."""
    for turn in range(CHECKED):
        asked = workload.turn(turn)
        answers = [await asker.answer(asked) for asker in askers.values()]
        without, having = (answer[workload.name] for answer in answers)
        if workload.name == "neighborhood":
            hub = [node for node in having["nodes"] if node["node"]["key"] == _KEY]
            same = len(hub) == 1 and len(having["nodes"]) <= len(without["nodes"]) + 1
        else:
            same = without == having
        if not same:
            raise Different(f"{workload.name}, turn {turn}: the hub changes more than it may")


def _figures(times: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return medians: `ours` with the hub, and how many times as long that takes as without it."""
    having, without = compared({"ours": times["with"]}), compared({"ours": times["without"]})
    ratio = round(having["ours_ms"] / without["ours_ms"], 3)
    return {
        **having,
        "without_hub_ms": without["ours_ms"],
        "without_hub_spread_ms": without["spread_ms"]["ours"],
        "with_over_without": ratio,
        "same": ratio <= MOST,
    }
