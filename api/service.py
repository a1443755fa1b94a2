"""The whole API over an open graph: schema, compiler, keys and limits put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graphql import GraphQLSchema
from starlette.applications import Starlette

from api.answer import CompilingAnswerer
from api.app import create_app
from api.compiler.context import Bounds
from api.cursors import CursorBox
from api.export import Exports
from api.keys import CURSORS, SESSIONS, TOKENS, derived_key, secret_key
from api.mutations import Mutations
from api.playground.pages import Playground
from api.schema import build_schema, core_schema, schema_text
from api.sessions import Sessions
from api.sign_in import SignIns
from api.telemetry import Telemetry
from graph.model import MODEL
from graph.settings import Settings
from graph.store import Store
from queries.findings.thresholds import indicators, load_thresholds
from queries.question import Question


@dataclass(frozen=True)
class Api:
    """What is asked of the API: its schema, and the questions in it."""

    schema: GraphQLSchema
    questions: tuple[Question, ...]

    @cached_property
    def text(self) -> str:
        """The schema as a text, written when it is first asked for: a start does not wait for it."""
        return schema_text(self.schema)


def build_api(questions: Sequence[Question]) -> Api:
    """Return the API over the model with these questions; it needs no database."""
    return Api(core_schema(build_schema(MODEL, questions)), tuple(questions))


def create_service(settings: Settings, store: Store, api: Api, *, telemetry: Telemetry | None = None) -> Starlette:
    """Return the application that answers from the store; the store stays the caller's to close.

    Raises `BadInput` when the secret key or the thresholds cannot be used.
    """
    telemetry = telemetry or Telemetry()
    secret = secret_key(settings)
    questions = {question.name: question for question in api.questions}
    answerer = CompilingAnswerer(
        schema=api.schema,
        model=MODEL,
        questions=questions,
        store=store,
        cursors=CursorBox(derived_key(secret, CURSORS)),
        bounds=Bounds(page=settings.max_page_size, cost=settings.max_cost),
        telemetry=telemetry,
        indicators=indicators(api.questions, load_thresholds(settings.thresholds, api.questions)),
        mutations=Mutations(store),
    )

    async def readiness() -> bool:
        await store.verify()
        return True

    return create_app(
        schema=api.schema,
        schema_text=lambda: api.text,
        answerer=answerer,
        readiness=readiness,
        token_key=derived_key(secret, TOKENS),
        playground=Playground(
            sessions=Sessions(derived_key(secret, SESSIONS)),
            sign_ins=SignIns(settings.data_dir),
            questions=api.questions,
            page=settings.max_page_size,
        ),
        exports=Exports(store, MODEL, questions),
        telemetry=telemetry,
    )
