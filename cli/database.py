"""The database: its status, emptying it, and the counts that it keeps."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import orjson
import typer

from cli.formats import StatusFormat
from cli.opening import opened_graph
from cli.rows import write_table
from cli.terminal import check_can_ask, confirm, progress_shown, tell
from graph.census import Census, take_census
from graph.contents import Dataset, delete_all, read_contents, read_dataset, refuse_foreign
from graph.counts import check_counts, refresh_counts
from graph.errors import StoreError
from graph.open import Access
from graph.settings import Settings, read_settings
from graph.status import ServerStatus
from graph.twins import check_twins


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that is told of a database; `foreign` are records that are not synthetic."""

    access: Access
    server: ServerStatus
    data_dir: str | None
    dataset: Dataset | None
    foreign: int
    census: Census

    def plain(self, *, show_password: bool) -> dict[str, object]:
        """Return it as plain values, by the names that JSON has."""
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
            "referenceDate": None if self.dataset is None else self.dataset.reference_date,
            "counts": self.census.nodes,
            "relationships": self.census.relationships,
        }


def show_status(format_: StatusFormat, *, show_password: bool) -> None:
    """Print the status; a database that does not run is started for it, and stops again."""
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
    """Delete everything that the graph holds, when that may be done and someone says so."""
    check_can_ask(yes=yes)
    asyncio.run(_reset(read_settings(), yes=yes, store_name=store_name))


def check_kept(*, refresh: bool) -> None:
    """Check what is kept beside the facts, or mend it; raises `StoreError` when some is wrong and left so."""
    wrong, changed = asyncio.run(_kept(read_settings(), refresh=refresh))
    if wrong:
        names = ", ".join(f"{name} on {nodes:,} nodes" for name, nodes in wrong.items())
        raise StoreError(f"not up to date: {names}; `sightline db counts --refresh` mends that")
    mended = f"; {changed:,} values were mended" if refresh else ""
    typer.echo(f"The kept counts and folded texts are right{mended}.")


async def _status(settings: Settings) -> Status:
    async with opened_graph(settings) as opened:
        return Status(
            access=opened.access,
            server=await opened.store.status(),
            data_dir=str(settings.data_dir) if opened.access.embedded else None,
            dataset=await read_dataset(opened.store),
            foreign=(await read_contents(opened.store)).foreign,
            census=await take_census(opened.store),
        )


async def _reset(settings: Settings, *, yes: bool, store_name: str | None) -> None:
    async with opened_graph(settings) as opened:
        contents = await refuse_foreign(opened.store, store_name=store_name, action="db reset")
        records = f"{contents.nodes:,} nodes and {contents.relationships:,} relationships"
        if contents.nodes:
            confirm(f"Delete {records} of {opened.access.uri}?", yes=yes)
            with progress_shown() as progress:
                await delete_all(opened.store, progress=lambda done, total: progress("Deleting", done, total))
    typer.echo(f"Deleted {records}.")


async def _kept(settings: Settings, *, refresh: bool) -> tuple[dict[str, int], int]:
    """Return what is wrong and left so, by name; and how many nodes were mended."""
    async with opened_graph(settings) as opened:
        with progress_shown() as progress:
            progress("Counting")
            if refresh:
                twins = await check_twins(opened.store, mend=True)
                return {}, await refresh_counts(opened.store) + sum(twins.values())
            counts = {f"{found.label}.{found.property}": found.nodes for found in await check_counts(opened.store)}
            return {**counts, **await check_twins(opened.store)}, 0
