"""Puts the whole API over an open graph together: schema, compiler, keys and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from graphql import GraphQLSchema
from starlette.applications import Starlette

from api.access.keys import CURSORS, SESSIONS, TOKENS, derived_key, secret_key
from api.access.revocations import Revocations
from api.access.sessions import Sessions
from api.access.sign_in import SignIns
from api.compiler.awaited import Services
from api.compiler.context import CompileLimits
from api.compiler.cursors import CursorBox
from api.compiler.row_rules import permissions_of
from api.documents.limits import Limits
from api.execution.executor import Executor
from api.fields import Fields, declare
from api.fields.indicators import Indicators
from api.fields.introspection import Introspection
from api.http.app import create_app
from api.http.export import Exports
from api.http.imports import Imports, Upload
from api.playground.pages import Playground
from api.schema import core_schema, schema_text
from api.telemetry import Telemetry
from graph.model import MODEL
from graph.rings import Rings
from graph.settings import Settings
from graph.store import Store
from queries.findings.thresholds import Indicator, indicators, load_thresholds
from queries.library.question import Question

IMPORTED = ("hhs-releases", "eoir", "spreadsheet", "whd")
"""The imports of `seed.uploads`."""


@dataclass(frozen=True)
class Api:
    """What the API can answer: its schema, the fields in it, and the questions among them."""

    schema: GraphQLSchema
    fields: Fields
    questions: tuple[Question, ...]

    @cached_property
    def text(self) -> str:
        """The schema as text, made when it is first needed, so that a start does not wait for it."""
        return schema_text(self.schema)


def build_api(questions: Sequence[Question]) -> Api:
    """Return the API over the model with these questions; it needs no database."""
    fields = declare(MODEL, questions)
    return Api(core_schema(fields.schema()), fields, tuple(questions))


def create_service(
    settings: Settings,
    store: Store,
    api: Api,
    *,
    telemetry: Telemetry | None = None,
    revocations: Revocations | None = None,
) -> Starlette:
    """Return the application that answers from the store, which the caller must close.

    The caller keeps `revocations` up to date. Raises `BadInput` when the secret key or the thresholds cannot be used.
    """
    telemetry = telemetry or Telemetry()
    revocations = revocations or Revocations(settings.data_dir)
    secret = secret_key(settings)
    limits = Limits(operations=settings.max_statements)
    in_use = indicators(api.questions, load_thresholds(settings.thresholds, api.questions))
    answerer = Executor(
        schema=api.schema,
        model=MODEL,
        fields=declare(MODEL, api.questions, in_use).table,
        store=store,
        services=Services(
            Rings(store, deadline=settings.statement_timeout),
            Indicators(in_use),
            Introspection(api.schema, most_fields=limits.introspected_fields),
        ),
        cursors=CursorBox(derived_key(secret, CURSORS)),
        bounds=CompileLimits(page=settings.max_page_size, cost=settings.max_cost),
        telemetry=telemetry,
        permissions=permissions_of(MODEL, {question.name: question for question in api.questions}),
    )

    async def readiness() -> bool:
        await store.aside.verify()
        return True

    return create_app(
        schema=api.schema,
        schema_text=lambda: api.text,
        answerer=answerer,
        readiness=readiness,
        token_key=derived_key(secret, TOKENS),
        revoked=revocations,
        trusted_proxies=settings.proxies,
        playground=_playground(settings, api, Sessions(derived_key(secret, SESSIONS), revocations)),
        limits=limits,
        exports=Exports(
            store,
            MODEL,
            {question.name: question for question in api.questions},
            indicators={one.name: one for one in in_use},
        ),
        imports=Imports(IMPORTED, partial(_import, store, in_use), settings.data_dir),
        telemetry=telemetry,
    )


def _playground(settings: Settings, api: Api, sessions: Sessions) -> Playground:
    return Playground(
        sessions=sessions,
        sign_ins=SignIns(settings.data_dir),
        questions=api.questions,
        page=settings.max_page_size,
    )


async def _import(store: Store, in_use: Sequence[Indicator], upload: Upload) -> Mapping[str, object]:
    """Import an uploaded file; the importers are loaded when the first one is needed."""
    from seed.files.options import Options
    from seed.uploads import import_upload

    options = Options(dry_run=not upload.write, actor=upload.actor, indicators=in_use)
    return await import_upload(store, upload.importer, upload.file, options, mapping=upload.mapping)
