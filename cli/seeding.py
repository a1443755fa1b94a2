"""Seeding: replaces the graph by made-up people."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from cli.session import opened_graph
from cli.terminal import check_can_ask, confirm, progress_shown
from graph.engine.jars import Progress
from graph.maintenance.contents import refuse_foreign
from graph.settings import Settings, read_settings
from graph.store import Store
from seed.seeding import TRUTH_FILE, SeedReport, fill_store, seed
from seed.synthetic.presets import figures


def seed_graph(
    *, preset: str, scale: float, number: int, truth_file: Path | None, yes: bool, store_name: str | None
) -> None:
    """Replace the graph, if that is allowed and somebody confirms it, and print what it holds now."""
    figures(preset, scale=scale)
    check_can_ask(yes=yes)
    settings = read_settings()
    if not yes:
        asyncio.run(_ask(settings, store_name=store_name))
    with progress_shown() as progress:
        report = asyncio.run(
            seed(
                settings,
                preset=preset,
                scale=scale,
                seed=number,
                store_name=store_name,
                truth_file=truth_file,
                progress=progress,
            )
        )
    for line in told(report):
        typer.echo(line)


async def fill(settings: Settings, store: Store, *, preset: str, progress: Progress) -> None:
    """Fill an open store that holds nothing of value, as `serve` does before it answers.

    Waits if another process is filling it now.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    await fill_store(store, preset=preset, truth_file=settings.data_dir / TRUTH_FILE, progress=progress)


def told(report: SeedReport) -> list[str]:
    """Return what was seeded, as sentences, one per line."""
    made = report.figures
    lines = [
        f"Every person is made up: {report.nodes:,} nodes, {report.relationships:,} relationships.",
        f"Children transferred to HHS: {made.children:,}",
        f"  who missed a hearing: {made.missed:,}",
        f"  on whom no Notice to Appear was served: {made.without_notice:,}",
        f"  not reached after placement: {made.not_reached:,}",
        f"Placements whose release address is bad: {made.bad_addresses:,}",
    ]
    if report.truth_file:
        lines.append(f"What was planted is written down in {report.truth_file}")
    if report.note:
        lines.append(f"Note: {report.note}.")
    return lines


async def _ask(settings: Settings, *, store_name: str | None) -> None:
    async with opened_graph(settings) as opened:
        contents = await refuse_foreign(opened.store, store_name=store_name, action="seed")
    if contents.nodes:
        records = f"{contents.nodes:,} nodes and {contents.relationships:,} relationships"
        confirm(f"Replace {records} of {opened.access.uri}?", yes=False)
