"""Asking the real database through the compiler, without HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.answer import CompilingAnswerer
from api.compiler.context import Bounds
from api.documents import Documents
from api.limits import Limits
from api.mutations import Mutations
from api.policy import INVESTIGATOR, Actor
from api.schema import build_schema, core_schema
from api.telemetry import Telemetry
from graph.model import MODEL
from graph.store import Store
from queries.findings.thresholds import Thresholds, indicators
from queries.question import Question
from tests.compiler.compiling import CURSORS, library, schema

ACTOR = Actor("tester", INVESTIGATOR)


class Asker:
    """Answers documents; the same one keeps what it compiled."""

    def __init__(self, store: Store, questions: Sequence[Question] | None = None) -> None:
        asked = list(library()) if questions is None else questions
        core = schema() if questions is None else core_schema(build_schema(MODEL, asked))
        self._documents = Documents(core, limits=Limits())
        self._answerer = CompilingAnswerer(
            schema=core,
            model=MODEL,
            questions={question.name: question for question in asked},
            store=store,
            cursors=CURSORS,
            bounds=Bounds(),
            telemetry=Telemetry(),
            indicators=indicators(asked, Thresholds()),
            mutations=Mutations(store),
        )

    async def __call__(self, document: str, /, **variables: object) -> Any:
        """Return the data of a document's answer."""
        return await self.ask(document, variables)

    async def ask(self, text: str, variables: Mapping[str, object]) -> Any:
        """Return the data of a document's answer."""
        document = self._documents.validate(self._documents.parse(text))
        answer = await self._answerer(document, document.operation(None), variables, ACTOR)
        return answer.data
