"""Compiling a document for tests: what the API does, without HTTP and without a database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema

from api.compiler.context import Bounds, Context
from api.compiler.operation import Operation, Signature
from api.compiler.program import Program, compile_operation
from api.cursors import CursorBox
from api.documents import Documents
from api.limits import Limits
from api.policy import INVESTIGATOR, Access
from api.schema import build_schema, core_schema
from graph.model import MODEL
from queries.library import QueryLibrary

CURSORS = CursorBox(bytes(32))


@cache
def library() -> QueryLibrary:
    """The questions that come with the project."""
    return QueryLibrary.load(())


@cache
def schema() -> GraphQLSchema:
    """The whole schema."""
    return core_schema(build_schema(MODEL, tuple(library())))


def compile_text(
    text: str,
    variables: Mapping[str, object] | None = None,
    *,
    access: Access = INVESTIGATOR.access,
    bounds: Bounds = Bounds(),  # noqa: B008
) -> tuple[Program, Mapping[str, object]]:
    """Return the program of a document's only operation, and the coerced variables to bind it with."""
    documents = Documents(schema(), limits=Limits())
    document = documents.validate(documents.parse(text))
    operation = document.operation(None)
    signature = Signature(schema(), document, operation, CURSORS)
    values = signature.coerce(variables or {})
    context = Context(
        model=MODEL,
        questions={question.name: question for question in library()},
        operation=Operation(schema(), document, operation, signature.symbolic(values)),
        access=access,
        bounds=bounds,
        cursors=CURSORS,
    )
    program = compile_operation(context)
    assert program is not None
    return program, values.coerced


CASES = Path(__file__).parent / "cases"
