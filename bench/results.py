"""Turns times into figures: medians with their spread, ratios, and the document in `build/bench.json`."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

SYSTEMS = ("ours", "peer", "limit")


def summary(times: Sequence[float]) -> dict[str, float]:
    """Return the median, mean, 10th and 90th percentile and the slowest of times in seconds, as milliseconds."""
    tenths = statistics.quantiles(times, n=10, method="inclusive") if len(times) > 1 else [times[0]] * 9
    found = {
        "median": statistics.median(times),
        "mean": statistics.fmean(times),
        "p10": tenths[0],
        "p90": tenths[8],
        "slowest": max(times),
    }
    return {name: round(value * 1000, 3) for name, value in found.items()}


def compared(times: Mapping[str, Sequence[float]], *, means: bool = False) -> dict[str, Any]:
    """Return one workload's figures from the times of each system that was asked."""
    spreads = {name: summary(found) for name, found in times.items()}
    middles = {name: spread["mean" if means else "median"] for name, spread in spreads.items()}
    return {
        **{f"{name}_ms": middle for name, middle in middles.items()},
        **ratios(middles),
        "requests": {name: len(found) for name, found in times.items()},
        "spread_ms": spreads,
    }


def ratios(middles: Mapping[str, float]) -> dict[str, float]:
    """Return the peer's time divided by ours, and ours divided by the limit's."""
    found = {}
    if "peer" in middles:
        found["peer_over_ours"] = round(middles["peer"] / middles["ours"], 3)
    if "limit" in middles:
        found["ours_over_limit"] = round(middles["ours"] / middles["limit"], 3)
    return found


def slowest_over_median(times: Mapping[str, Sequence[float]]) -> float:
    """Return the largest ratio, over all shapes, of the slowest request to the median."""
    return round(max(max(found) / statistics.median(found) for found in times.values()), 2)


def throughput(rates: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return the figures of throughput from the requests per second in each system's rounds."""
    middles = {name: statistics.median(found) for name, found in rates.items()}
    return {
        **{f"{name}_rps": round(middle, 1) for name, middle in middles.items()},
        "peer_ratio": round(middles["ours"] / middles["peer"], 3),
        "limit_ratio": round(middles["limit"] / middles["ours"], 3),
        "spread_rps": {name: extremes(found) for name, found in rates.items()},
    }


def extremes(values: Sequence[float]) -> list[float]:
    """Return the smallest and the largest value."""
    return [round(min(values), 2), round(max(values), 2)]


def machine(**more: Any) -> dict[str, Any]:
    """Return a description of the machine and versions that the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **more,
    }


def table(document: Mapping[str, Any]) -> Table:
    """Return the workloads' figures as a table."""
    found = Table("workload", *(f"{name} (p10 to p90)" for name in SYSTEMS), "peer/ours", "ours/limit")
    for name, figures in document["workloads"].items():
        found.add_row(
            name,
            *(_cell(figures, system) for system in SYSTEMS),
            str(figures.get("peer_over_ours", "")),
            str(figures.get("ours_over_limit", "")),
        )
    if rates := document.get("throughput"):
        cells = (f"{rates[f'{name}_rps']:g}/s" for name in SYSTEMS)
        found.add_row("throughput", *cells, str(rates["peer_ratio"]), str(rates["limit_ratio"]))
    for column in found.columns[1:]:
        column.justify = "right"
    return found


def _cell(figures: Mapping[str, Any], system: str) -> str:
    spread = figures["spread_ms"].get(system)
    return f"{figures[f'{system}_ms']:.1f} ({spread['p10']:.1f} to {spread['p90']:.1f})" if spread else ""
