"""The built page: which files it has, and whether they match the sources.

`dist/sources.sha256` lists the digest of every source file and every built file, in the format of `sha256sum`. The
build writes it; comparing needs no Node. Digests of text files are of lines that end in `\\n`, as git stores them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = HERE / "web"
BUILT = HERE / "dist"
MANIFEST = "sources.sha256"
COMPRESSED = ".gz"

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".ttf": "font/ttf",
    ".svg": "image/svg+xml",
    ".md": "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file of the page, compressed with gzip."""

    path: str
    media_type: str
    body: bytes


def built_files(folder: Path = BUILT) -> dict[str, BuiltFile]:
    """Return the page's files by path, without the `.gz` at its end."""
    found = {}
    for path in sorted(folder.rglob(f"*{COMPRESSED}")):
        name = path.relative_to(folder).as_posix().removesuffix(COMPRESSED)
        found[name] = BuiltFile(name, MEDIA_TYPES[Path(name).suffix], path.read_bytes())
    return found


def stale_files(root: Path = HERE) -> list[str]:
    """Return the sorted paths of files that differ from what the last build read and wrote; none if it is fresh."""
    manifest = root / BUILT.name / MANIFEST
    lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    noted = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    found = {path.relative_to(root).as_posix(): _digest(path) for path in _files(root)}
    return sorted(path for path in noted.keys() | found.keys() if noted.get(path) != found.get(path))


def _files(root: Path) -> Iterator[Path]:
    for folder in (root / SOURCES.name, root / BUILT.name):
        for path in folder.rglob("*"):
            if path.is_file() and path.name != MANIFEST and "node_modules" not in path.parts:
                yield path


def _digest(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix != COMPRESSED:
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()
