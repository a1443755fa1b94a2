"""Where things are in a data folder, and who holds it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from graph.private_files import write_private


@dataclass(frozen=True, slots=True)
class State:
    """What the folder's holder records for others.

    `role` is `server` for a supervisor, `tool` for one of Neo4j's own tools, and `none` when the last holder has left.
    `port` and `token` open the supervisor's control connection. `server_pid` is 0 until the server is started.
    """

    role: str
    pid: int
    port: int = 0
    token: str = ""
    bolt_port: int = 0
    server_pid: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """One data folder."""

    root: Path

    @property
    def home(self) -> Path:
        """Neo4j's home."""
        return self.root / "neo4j"

    @property
    def conf(self) -> Path:
        """The folder of Neo4j's configuration."""
        return self.home / "conf"

    @property
    def console(self) -> Path:
        """What the server printed since its last start."""
        return self.home / "logs" / "console.log"

    @property
    def user_log(self) -> Path:
        """Neo4j's own log of its start and stop."""
        return self.home / "logs" / "neo4j.log"

    @property
    def files_to_import(self) -> Path:
        """The folder of the files that Neo4j's import tool reads, beside Neo4j's home."""
        return self.root / "import"

    @property
    def has_database(self) -> bool:
        """Whether a server has run here before."""
        return (self.home / "data" / "databases" / "system").exists()

    def create(self) -> None:
        """Make the folders; only their owner can use them."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in (self.home, self.conf, self.console.parent):
            path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def lock(self) -> FileLock:
        """Return the lock that the holder of the folder keeps; the kernel releases it when the process ends."""
        return FileLock(self.root / "engine.lock", blocking=False)

    def state(self) -> State | None:
        """Read what the last holder recorded; None when there is nothing, or nothing that can be read."""
        try:
            found: Any = json.loads((self.root / "engine.json").read_text(encoding="utf-8"))
            return State(**found)
        except (OSError, ValueError, TypeError):
            return None

    def write_state(self, state: State) -> None:
        """Record who holds the folder; only its owner can read this."""
        write_private(self.root / "engine.json", json.dumps(asdict(state)))

    def password(self) -> str | None:
        """Read the database's password; None before the first start."""
        try:
            return self._password.read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    @contextmanager
    def new_password(self) -> Iterator[Path]:
        """Yield a file with a new random password, readable only by its owner; it is kept when the block succeeds."""
        path = self.root / "neo4j.password.new"
        write_private(path, secrets.token_hex(24))
        try:
            yield path
            path.replace(self._password)
        finally:
            path.unlink(missing_ok=True)

    @property
    def _password(self) -> Path:
        return self.root / "neo4j.password"
