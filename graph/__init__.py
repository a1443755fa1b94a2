"""The graph: its model, the building of Cypher, the store, and the embedded engine."""
