"""The jars of the server in a cache folder: downloaded once, and verified by their checksums at each start."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from graph.engine.failures import disk_error
from graph.engine.jar_lockfile import VERSION, Jar


class Progress(Protocol):
    """Called with the progress of a start: `done` of `total` bytes, or a step of unknown length (0 of 0)."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Report one step; may be called from any thread."""


def no_progress(step: str, done: int = 0, total: int = 0) -> None:
    """Show nothing."""


def provide_jars(
    jars: Iterable[Jar],
    cache_dir: Path,
    *,
    progress: Progress = no_progress,
    repositories: Sequence[str] | None = None,
) -> tuple[Path, ...]:
    """Return the verified jars in `cache_dir`, in order; those that are missing or damaged are downloaded.

    `repositories` are addresses of Maven repositories, by default those that jgo is configured for, or Maven Central.
    Raises `EngineError` when there is no network, the disk is full, or a download is damaged again and again.
    """
    jars = tuple(jars)
    folder = cache_dir / f"neo4j-{VERSION}"
    if _unverified(jars, folder):
        from graph.engine.downloads import download  # HTTP code takes long to import, and is seldom needed

        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "download.lock"):
                wanted = _unverified(jars, folder)
                download(folder, wanted, progress, repositories)
                for made_of_others in folder.glob("server-*.aot"):
                    made_of_others.unlink()
        except OSError as error:
            raise disk_error(error, folder) from error
    return tuple(folder / jar.name for jar in jars)


def _unverified(jars: tuple[Jar, ...], folder: Path) -> list[Jar]:
    if not folder.is_dir():
        return list(jars)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        sound = pool.map(lambda jar: _is_sound(folder / jar.name, jar), jars)
        return [jar for jar, good in zip(jars, sound, strict=True) if not good]


def _is_sound(path: Path, jar: Jar) -> bool:
    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size == jar.size and _sum(file) == jar.sha256
    except OSError:
        return False


def _sum(file: BufferedReader) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()
