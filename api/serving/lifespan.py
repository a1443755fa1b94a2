"""The whole service, from its settings: opens and prepares the graph, checks the library, and builds the API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from starlette.applications import Starlette

from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, Actor
from api.access.revocations import Revocations
from api.access.tokens import issue_token
from api.fields import load_questions
from api.serving.service import Api, build_api, create_service
from api.serving.warming import warm
from api.serving.workers import Job
from api.telemetry import Telemetry
from graph.background import running
from graph.engine.client import Starting
from graph.engine.jars import Progress
from graph.errors import BadInput
from graph.opening import ConnectionInfo, Opened, connect, open_graph
from graph.settings import Settings
from graph.store import Store
from queries.asking.plans import check_plans
from queries.library import BUILT_IN, QueryLibrary
from queries.library.question import Question

_WARMING = timedelta(minutes=10)
_QUIET_SECONDS = 2.0
"""Seconds after a start in which those who waited for it may ask first."""
_NO_TRACING = "SIGHTLINE_OTLP_ENDPOINT needs OpenTelemetry: install Sightline with the extra `traces`, or unset it"


@asynccontextmanager
async def open_service(
    settings: Settings,
    library: QueryLibrary,
    *,
    progress: Progress,
    prepare: Callable[[Opened], Awaitable[None]],
    examples: Sequence[str] = (),
    starting: Starting | None = None,
) -> AsyncIterator[Starlette]:
    """Open the graph and yield the application over it; both are closed at the end.

    `prepare` makes the database ready, and may fill the graph before anything is asked. Two seconds later, the
    library's own examples and the given ones are asked in the background, so that the first person to ask does not wait
    for their plans. `starting` is the embedded database if it is already starting.

    Raises whatever opening raises, and `QueryFileError` for a question that the database cannot plan.
    """
    api = build_api(list(library))
    async with (
        _open_prepared(settings, library, progress, prepare, starting) as opened,
        _open_application(settings, opened.store, api, examples) as app,
    ):
        yield app


@asynccontextmanager
async def open_job(
    settings: Settings,
    library: QueryLibrary,
    *,
    progress: Progress,
    prepare: Callable[[Opened], Awaitable[None]],
    examples: Sequence[str] = (),
    starting: Starting | None = None,
) -> AsyncIterator[Job]:
    """Open the graph as `open_service` does, for workers, and yield their job."""
    async with _open_prepared(settings, library, progress, prepare, starting) as opened:
        secret_key(settings)
        yield Job(settings, opened.access, tuple(examples))


@asynccontextmanager
async def open_joined(job: Job) -> AsyncIterator[Starlette]:
    """Yield a worker's application over the graph that its parent keeps open.

    The database is not asked first: a worker that starts while the database is away answers as the others do.
    """
    library = load_questions(job.settings.queries)
    async with (
        connect(job.access, job.settings) as store,
        _open_application(job.settings, store, build_api(list(library)), job.examples) as app,
    ):
        yield app


@asynccontextmanager
async def _open_prepared(
    settings: Settings,
    library: QueryLibrary,
    progress: Progress,
    prepare: Callable[[Opened], Awaitable[None]],
    starting: Starting | None,
) -> AsyncIterator[Opened]:
    async with open_graph(settings, progress=progress, starting=starting) as opened:
        await check_plans(_uncertain(library, opened.access), opened.store)
        await prepare(opened)
        yield opened


@asynccontextmanager
async def _open_application(
    settings: Settings, store: Store, api: Api, examples: Sequence[str]
) -> AsyncIterator[Starlette]:
    revocations = Revocations(settings.data_dir)
    shared = store.aside if settings.neo4j_uri else None
    async with _open_telemetry(settings) as telemetry, store.watched(), revocations.kept(shared):
        app = create_service(settings, store, api, telemetry=telemetry, revocations=revocations)
        token = issue_token(derived_key(secret_key(settings), TOKENS), Actor("warming", INVESTIGATOR), _WARMING)
        documents = (*examples, *(question.example for question in api.questions))
        async with running(_warm_later(app, documents, token)):
            yield app


async def _warm_later(app: Starlette, documents: Sequence[str], token: str) -> None:
    await asyncio.sleep(_QUIET_SECONDS)
    await warm(app, documents, token=token)


@asynccontextmanager
async def _open_telemetry(settings: Settings) -> AsyncIterator[Telemetry]:
    if settings.otlp_endpoint is None:
        yield Telemetry()
        return
    try:
        from api.telemetry.tracing import open_tracing
    except ModuleNotFoundError as error:
        raise BadInput(_NO_TRACING) from error
    async with open_tracing(settings.otlp_endpoint) as tracing:
        yield Telemetry(tracing)


def _uncertain(library: QueryLibrary, access: ConnectionInfo) -> list[Question]:
    """Return the questions that may fail to plan: a user's own, or all of them on a server of another version."""
    return [question for question in library if not (access.embedded and question.path.is_relative_to(BUILT_IN))]
