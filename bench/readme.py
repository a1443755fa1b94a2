"""`python -m bench.readme`: the figures of `build/bench.json`, written into `docs/performance.md`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

from bench.results import SYSTEMS
from bench.systems import ROOT

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
WIDTH = 128


def main() -> None:
    """Replace the figures between the page's two marks; the first argument may name another file of figures."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "bench.json"
    page = ROOT / "docs" / "performance.md"
    page.write_text(replaced(page.read_text(), json.loads(source.read_text())))


def replaced(text: str, document: Mapping[str, Any]) -> str:
    """Return a text in which the figures replace everything between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n" + "\n".join(lines(document)) + f"\n\n{END}{after}"


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of Markdown: the machine, the table of workloads, and the other measurements."""
    on = document["machine"]
    yield from wrap(
        f"Measured on {on['cores']} cores and {on['memory_gib']:g} GiB ({on['system']}), Python {on['python']}, Node "
        f"{on['node'].removeprefix('v')}, Neo4j {on['neo4j']}; the graph has {on['children']:,} children, "
        f"{on['nodes']:,} nodes and {on['relationships']:,} relationships. Times are medians (of `varied` means), "
        "rates are requests per second.",
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
    yield from _spent(document)


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
            f"{seed['import_tool_s']:,.0f} s with the import tool, {seed['batches_s']:,.0f} s in batches "
            f"({seed['import_tool_over_batches']:.2f})."
        )
    if hubs := document.get("hubs"):
        shown = ", ".join(f"`{name}` {figures['with_over_without']:.2f}" for name, figures in hubs.items())
        found.append(f"- In a graph with a hub of 100,000 links, compared with one without it: {shown}.")
    if floods := document.get("floods"):
        shown = ", ".join(f"`{name}` {figures['over_quiet']:.2f}" for name, figures in floods.items())
        found.append(f"- Another client's page while one token floods the server, compared with a quiet one: {shown}.")
    if kept := document.get("findings"):
        found.append(
            f"- A page of 50 findings with subjects and evidence takes {kept['ours_over_limit_median']:.2f} times as "
            f"long as the limit (at most {kept['ours_over_limit']:.2f}). The same page asked live takes "
            f"{kept['live_over_findings_median']:.1f} times as long (at least {kept['live_over_findings']:.1f}). Both "
            f"are medians over the {kept['indicators']} indicators measured."
        )
    if swept := document.get("sweeps"):
        found.append(
            f"- A full sweep for {swept['findings']:,} findings takes {swept['full_sweep_s']:,.0f} s, "
            f"{swept['sweep_over_hand']:.2f} times the {swept['by_hand_s']:,.0f} s of handwritten statements. A sweep "
            f"after {swept['touched']} touched children takes {swept['touched_sweep_s']:.2f} s, "
            f"{swept['touched_over_full']:.4f} of that ({swept['touched_over_second_full']:.4f} of the "
            f"{swept['second_full_sweep_s']:,.0f} s of a second full sweep, which finds nothing changed)."
        )
    if asked := document.get("questions"):
        found.append(
            f"- The first page of a question with its total takes {asked['swept_ms_median']:g} ms after a sweep of the "
            f"day (median over {len(asked['questions'])} questions; at most {asked['swept_ms_slowest']:g} ms, and "
            f"{asked['swept_over_hand_slowest']:.2f} times as long as by hand), at most "
            f"{asked['stricter_ms_slowest']:g} ms with stricter thresholds, and asked live "
            f"{asked['live_ms_median']:g} ms (at most {asked['live_ms_slowest']:g} ms, and "
            f"{asked['live_over_hand_slowest']:.2f} times as long as by hand)."
        )
    found += _reports(document)
    found += _files(document)
    if growth := document.get("growth"):
        sizes = ", ".join(f"{int(size):,}" for size in next(iter(growth.values()))["ours_ms"])
        ratios = ", ".join(f"`{name}` {figures['largest_over_least']:.2f}" for name, figures in growth.items())
        found.append(f"- Ratio of the largest to the smallest median at {sizes} children: {ratios}.")
    if found:
        yield ""
    yield from found


def _reports(document: Mapping[str, Any]) -> Iterator[str]:
    if not (told := document.get("reports")):
        return
    for name, one in told["reports"].items():
        yield f"- {name}: {one['first_ms']:,.0f} ms the first time, {one['again_ms']:,.1f} ms again."
    yield (
        f"- The first byte of a question's CSV comes after {told['first_byte_ms_slowest']:,.0f} ms at most; then "
        f"{told['rows_a_second_least']:,.0f} rows a second at least, in files of 20,000 rows or more."
    )


def _files(document: Mapping[str, Any]) -> Iterator[str]:
    if not (told := document.get("files")):
        return
    rows, chosen = sum(told["dump_rows"].values()), told["choosing"]
    yield (
        f"- Choosing {chosen['cases']:,} cases from made-up files of {rows:,} rows takes "
        f"{chosen['choosing_s']:,.1f} s, {chosen['choosing_over_counting']:.2f} times the "
        f"{chosen['counting_s']:,.1f} s that counting the rows takes."
    )
    for name, what in (("dump", "these cases"), ("releases", f"{told['releases_rows']:,} releases")):
        one = told[name]
        yield (
            f"- Loading {what}: {one['ours_s']:,.0f} s; batches by hand that write the same take "
            f"{one['by_hand_s']:,.0f} s ({one['hand_over_ours']:.2f})."
        )
    held = ", ".join(f"{memory:,.0f} MiB for {size}" for size, memory in told["memory_mib"].items())
    yield f"- Most memory that importing a dump takes: {held}."


def _spent(document: Mapping[str, Any]) -> Iterator[str]:
    if not (spent := document.get("spent")):
        return
    yield ""
    yield "Where the time of a request goes, in microseconds: in our process, and in that of the limit."
    yield ""
    parts = list(dict.fromkeys(name for both in spent.values() for found in both.values() for name in found))
    yield f"| | {' | '.join(parts)} |"
    yield f"| --- |{' ---: |' * len(parts)}"
    for name, both in spent.items():
        for system, found in both.items():
            yield f"| `{name}`, {system} | {' | '.join(f'{found.get(part, 0):,}' for part in parts)} |"


if __name__ == "__main__":
    main()
