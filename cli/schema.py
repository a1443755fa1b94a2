"""The GraphQL schema on standard output."""

from __future__ import annotations

import sys

from api.schema import build_schema, core_schema, schema_text
from graph.model import MODEL
from graph.settings import read_settings
from queries.library import load_library


def print_schema() -> None:
    """Print the schema of the model, the library and the user's own questions."""
    schema = build_schema(MODEL, list(load_library(read_settings().queries)))
    sys.stdout.buffer.write(schema_text(core_schema(schema)).encode())
