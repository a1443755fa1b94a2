"""Serves the API, and greets with a text that says how to use it."""

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

from api.fields import load_questions
from api.serving.lifespan import open_job, open_service
from api.serving.server import serve, serve_by_workers
from api.telemetry.logs import start_logging
from cli.startup import Begun
from cli.tokens import make_token, sign_in_address
from graph.errors import BadInput
from graph.maintenance.contents import Dataset, Size, needs_seed, read_dataset, read_size, read_trouble
from graph.maintenance.prepare import prepare_store
from graph.opening import ConnectionInfo, Opened
from graph.settings import LogFormat, Settings
from queries.library import QueryLibrary

logger = logging.getLogger("sightline.serving")

TOKEN_HOURS = 12
EXAMPLE = (
    "{ sponsorsWithMultipleChildren(minChildren: 3, first: 3) "
    "{ totalCount nodes { childCount unrelatedCount sponsor { firstName lastName } } } }"
)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the greeting says about the graph."""

    access: ConnectionInfo
    size: Size
    dataset: Dataset | None
    trouble: str | None

    @classmethod
    async def read(cls, opened: Opened) -> Facts:
        """Read them, all at once, because a database that has just started answers slowly."""
        store = opened.store
        size, dataset, trouble = await asyncio.gather(read_size(store), read_dataset(store), read_trouble(store))
        return cls(opened.access, size, dataset, trouble)


def serve_api(begun: Begun, *, seed_when_empty: str | None) -> None:
    """Serve until a signal; greet when the API answers, or only log that if the log is for machines."""
    settings, progress = begun.settings, begun.progress
    start_logging(settings)
    library = load_questions(settings.queries)
    facts: list[Facts] = []

    async def prepare(opened: Opened) -> None:
        found, _ = await asyncio.gather(Facts.read(opened), prepare_store(opened.store, progress=progress))
        if seed_when_empty is not None and await needs_seed(opened.store):
            from cli.seeding import fill  # the generator is needed by no other start

            await fill(settings, opened.store, preset=seed_when_empty, progress=progress)
        if found.trouble or not found.size.nodes:
            found = await Facts.read(opened)  # it has been filled meanwhile, here or by another process
        facts.append(found)

    def greet(address: str) -> None:
        begun.hide_progress()
        if settings.log_format is LogFormat.JSON:
            if facts[-1].trouble:
                logger.warning(facts[-1].trouble)
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
    """Return the greeting for when the API answers; it ends with a command line that sends a query."""
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
    if facts.trouble:
        lines["Incomplete"] = facts.trouble
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
    """Return the address at which this machine reaches a server that listens at `address`."""
    parts = urlsplit(address)
    host = _EVERYWHERE.get(parts.hostname or "", parts.hostname or "")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{parts.port}"


def _playground(settings: Settings, url: str) -> str:
    """Return an address that signs in, or the reason why none can be made; the API also works without one."""
    try:
        return sign_in_address(settings, url)
    except BadInput as error:
        return f"{url} (nobody can sign in now: {error})"


def _database(settings: Settings, access: ConnectionInfo) -> str:
    whose = f"Sightline's own, kept in {settings.data_dir}" if access.embedded else "as NEO4J_URI says"
    return f"{access.uri} ({whose})"


def _graph(size: Size, dataset: Dataset | None) -> str:
    if not size.nodes:
        return "empty; `sightline seed` makes people up, `sightline import` brings in files"
    shown = f"{size.children:,} children, {size.nodes:,} nodes, {size.relationships:,} relationships"
    if dataset is not None and (dataset.nodes, dataset.relationships) == (size.nodes, size.relationships):
        return f"synthetic: every person is made up, as of {dataset.reference_date}; {shown}"
    return f"{shown}; not all of it is made up" if dataset else shown
