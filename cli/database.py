"""The database: shows its status, empties it, and checks what is derived in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

import orjson
import typer

from cli.formats import StatusFormat
from cli.rows import write_json, write_table
from cli.session import opened_graph
from cli.terminal import Progress, check_can_ask, confirm, progress_shown, tell
from graph.engine.emptying import PATIENCE, make_anew
from graph.errors import StoreError
from graph.maintenance.check import Breach, check_graph
from graph.maintenance.contents import (
    Dataset,
    is_empty,
    read_contents,
    read_dataset,
    read_trouble,
    refuse_foreign,
    reset,
)
from graph.maintenance.lease import hold
from graph.maintenance.prepare import prepare_store
from graph.maintenance.record import Record, read_record
from graph.maintenance.upgrades import note_rules
from graph.opening import ConnectionInfo
from graph.settings import Settings, read_settings
from graph.store import Store
from graph.store.census import Census, take_census
from graph.store.status import ServerStatus
from graph.writing.change_log import continue_after, last_sequence
from graph.writing.derived import check_derived, refresh_all
from graph.writing.derived_marks import mark_folded
from graph.writing.folded_text import check_twins


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that the status shows; `foreign` are records that are not synthetic."""

    access: ConnectionInfo
    server: ServerStatus
    data_dir: str | None
    dataset: Dataset | None
    foreign: int
    census: Census
    record: Record
    trouble: str | None

    def plain(self, *, show_password: bool) -> dict[str, object]:
        """Return it as plain values, with their names in JSON."""
        return {
            "uri": self.access.uri,
            "address": self.server.address,
            "user": self.access.username,
            **({"password": self.access.password} if show_password else {}),
            "database": self.access.database,
            "version": self.server.version,
            "edition": self.server.edition,
            "embedded": self.access.embedded,
            "dataDir": self.data_dir,
            "synthetic": self.dataset is not None and not self.foreign,
            "complete": self._complete(),
            "referenceDate": None if self.dataset is None else self.dataset.reference_date,
            "schemaVersion": self.record.schema_version,
            "writtenBy": self.record.written_by,
            "lease": self._lease(),
            "trouble": self.trouble,
            "counts": self.census.nodes,
            "relationships": self.census.relationships,
        }

    def _complete(self) -> bool | None:
        """Tell whether the synthetic data is complete; None if there is none."""
        return None if self.dataset is None else self.dataset.complete and not self.dataset.lacking(self.census)

    def _lease(self) -> str | None:
        """Return who is changing the store now, and since when; None when nobody is."""
        if not self.record.working:
            return None
        return f"{self.record.working} (process {self.record.process}, since {self.record.since:%Y-%m-%d %H:%M} UTC)"


def show_status(format_: StatusFormat, *, show_password: bool) -> None:
    """Print the status; a database that is not running is started for this and stopped again."""
    status = asyncio.run(_status(read_settings()))
    plain = status.plain(show_password=show_password)
    if format_ is StatusFormat.JSON:
        typer.echo(orjson.dumps(plain, option=orjson.OPT_INDENT_2))
        return
    counts = {"counts", "relationships"}
    write_table("Database", ["", ""], [[name, value] for name, value in plain.items() if name not in counts])
    write_table("Nodes", ["label", "count"], [[name, count] for name, count in status.census.nodes.items() if count])
    write_table(
        "Relationships",
        ["type", "count"],
        [[name, count] for name, count in status.census.relationships.items() if count],
    )
    if status.access.embedded:
        tell("Others can connect while a process of Sightline holds the database, as `sightline serve` does.")


def reset_graph(*, yes: bool, store_name: str | None) -> None:
    """Delete everything in the graph, if that is allowed and somebody confirms it."""
    check_can_ask(yes=yes)
    asyncio.run(_reset(read_settings(), yes=yes, store_name=store_name))


