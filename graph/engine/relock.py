"""Resolve the server's coordinate again and write the lock file: `python -m graph.engine.relock`."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from jgo.maven import Artifact, MavenContext

from graph.engine.jar_lockfile import LOCK_FILE, SERVER, Jar


def resolve(coordinate: str = SERVER) -> tuple[Jar, ...]:
    """Resolve a coordinate and everything it needs at run time; downloads each jar to compute its checksum."""
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
    """Write a lock file, with one line for each jar: its checksum, size in bytes and coordinate."""
    lines = [f"# {SERVER} and all it needs; made by python -m graph.engine.relock"]
    lines += [f"{jar.sha256} {jar.size} {jar.coordinate}" for jar in jars]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    write_lock(resolve())
