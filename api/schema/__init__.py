"""The GraphQL schema, built at run time from the graph's model and the query library."""

from api.schema.build import build_schema, core_schema, schema_text
from api.schema.orders import OrderField

__all__ = ["OrderField", "build_schema", "core_schema", "schema_text"]
