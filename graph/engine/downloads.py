"""Downloads jars from Maven repositories and verifies each by its checksum."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from jgo.config import GlobalSettings
from jgo.maven import MavenContext

from graph.engine.jar_lockfile import Jar
from graph.engine.jars import Progress
from graph.errors import EngineError

DOWNLOADS = 6
"""How many jars are downloaded at once."""
CHUNK = 1 << 16
TRIES = 3
SECONDS = 20.0
"""How many seconds a repository may stay silent."""


def download(folder: Path, jars: list[Jar], progress: Progress, repositories: Sequence[str] | None = None) -> None:
    """Download jars into a folder, from the given repositories or the default ones; raises `EngineError`."""
    _Download(folder, jars, progress, repositories or default_repositories()).run()


def default_repositories() -> list[str]:
    """Return the repositories of jgo's configuration file, or its default, Maven Central."""
    configured = GlobalSettings.load().repositories
    return list(configured.values()) or list(MavenContext().remote_repos.values())


class _Download:
    """One download of several jars into a folder, a few at a time."""

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
