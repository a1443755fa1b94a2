"""The jars of the server in a cache folder: downloaded once, and their sums verified at each start."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader
from pathlib import Path
from typing import Protocol

import requests
from filelock import FileLock
from jgo.config import GlobalSettings
from jgo.maven import MavenContext

from graph.engine.failures import disk_error
from graph.engine.lock import VERSION, Jar
from graph.errors import EngineError

DOWNLOADS = 6
"""Jars that are downloaded at a time."""
CHUNK = 1 << 16
TRIES = 3
SECONDS = 20.0
"""How long a repository may stay silent."""


class Progress(Protocol):
    """Told how far a start has come: `done` of `total` bytes, or a step of unknown length (0 of 0)."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Take note of one step; called from any thread."""


def no_progress(step: str, done: int = 0, total: int = 0) -> None:
    """Show nothing."""


def provide_jars(
    jars: Iterable[Jar],
    cache_dir: Path,
    *,
    progress: Progress = no_progress,
    repositories: Sequence[str] | None = None,
) -> tuple[Path, ...]:
    """Give the verified jars in `cache_dir`, in order; those that are absent or damaged are downloaded.

    `repositories` are Maven repositories' addresses; by default jgo's configured ones, else Maven Central. Raises
    `EngineError`: no network, a full disk, or a download that stays damaged.
    """
    jars = tuple(jars)
    folder = cache_dir / f"neo4j-{VERSION}"
    if _unverified(jars, folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "download.lock"):
                wanted = _unverified(jars, folder)
                _Download(folder, wanted, progress, repositories or default_repositories()).run()
                for made_of_others in folder.glob("server-*.aot"):
                    made_of_others.unlink()
        except OSError as error:
            raise disk_error(error, folder) from error
    return tuple(folder / jar.name for jar in jars)


def default_repositories() -> list[str]:
    """Give the repositories of jgo's configuration file, else its default, Maven Central."""
    configured = GlobalSettings.load().repositories
    return list(configured.values()) or list(MavenContext().remote_repos.values())


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


class _Download:
    """One download of several jars into a folder, some at a time."""

    def __init__(self, folder: Path, jars: list[Jar], progress: Progress, repositories: Sequence[str]) -> None:
        self._folder = folder
        self._jars = jars
        self._progress = progress
        self._repositories = repositories
        self._total = sum(jar.size for jar in jars)
        self._done = 0
        self._counting = threading.Lock()
        self._local = threading.local()

    def run(self) -> None:
        """Download all jars; the first failure stops the rest."""
        with ThreadPoolExecutor(DOWNLOADS) as pool:
            tasks = [pool.submit(self._provide, jar) for jar in self._jars]
            try:
                for task in tasks:
                    task.result()
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def _provide(self, jar: Jar) -> None:
        failure = EngineError(f"no repository has {jar.coordinate}, a part of the database")
        for _ in range(TRIES):
            for repository in self._repositories:
                try:
                    self._fetch(f"{repository.rstrip('/')}/{jar.path}", jar)
                except requests.RequestException as error:
                    failure = _network_error(error, jar)
                except EngineError as error:
                    failure = error
                else:
                    return
        raise failure

    def _fetch(self, address: str, jar: Jar) -> None:
        part = self._folder / f"{jar.name}.{os.getpid()}.part"
        received = 0
        digest = hashlib.sha256()
        try:
            with self._session().get(address, stream=True, timeout=SECONDS) as response, part.open("wb") as file:
                response.raise_for_status()
                for chunk in response.iter_content(CHUNK):
                    file.write(chunk)
                    digest.update(chunk)
                    received += len(chunk)
                    self._count(len(chunk))
            if digest.hexdigest() != jar.sha256:
                raise EngineError(
                    f"the download of {jar.coordinate} is damaged: its sum is not the locked one; try again, "
                    "or check what stands between this machine and the repository"
                )
            part.replace(self._folder / jar.name)
        except BaseException:
            self._count(-received)
            part.unlink(missing_ok=True)
            raise

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        session: requests.Session = self._local.session
        return session

    def _count(self, size: int) -> None:
        with self._counting:
            self._done += size
            self._progress("Downloading the database", self._done, self._total)


def _network_error(error: requests.RequestException, jar: Jar) -> EngineError:
    if error.response is not None:
        return EngineError(
            f"the repository answers {error.response.status_code} for {jar.coordinate}, a part of the database"
        )
    return EngineError(
        "the database cannot be downloaded: no connection to the Maven repository; connect to a network and try again"
    )
