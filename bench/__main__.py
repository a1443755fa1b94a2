"""`python -m bench`: what `make bench` runs."""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console

from bench.both_ways import seed_both_ways
from bench.files import files
from bench.findings import findings, sweeps
from bench.floods import floods
from bench.graphs import at_scale, some_children
from bench.growth import growth
from bench.hubs import hubs
from bench.imports import imports
from bench.measuring import Different, connected, measure, rates
from bench.questions import questions
from bench.reports import reports
from bench.results import machine, table
from bench.spent import spent
from bench.starting import start_up
from bench.systems import ROOT, install_peer, systems
from bench.workloads import workloads
from graph.opening import Opened
from graph.store import Store
from queries.library import load_library
from tests.queries.plan_rules import faults

TIMED = ("rows", "deep", "page", "risk", "riskUncounted", "filter", "varied")
BESIDE_HUBS = ("neighborhood", "shortestPaths")
FILLED = ("seed", "imports", "files")
DEFAULT = (*TIMED, *BESIDE_HUBS, "throughput", *FILLED, "plans", "sweeps", "findings", "questions", "reports")
KNOWN = (*DEFAULT, "growth", "start", "floods", "spent")
ROUNDS = 5
console = Console()
Measured = Callable[[], Awaitable[dict[str, Any]]]


def main() -> None:
    """Read the options, run what is asked for, and write the figures."""
    given = _arguments()
    folder: Path = given.build / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    document = uvloop.run(_bench(given, folder))
    output = _write(given, document)
    if document["workloads"] or "throughput" in document:
        console.print(table(document))
    for name in (
        "seed",
        "imports",
        "start",
        "hubs",
        "sweeps",
        "findings",
        "questions",
        "reports",
        "files",
        "floods",
        "growth",
        "spent",
    ):
        if name in document:
            console.print(name, document[name])
    console.print(f"Written to {output}")


async def _bench(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    async with at_scale(given.data, given.scale) as (opened, size):
        version = (await opened.store.status()).version
        document = _begun(given, machine(neo4j=version, node=_node(), scale=given.scale, **size))
        if "plans" in given.only:
            console.print("plans: every question's, on the statistics of this graph")
            document["plans"] = await _plans(opened.store)
        if {*TIMED, "throughput"} & {*given.only}:
            await _compare(given, opened, folder, document)
    beside = [name for name in given.only if name in BESIDE_HUBS]
    parts = _parts(given, folder, beside)
    for name, (doc, measured) in parts.items():
        if name in given.only or (name == "hubs" and beside):
            console.print(f"{name}: {doc}")
            document[name] = await measured()
            _write(given, document)
    return document


def _parts(given: argparse.Namespace, folder: Path, beside: Sequence[str]) -> dict[str, tuple[str, Measured]]:
    """Return what each workload of its own measures, in words, and what measures it."""
    return {
        "start": (
            "to the first answered query, against Neo4j's own start",
            lambda: start_up(given.data, given.scale, folder, rounds=ROUNDS),
        ),
        "seed": (
            "the same rows through the import tool and in batches",
            lambda: seed_both_ways(given.data, given.scale),
        ),
        "imports": (
            "a file of releases, and the same records by hand in batches",
            lambda: imports(given.data, folder, given.scale),
        ),
        "hubs": (
            f"{', '.join(beside)} with a hub of 100,000 links, and without",
            lambda: hubs(given.data, folder, beside, turns=given.requests),
        ),
        "sweeps": (
            "of everything and of what was touched, against statements by hand",
            lambda: sweeps(given.data, given.scale),
        ),
        "findings": (
            "pages of each indicator's, against the same by hand and live",
            lambda: findings(given.data, folder, given.scale),
        ),
        "questions": (
            "first pages with totals: swept, stricter, and live",
            lambda: questions(given.data, folder, given.scale),
        ),
        "reports": (
            "tables, statistics, rings, searches and orders, the first time and again; and files",
            lambda: reports(given.data, folder, given.scale),
        ),
        "files": (
            "choosing from a quarter of the courts' dump, and loading it and all releases, against the same by hand",
            lambda: files(given.data, folder, given.scale),
        ),
        "floods": (
            "a stranger's page while one token floods the server, and quiet",
            lambda: floods(given.data, folder, turns=given.requests),
        ),
        "spent": (
            "the parts of a small request's time, by sampling both processes",
            lambda: spent(given.data, folder, given.scale),
        ),
        "growth": ("a page in graphs of other sizes", lambda: growth(given.data, folder, turns=given.requests)),
    }


async def _plans(store: Store) -> dict[str, list[str]]:
    """Return what is wrong with the plan of each question; raises `Different` when anything is."""
    found: dict[str, list[str]] = {}
    for question in load_library():
        found[question.name] = [fault for one in question.bodies for fault in await faults(store, one)]
    if wrong := {name: plan for name, plan in found.items() if plan}:
        raise Different(f"plans with a product of two lists, or a scan that no header gives: {wrong}")
    return found


async def _compare(given: argparse.Namespace, opened: Opened, folder: Path, document: dict[str, Any]) -> None:
    install_peer(folder)
    known = workloads(await some_children(opened.store))
    async with systems(opened.access, folder) as three, AsyncExitStack() as connections:
        askers = [await connections.enter_async_context(connected(system)) for system in three]
        for name in [name for name in given.only if name in known]:
            console.print(f"{name}: {known[name].doc}")
            document["workloads"][name] = await measure(known[name], askers, turns=given.requests)
            _write(given, document)
        if "throughput" in given.only:
            console.print("throughput: the deep query, 16 clients")
            document["throughput"] = await rates(known["deep"], askers, seconds=given.seconds, rounds=ROUNDS)


def _begun(given: argparse.Namespace, of: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of an earlier run on the same machine and graph, to which this one adds; otherwise none."""
    output: Path = given.build / "bench.json"
    before: dict[str, Any] = json.loads(output.read_text()) if output.exists() else {}
    return before if before.get("machine") == of else {"machine": of, "workloads": {}}


def _write(given: argparse.Namespace, document: dict[str, Any]) -> Path:
    output: Path = given.build / "bench.json"
    output.write_text(json.dumps(document, indent=2) + "\n")
    return output


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Time the API against a peer and a limit.")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the graph, in national ones")
    parser.add_argument("--only", type=_names, default=DEFAULT, help=f"some of {','.join(KNOWN)}")
    parser.add_argument("--requests", type=int, default=200, help="requests to each system in a workload, at most")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of a round of throughput")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where the figures go")
    parser.add_argument("--data", type=Path, default=ROOT / "build" / "bench" / "data", help="where graphs are kept")
    return parser.parse_args()


def _names(text: str) -> Sequence[str]:
    names = [name for name in text.split(",") if name]
    if wrong := sorted({*names} - {*KNOWN}):
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: use some of {', '.join(KNOWN)}")
    return names or DEFAULT


def _node() -> str:
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