def derive(*, refresh: bool) -> None:
    """Check what is derived from the facts, or repair it; raises `StoreError` when something is wrong and stays so."""
    wrong, changed = asyncio.run(_derived(read_settings(), refresh=refresh))
    if wrong:
        names = ", ".join(f"{name} on {nodes:,} nodes" for name, nodes in wrong.items())
        raise StoreError(f"not up to date: {names}; `sightline db derive --refresh` mends that")
    mended = f"; {changed:,} values were mended" if refresh else ""
    typer.echo(f"The derived properties and folded texts are right{mended}.")


def check_model(format_: StatusFormat) -> None:
    """Print what in the graph breaks the model; raises `StoreError` when something does."""
    breaches = asyncio.run(_checked(read_settings()))
    rows = [
        {
            "where": one.where,
            "rule": one.rule,
            "number": one.number,
            "examples": ", ".join(one.examples),
            "kind": "note" if one.note else "breach",
        }
        for one in breaches
    ]
    broken = sum(not one.note for one in breaches)
    if format_ is StatusFormat.JSON:
        write_json(rows)
    elif rows:
        names = ("kind", "where", "rule", "number", "examples")
        write_table("What breaks the model", names, [[row[name] for name in names] for row in rows])
    if broken:
        rules = "a rule" if broken == 1 else f"{broken} rules"
        raise StoreError(f"the graph breaks {rules} of the model; correct the records, or their import")
    tell("The graph breaks no rule of the model.")


async def _checked(settings: Settings) -> list[Breach]:
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            return await check_graph(opened.store, progress=lambda done, total: progress("Checking", done, total))


async def _status(settings: Settings) -> Status:
    async with opened_graph(settings) as opened:
        return Status(
            access=opened.access,
            server=await opened.store.status(),
            data_dir=str(settings.data_dir) if opened.access.embedded else None,
            dataset=await read_dataset(opened.store),
            foreign=(await read_contents(opened.store)).foreign,
            census=await take_census(opened.store),
            record=await read_record(opened.store),
            trouble=await read_trouble(opened.store),
        )


async def _reset(settings: Settings, *, yes: bool, store_name: str | None) -> None:
    async with opened_graph(settings) as opened:
        contents = await refuse_foreign(opened.store, store_name=store_name, action="db reset")
        records = f"{contents.nodes:,} nodes and {contents.relationships:,} relationships"
        if contents.nodes:
            confirm(f"Delete {records} of {opened.access.uri}?", yes=yes)
            with progress_shown() as progress:
                await reset(opened.store, store_name=store_name, progress=partial(progress, "Deleting"))
        if opened.access.embedded:
            with progress_shown() as progress:
                await _clear_files(opened.store, settings, progress)
    typer.echo(f"Deleted {records}.")


async def _clear_files(store: Store, settings: Settings, progress: Progress) -> None:
    """Recreate the files of an empty embedded database, because deleted content stays in the old ones."""
    async with hold(store, "reset", seconds=PATIENCE):
        if not await is_empty(store):
            return
        progress("Making the files anew")
        sequence = await last_sequence(store)
        await asyncio.to_thread(make_anew, settings)
    await prepare_store(store, progress=progress)
    await continue_after(store, sequence)


async def _derived(settings: Settings, *, refresh: bool) -> tuple[dict[str, int], int]:
    """Return what is wrong and stays so, by name, and how many nodes were repaired."""
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            if refresh:
                async with hold(opened.store, "refresh"):
                    twins = await check_twins(opened.store, mend=True, progress=partial(progress, "Folding texts"))
                    await mark_folded(opened.store)
                    changed = await refresh_all(opened.store, progress=partial(progress, "Deriving properties"))
                    await note_rules(opened.store)
                    return {}, changed + sum(twins.values())
            progress("Checking")
            derived = {f"{one.label}.{one.property}": one.nodes for one in await check_derived(opened.store)}
            return {**derived, **await check_twins(opened.store)}, 0
