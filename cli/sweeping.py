"""Sweeping: keeps the questions' rows as findings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import cast

from api.fields import load_questions
from cli.formats import Format
from cli.rows import write
from cli.session import opened_graph
from cli.terminal import progress_shown, tell
from graph.errors import BadInput, StoreError
from graph.maintenance.prepare import prepare_store
from graph.settings import Settings, read_settings
from queries.findings.report import SweepReport
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Indicator, indicators, load_thresholds
from queries.library.names import did_you_mean
from queries.library.values import SCALARS

_COLUMNS = ("indicator", "opened", "reopened", "changed", "resolved", "unchanged", "whole", "seconds")


def sweep(*, as_of: str | None, full: bool, only: Sequence[str], format_: Format) -> None:
    """Sweep the graph and print what happened to each indicator's findings; raises `StoreError` when one failed."""
    settings = read_settings()
    known = known_indicators(settings)
    report = asyncio.run(_sweep(settings, known, as_of=as_of, full=full, only=_names(known, only)))
    rows = [{name: _shown(getattr(one, name)) for name in _COLUMNS} for one in report.swept]
    write(format_, f"Findings on {report.day}", _COLUMNS, rows)
    if report.reason:
        tell(f"Everything was looked at: {report.reason}.")
    if report.failed:
        names = "; ".join(f"{one.indicator} ({one.why})" for one in report.failed)
        raise StoreError(f"these indicators could not be swept, and the next sweep tries them again: {names}")


def known_indicators(settings: Settings) -> list[Indicator]:
    """Return the indicators that sweeps ask, with the settings' thresholds."""
    library = list(load_questions(settings.queries))
    return indicators(library, load_thresholds(settings.thresholds, library))


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
        with progress_shown() as progress:
            await prepare_store(opened.store, progress=progress, wait=False)
            return await Sweeper(opened.store, known)(day=day, full=full, only=only, progress=progress)


def _day(text: str) -> date:
    try:
        return cast(date, SCALARS["Date"].read(text))
    except ValueError:
        raise BadInput(f"--as-of must be {SCALARS['Date'].wanted}") from None
