"""Sweeping: the questions' rows kept as findings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import cast

from cli.formats import Format
from cli.opening import opened_graph
from cli.rows import write
from cli.terminal import progress_shown, tell
from graph.errors import BadInput
from graph.prepare import prepare_store
from graph.settings import Settings, read_settings
from queries.findings.sweep import Sweeper, SweepReport
from queries.findings.thresholds import Indicator, indicators, load_thresholds
from queries.library import load_library
from queries.names import did_you_mean
from queries.values import SCALARS

_COLUMNS = ("indicator", "opened", "reopened", "changed", "resolved", "unchanged", "whole", "seconds")


def sweep(*, as_of: str | None, full: bool, only: Sequence[str], format_: Format) -> None:
    """Sweep the graph, and print what became of each indicator's findings."""
    settings = read_settings()
    library = list(load_library(settings.queries))
    known = indicators(library, load_thresholds(settings.thresholds, library))
    report = asyncio.run(_sweep(settings, known, as_of=as_of, full=full, only=_names(known, only)))
    rows = [{name: _shown(getattr(one, name)) for name in _COLUMNS} for one in report.swept]
    write(format_, f"Findings on {report.day}", _COLUMNS, rows)
    if report.reason:
        tell(f"Everything was looked at: {report.reason}.")


def _names(known: Sequence[Indicator], only: Sequence[str]) -> list[str]:
    names = [one.name for one in known]
    for name in only:
        if name not in names:
            raise BadInput(f"there is no indicator {name}{did_you_mean(name, names)}; use {', '.join(names)}")
    return list(only)


def _shown(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


async def _sweep(
    settings: Settings, known: Sequence[Indicator], *, as_of: str | None, full: bool, only: Sequence[str]
) -> SweepReport:
    day = None if as_of is None else _day(as_of)
    async with opened_graph(settings) as opened:
        await prepare_store(opened.store)
        with progress_shown() as progress:
            return await Sweeper(opened.store, known)(day=day, full=full, only=only, progress=progress)


def _day(text: str) -> date:
    try:
        return cast(date, SCALARS["Date"].read(text))
    except ValueError:
        raise BadInput(f"--as-of must be {SCALARS['Date'].wanted}") from None
