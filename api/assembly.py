"""The whole service, from settings: the graph opened and made ready, the library checked, the API over both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from starlette.applications import Starlette

from api.keys import TOKENS, derived_key, secret_key
from api.policy import INVESTIGATOR, Actor
from api.service import create_service
from api.tokens import issue_token
from api.warming import warm
from graph.engine.jars import Progress
from graph.open import Access, Opened, open_graph
from graph.prepare import prepare_store
from graph.settings import Settings
from queries.library import BUILT_IN, QueryLibrary
from queries.plans import check_plans
from queries.question import Question

_WARMING = timedelta(minutes=10)


@asynccontextmanager
async def open_service(
    settings: Settings,
    library: QueryLibrary,
    *,
    progress: Progress,
    prepare: Callable[[Opened], Awaitable[None]],
    examples: Sequence[str] = (),
) -> AsyncIterator[Starlette]:
    """Open the graph and yield the application over it; both are closed at the end.

    `prepare` may fill the graph before anything is asked. The library's own examples and the given ones are then
    asked in the background, so that the first person to ask does not wait for their planning.

    Raises whatever opening raises, and `QueryFileError` for a question that the database does not plan.
    """
    async with open_graph(settings, progress=progress) as opened:
        await prepare_store(opened.store)
        await check_plans(_uncertain(library, opened.access), opened.store)
        await prepare(opened)
        app = create_service(settings, opened.store, list(library))
        token = issue_token(derived_key(secret_key(settings), TOKENS), Actor("warming", INVESTIGATOR), _WARMING)
        documents = (*examples, *(question.example for question in library))
        warming = asyncio.create_task(warm(app, documents, token=token))
        try:
            yield app
        finally:
            warming.cancel()
            with suppress(asyncio.CancelledError):
                await warming


def _uncertain(library: QueryLibrary, access: Access) -> list[Question]:
    """Return the questions that might not plan: a user's own, and on a server of another version all of them."""
    return [question for question in library if not (access.embedded and question.path.is_relative_to(BUILT_IN))]
