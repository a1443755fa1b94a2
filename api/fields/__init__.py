"""The fields of the API, each declared once: what the schema says about it, and what it compiles to.

A capability is a module (or a few) that declares its types and fields as a `Capability`; `declare` puts them together.
The schema, the compiler's table of fields, and the names that questions may not use are derived from that.

To add a field, write a module with a `Field` (`field`): its name, type, description, arguments with their limits, and
the function that compiles it to a projection. Its types are `CompiledObject`s, whose fields are declared in the same
way, or `MadeObject`s, whose fields are made in memory from what the statement returns. What must be known before the
statement runs is a `Prefetch` (see `rings`); a change is a `mutation` (see `reviews`). Then name the module's
`CAPABILITY` in `declared`, and run `make format`, which writes `schema.graphql`.
"""

from api.fields.declared import Fields, build_schema, declare, load_questions, reserved_names

__all__ = ["Fields", "build_schema", "declare", "load_questions", "reserved_names"]
