"""Serving the API, and the greeting that says how to use it."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import typer

from api.assembly import open_job, open_service
from api.logs import start_logging
from api.server import serve, serve_by_workers
from cli.beginning import Begun
from cli.tokens import make_token, sign_in_address
from graph.contents import Dataset, Size, needs_seed, read_dataset, read_size
from graph.errors import BadInput
from graph.open import Access, Opened
from graph.prepare import prepare_store
from graph.settings import LogFormat, Settings
from queries.library import QueryLibrary, load_library

logger = logging.getLogger("sightline.serving")

TOKEN_HOURS = 12
EXAMPLE = (
    "{ sponsorsWithMultipleChildren(minChildren: 3, first: 3) "
    "{ totalCount nodes { childCount unrelatedCount sponsor { firstName lastName } } } }"
)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the greeting tells of the graph."""

    access: Access
    size: Size
    dataset: Dataset | None

    @classmethod
    async def read(cls, opened: Opened) -> Facts:
        """Read them; the statements of a database that has just begun are slow, so they are asked together."""
        size, dataset = await asyncio.gather(read_size(opened.store), read_dataset(opened.store))
        return cls(opened.access, size, dataset)


def serve_api(begun: Begun, *, seed_when_empty: str | None) -> None:
    """Serve until a signal; greet when the API answers, in the log alone where that is for machines."""
    settings, progress = begun.settings, begun.progress
    start_logging(settings)
    library = load_library(settings.queries)
    facts: list[Facts] = []

    async def prepare(opened: Opened) -> None:
        found, _ = await asyncio.gather(Facts.read(opened), prepare_store(opened.store))
        if seed_when_empty is not None and await needs_seed(opened.store):
            from cli.seeding import fill  # what makes people up is needed by no other start

            await fill(settings, opened.store, preset=seed_when_empty, progress=progress)
            found = await Facts.read(opened)
        facts.append(found)

    def greet(address: str) -> None:
        begun.hide_progress()
        if settings.log_format is LogFormat.JSON:
            logger.info("ready", extra={"fields": {"address": address, "workers": settings.workers}})
        else:
            typer.echo(greeting(address, settings, library, facts[-1]))

    given: dict[str, Any] = {
        "progress": progress,
        "prepare": prepare,
        "examples": (EXAMPLE,),
        "starting": begun.starting,
    }
    if settings.workers == 1:
        serve(partial(open_service, settings, library, **given), settings, on_started=greet)
    else:
        serve_by_workers(partial(open_job, settings, library, **given), settings, on_started=greet)


def greeting(address: str, settings: Settings, library: QueryLibrary, facts: Facts) -> str:
    """Return what is said when the API answers; it ends with a command line that asks it something."""
    url = reachable(address)
    lines = {
        "Playground": _playground(settings, url),
        "": "works once, within 15 minutes; `sightline sign-in` prints another",
        "API": f"{url}/graphql",
        "Schema": f"{url}/schema.graphql",
        "Database": _database(settings, facts.access),
        "Graph": _graph(facts.size, facts.dataset),
        "Questions": f"{len(library)}; `sightline query` lists them",
        "Token": f"`sightline token` makes one; the one below works for {TOKEN_HOURS} hours",
    }
    if url != address:
        lines["Note"] = "other machines can reach this address, and nothing sent to it is encrypted"
    width = max(map(len, lines))
    shown = [f"  {name:<{width}}  {value}" for name, value in lines.items()]
    token = make_token(settings, name="greeting", lifetime=timedelta(hours=TOKEN_HOURS))
    body = json.dumps({"query": EXAMPLE})
    curl = (
        f"curl -s {url}/graphql -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' --data '{body}'"
    )
    return "\n".join(["Sightline is ready; Ctrl-C stops it.", "", *shown, "", "Ask it something:", "", curl])


def reachable(address: str) -> str:
    """Return the address under which this machine reaches a server that listens at `address`."""
    parts = urlsplit(address)
    host = _EVERYWHERE.get(parts.hostname or "", parts.hostname or "")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{parts.port}"


def _playground(settings: Settings, url: str) -> str:
    """Return an address that signs in; the reason where none can be made, since the API serves without one."""
    try:
        return sign_in_address(settings, url)
    except BadInput as error:
        return f"{url} (nobody can sign in now: {error})"


def _database(settings: Settings, access: Access) -> str:
    whose = f"Sightline's own, kept in {settings.data_dir}" if access.embedded else "as NEO4J_URI says"
    return f"{access.uri} ({whose})"


def _graph(size: Size, dataset: Dataset | None) -> str:
    if not size.nodes:
        return "empty; `sightline seed` makes people up, `sightline import` brings in files"
    shown = f"{size.children:,} children, {size.nodes:,} nodes, {size.relationships:,} relationships"
    if dataset is not None and (dataset.nodes, dataset.relationships) == (size.nodes, size.relationships):
        return f"synthetic: every person is made up, as of {dataset.reference_date}; {shown}"
    return f"{shown}; not all of it is made up" if dataset else shown
