"""The address of a Neo4j server."""

from __future__ import annotations

from urllib.parse import urlsplit

from graph.errors import BadInput

BAD_URI = "NEO4J_URI cannot be used: give an address such as neo4j://host:7687 or bolt://host:7687"
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def check_uri(uri: str) -> None:
    """Raise `BadInput` when an address cannot be that of a Neo4j server; the message does not repeat the address."""
    try:
        parts = urlsplit(uri)
        good = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise BadInput(BAD_URI)
