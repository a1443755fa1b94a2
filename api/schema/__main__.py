"""`python -m api.schema schema.graphql` writes the schema's text; `--check` fails if the file is out of date."""

from __future__ import annotations

from api.fields import build_schema, load_questions
from api.schema import core_schema, schema_text
from graph.generated_pages import keep_page
from graph.model import MODEL

if __name__ == "__main__":
    keep_page(schema_text(core_schema(build_schema(MODEL, list(load_questions())))), command="python -m api.schema")
