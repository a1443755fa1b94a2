"""Which jars make up the server: Maven coordinates with sizes and sha256 sums, resolved by `graph.engine.relock`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SERVER = "org.neo4j:neo4j:2026.08.1"
VERSION = SERVER.rpartition(":")[2]
LOCK_FILE = Path(__file__).with_name("jars.lock")


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar of the server: `coordinate` is group:artifact:version, with :classifier where it has one."""

    coordinate: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name."""
        return "-".join(self.coordinate.split(":")[1:]) + ".jar"

    @property
    def path(self) -> str:
        """The file's path in a Maven repository."""
        group, artifact, version = self.coordinate.split(":")[:3]
        return f"{group.replace('.', '/')}/{artifact}/{version}/{self.name}"


def read_lock(path: Path = LOCK_FILE) -> tuple[Jar, ...]:
    """Read the jars of a lock file, in the order of the class path."""
    lines = path.read_text(encoding="ascii").splitlines()
    fields = [line.split() for line in lines if line and not line.startswith("#")]
    return tuple(Jar(coordinate, int(size), sha256) for sha256, size, coordinate in fields)
