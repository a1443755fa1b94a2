"""What a Neo4j server reports about itself, and whether it is new enough."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import BadInput

OLDEST_SERVER = (2025, 6)


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What the server reports about itself."""

    address: str
    version: str
    edition: str
    database: str

    def check(self) -> None:
        """Raise `BadInput` when the server is too old; a version that cannot be parsed is treated as new."""
        try:
            release = tuple(int(part) for part in self.version.split(".")[:2])
        except ValueError:
            return
        if release < OLDEST_SERVER:
            raise BadInput(f"the server at {self.address} is Neo4j {self.version}; Sightline needs 2025.06 or newer")
