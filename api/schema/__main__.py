"""`python -m api.schema schema.graphql` writes the schema's text; with `--check` it fails when the file is stale."""

from __future__ import annotations

from api.schema import build_schema, core_schema, schema_text
from graph.model import MODEL
from graph.pages import keep_page
from queries.library import load_library

if __name__ == "__main__":
    keep_page(schema_text(core_schema(build_schema(MODEL, list(load_library())))), command="python -m api.schema")
