"""Asking the real database through the compiler, without HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.access.policy import INVESTIGATOR, Actor
from api.compiler.awaited import Services
from api.compiler.context import CompileLimits
from api.compiler.row_rules import permissions_of
from api.documents import Documents
from api.documents.limits import Limits
from api.execution.executor import Executor
from api.fields import declare
from api.fields.indicators import Indicators
from api.fields.introspection import Introspection
from api.schema import core_schema
from api.telemetry import Telemetry
from graph.model import MODEL
from graph.rings import Rings
from graph.store import Store
from queries.findings.thresholds import Indicator, Thresholds, indicators
from queries.library.question import Question
from tests.api.compiler.compiling import CURSORS, library, schema

ACTOR = Actor("tester", INVESTIGATOR)


class Asker:
    """Answers documents; the same one keeps what it compiled."""

    def __init__(
        self,
        store: Store,
        questions: Sequence[Question] | None = None,
        actor: Actor = ACTOR,
        swept: Sequence[Indicator] = (),
    ) -> None:
        self._actor = actor
        asked = list(library()) if questions is None else questions
        fields = declare(MODEL, asked, swept)
        core = schema() if questions is None else core_schema(fields.schema())
        self._documents = Documents(core, limits=Limits())
        self._answerer = Executor(
            schema=core,
            model=MODEL,
            fields=fields.table,
            store=store,
            services=Services(
                Rings(store), Indicators(indicators(asked, Thresholds())), Introspection(core, most_fields=100_000)
            ),
            cursors=CURSORS,
            bounds=CompileLimits(),
            telemetry=Telemetry(),
            permissions=permissions_of(MODEL, {question.name: question for question in asked}),
        )

    async def __call__(self, document: str, /, **variables: object) -> Any:
        """Return the data of a document's answer."""
        return await self.ask(document, variables)

    async def ask(self, text: str, variables: Mapping[str, object], *, most_seconds: float | None = None) -> Any:
        """Return the data of a document's answer."""
        document = self._documents.validate(self._documents.parse(text))
        answer = await self._answerer(document, document.operation(None), variables, self._actor, (), most_seconds)
        return answer.data
