"""The GraphQL types derived from the graph's model, and the schema that combines them with declared fields."""

from api.schema.build import Declarations, core_schema, schema_of, schema_text
from api.schema.orders import OrderField

__all__ = ["Declarations", "OrderField", "core_schema", "schema_of", "schema_text"]
