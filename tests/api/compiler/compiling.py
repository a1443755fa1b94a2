"""Compiling a document for tests: what the API does, without HTTP and without a database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema

from api.access.policy import INVESTIGATOR, Access
from api.compiler.context import CompileLimits, Context
from api.compiler.cursors import CursorBox
from api.compiler.operation import Operation, Signature
from api.compiler.program import Program, compile_operation
from api.compiler.row_rules import Permissions
from api.documents import Documents
from api.documents.limits import Limits
from api.fields import Fields, declare
from api.schema import core_schema
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
    return core_schema(fields().schema())


@cache
def fields() -> Fields:
    """All fields, as they are declared."""
    return declare(MODEL, tuple(library()))


def compile_text(
    text: str,
    variables: Mapping[str, object] | None = None,
    *,
    access: Access = INVESTIGATOR.access,
    permissions: Permissions | None = None,
    bounds: CompileLimits = CompileLimits(),  # noqa: B008
    valid: bool = False,
) -> tuple[Program, Mapping[str, object]]:
    """Return the program of a document's only operation, and the coerced variables to bind it with.

    What is known to be `valid` is not validated; `permissions` are those of the access unless given.
    """
    documents = Documents(schema(), limits=Limits())
    document = documents.parse(text)
    if not valid:
        documents.validate(document)
    operation = document.operation(None)
    signature = Signature(schema(), document, operation, CURSORS, shaping=fields().table.shaping)
    values = signature.coerce(variables or {})
    if permissions is None:
        permissions = Permissions.of(MODEL, access, {question.name: question for question in library()})
    context = Context(
        model=MODEL,
        fields=fields().table,
        operation=Operation(schema(), document, operation, signature.symbolic(values)),
        access=permissions.access,
        rules=permissions.rules,
        bounds=bounds,
        cursors=CURSORS,
    )
    return compile_operation(context), values.coerced


CASES = Path(__file__).parent / "cases"
