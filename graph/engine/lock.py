"""Which jars make the server: Maven coordinates with sizes and sha256 sums, resolved once and committed.

`python -m graph.engine.lock` resolves the server's coordinate again and writes the lock file.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jgo.maven import Artifact, MavenContext

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
        """The file's place in a Maven repository."""
        group, artifact, version = self.coordinate.split(":")[:3]
        return f"{group.replace('.', '/')}/{artifact}/{version}/{self.name}"


def read_lock(path: Path = LOCK_FILE) -> tuple[Jar, ...]:
    """Read the jars of a lock file, in the order of the class path."""
    lines = path.read_text(encoding="ascii").splitlines()
    fields = [line.split() for line in lines if line and not line.startswith("#")]
    return tuple(Jar(coordinate, int(size), sha256) for sha256, size, coordinate in fields)


def resolve(coordinate: str = SERVER) -> tuple[Jar, ...]:
    """Resolve a coordinate and all it needs at run time, downloading each jar to take its sum."""
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder))
        wanted, needed = context.resolver.resolve([context.create_dependency(coordinate)])
        found = [*wanted, *(item for item in needed if item.scope in ("compile", "runtime"))]
        return tuple(_locked(item.artifact) for item in found)


def _locked(artifact: Artifact) -> Jar:
    content = artifact.resolve().read_bytes()
    parts = (artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier)
    return Jar(":".join(part for part in parts if part), len(content), hashlib.sha256(content).hexdigest())


def write_lock(jars: tuple[Jar, ...], path: Path = LOCK_FILE) -> None:
    """Write a lock file: sum, size in bytes and coordinate of one jar a line."""
    lines = [f"# {SERVER} and all it needs; made by python -m graph.engine.lock"]
    lines += [f"{jar.sha256} {jar.size} {jar.coordinate}" for jar in jars]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    write_lock(resolve())
