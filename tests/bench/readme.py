"""`python -m tests.bench.readme`: the figures of `build/bench.json`, written into the README."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

from tests.bench.results import SYSTEMS
from tests.bench.systems import ROOT

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
WIDTH = 128


def main() -> None:
    """Replace what stands between the README's two marks; a path to the figures may be given."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "bench.json"
    readme = ROOT / "README.md"
    readme.write_text(replaced(readme.read_text(), json.loads(source.read_text())))


def replaced(text: str, document: Mapping[str, Any]) -> str:
    """Return a text with what stands between its two marks replaced by the figures."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n" + "\n".join(lines(document)) + f"\n\n{END}{after}"


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of Markdown: what it was measured on, the table, and what was measured beside it."""
    on = document["machine"]
    yield from wrap(
        f"Measured on {on['cores']} cores and {on['memory_gib']:g} GiB ({on['system']}), Python {on['python']}, Node "
        f"{on['node'].removeprefix('v')}, Neo4j {on['neo4j']}; the graph has {on['children']:,} children, "
        f"{on['nodes']:,} nodes and {on['relationships']:,} relationships. Times are medians (of `varied` means), "
        "rates requests a second.",
        WIDTH,
    )
    yield ""
    yield "| workload | ours | peer | limit | peer / ours | ours / limit |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, found in document["workloads"].items():
        times = " | ".join(f"{found[f'{system}_ms']:.2f} ms" for system in SYSTEMS)
        yield f"| `{name}` | {times} | {found['peer_over_ours']:.2f} | {found['ours_over_limit']:.2f} |"
    if rates := document.get("throughput"):
        shown = " | ".join(f"{rates[f'{system}_rps']:,.0f}/s" for system in SYSTEMS)
        yield f"| `throughput` | {shown} | {rates['peer_ratio']:.2f} | {rates['limit_ratio']:.2f} |"
    yield from _beside(document)


def _beside(document: Mapping[str, Any]) -> Iterator[str]:
    found = []
    if slowest := document["workloads"].get("varied", {}).get("slowest_over_median"):
        found.append(f"- The slowest request of `varied` took {slowest:g} times the median of its shape.")
    if start := document.get("start"):
        found.append(
            f"- From `sightline serve` to the first answered query: {start['ours_s']:g} s, "
            f"{start['ours_over_neo4j']:.2f} times the {start['neo4j_s']:g} s that the bare server takes to start, and "
            f"{start['ours_over_neo4j_cached']:.2f} times the {start['neo4j_cached_s']:g} s that it takes with "
            f"the cache of prepared classes that Sightline makes for it."
        )
    if seed := document.get("seed"):
        found.append(
            f"- Loading {seed['nodes']:,} nodes and {seed['relationships']:,} relationships: "
            f"{seed['import_tool_s']:,.0f} s by the import tool, {seed['batches_s']:,.0f} s in batches "
            f"({seed['import_tool_over_batches']:.2f})."
        )
    if hubs := document.get("hubs"):
        shown = ", ".join(f"`{name}` {figures['with_over_without']:.2f}" for name, figures in hubs.items())
        found.append(f"- Beside a hub of 100,000 links, as against without it: {shown}.")
    if kept := document.get("findings"):
        found.append(
            f"- A page of 50 findings with subjects and evidence, of each of {kept['indicators']} indicators, takes "
            f"{kept['ours_over_limit_median']:.2f} times what the limit takes (at most {kept['ours_over_limit']:.2f}); "
            f"the same page asked live {kept['live_over_findings_median']:.1f} times (at least "
            f"{kept['live_over_findings']:.1f}). These are the medians of the indicators."
        )
    if swept := document.get("sweeps"):
        found.append(
            f"- A full sweep for {swept['findings']:,} findings takes {swept['full_sweep_s']:,.0f} s, "
            f"{swept['sweep_over_hand']:.2f} times the {swept['by_hand_s']:,.0f} s of statements by hand; one after "
            f"{swept['touched']} touched children {swept['touched_sweep_s']:.2f} s, "
            f"{swept['touched_over_full']:.4f} of that ({swept['touched_over_second_full']:.4f} of the "
            f"{swept['second_full_sweep_s']:,.0f} s of a second full one, which finds everything as it was)."
        )
    if growth := document.get("growth"):
        sizes = ", ".join(f"{int(size):,}" for size in next(iter(growth.values()))["ours_ms"])
        ratios = ", ".join(f"`{name}` {figures['largest_over_least']:.2f}" for name, figures in growth.items())
        found.append(f"- Largest over least median at {sizes} children: {ratios}.")
    if found:
        yield ""
    yield from found


if __name__ == "__main__":
    main()
