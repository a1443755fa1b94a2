"""The GraphQL schema on standard output."""

from __future__ import annotations

import sys

from api.fields import build_schema, load_questions
from api.schema import core_schema, schema_text
from graph.model import MODEL
from graph.settings import read_settings


def print_schema() -> None:
    """Print the schema of the model, the library and the user's own questions."""
    schema = build_schema(MODEL, list(load_questions(read_settings().queries)))
    sys.stdout.buffer.write(schema_text(core_schema(schema)).encode())
