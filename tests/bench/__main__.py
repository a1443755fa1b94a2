"""`python -m tests.bench`: what `make bench` runs."""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console

from tests.bench.graphs import at_scale, some_children
from tests.bench.measuring import measure, rates
from tests.bench.results import machine, table
from tests.bench.systems import ROOT, install_peer, systems
from tests.bench.workloads import workloads

TIMED = ("rows", "deep", "page", "risk", "riskUncounted", "filter", "varied", "throughput")
console = Console()


def main() -> None:
    """Read the options, run what is asked for, and write the figures."""
    given = _arguments()
    install_peer(given.build / "bench")
    document = uvloop.run(_bench(given))
    output: Path = given.build / "bench.json"
    output.write_text(json.dumps(document, indent=2) + "\n")
    console.print(table(document))
    console.print(f"Written to {output}")


async def _bench(given: argparse.Namespace) -> dict[str, Any]:
    document: dict[str, Any] = {"workloads": {}}
    async with at_scale(given.data, given.scale) as (opened, size):
        document["machine"] = machine(
            neo4j=(await opened.store.status()).version, node=_node(), scale=given.scale, **size
        )
        children = await some_children(opened.store)
        known = workloads(children)
        async with systems(opened.access, given.build / "bench") as three:
            for name in [name for name in given.only if name in known]:
                console.print(f"{name}: {known[name].doc}")
                document["workloads"][name] = await measure(known[name], three, turns=given.requests)
            if "throughput" in given.only:
                console.print("throughput: the deep query, 16 clients")
                document["throughput"] = await rates(known["deep"], three, seconds=given.seconds, rounds=5)
    return document


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Time the API against a peer and a limit.")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the graph, in national ones")
    parser.add_argument("--only", type=_names, default=TIMED, help=f"some of {','.join(TIMED)}")
    parser.add_argument("--requests", type=int, default=200, help="requests to each system in a workload, at most")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of a round of throughput")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where the figures go")
    parser.add_argument("--data", type=Path, default=ROOT / "build" / "bench" / "data", help="where graphs are kept")
    return parser.parse_args()


def _names(text: str) -> Sequence[str]:
    names = [name for name in text.split(",") if name]
    if wrong := sorted(set(names) - set(TIMED)):
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: use some of {', '.join(TIMED)}")
    return names or TIMED


def _node() -> str:
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
