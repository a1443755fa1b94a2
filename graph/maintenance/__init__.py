"""Maintenance: a store's version, schema, contents and lease, and whether it breaks the model."""
