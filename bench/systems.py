"""The three systems under test, each in its own process, on one database."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from api.access.keys import TOKENS, derived_key
from api.access.policy import INVESTIGATOR, Actor
from api.access.tokens import issue_token
from bench.type_definitions import type_definitions
from graph.opening import ConnectionInfo

HERE = Path(__file__).parent
ROOT = HERE.parent
PEER = ("package.json", "package-lock.json", ".npmrc", "server.mjs")
PAGE, COST = 1_000, 10_000_000
"""The API's limits for the benchmark, which asks for pages of a thousand."""
_START_SECONDS = 120.0
_OURS = "import sys; from cli.main import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class System:
    """A system that answers: its name, its address, the token that it wants, and its process."""

    name: str
    url: str
    token: str
    process: int = 0


def database(access: ConnectionInfo) -> dict[str, str]:
    """Return the variables by which a system finds the database."""
    return {
        "NEO4J_URI": access.uri,
        "NEO4J_USERNAME": access.username,
        "NEO4J_PASSWORD": access.password,
        "NEO4J_DATABASE": access.database,
    }


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "NEO4J_"))}
    cache = {name: value for name, value in os.environ.items() if name == "SIGHTLINE_CACHE_DIR"}
    return {**kept, **cache, "PYTHONPATH": str(ROOT), **variables}


@asynccontextmanager
async def systems(access: ConnectionInfo, folder: Path) -> AsyncIterator[tuple[System, System, System]]:
    """Start ours, the peer and the limit, and yield them when all three answer; stop them at the end."""
    found = database(access)
    with ours(found, folder) as first, peer(found, folder) as second, limit(found, folder) as third:
        await asyncio.gather(*(answering(system.url) for system in (first, second, third)))
        yield first, second, third


@contextmanager
def ours(where: Mapping[str, str], folder: Path, *, secret: str | None = None) -> Iterator[System]:
    """Run `sightline serve` with larger pages, on the database of `where`: a server's address or a data folder.

    `secret` is its secret key, for callers that make more tokens.
    """
    port, secret = free_port(), secret or secrets.token_urlsafe(32)
    variables = {
        "SIGHTLINE_DATA_DIR": str(folder / "ours"),
        **where,
        "SIGHTLINE_PORT": str(port),
        "SIGHTLINE_SECRET_KEY": secret,
        "SIGHTLINE_MAX_PAGE_SIZE": str(PAGE),
        "SIGHTLINE_MAX_COST": str(COST),
    }
    with _running([sys.executable, "-c", _OURS, "serve"], variables, folder / "ours.log") as process:
        yield System("ours", f"http://127.0.0.1:{port}/graphql", token_of(secret), process)


@contextmanager
def peer(where: Mapping[str, str], folder: Path) -> Iterator[System]:
    """Run the peer, which `install_peer` has installed."""
    port, token = free_port(), secrets.token_urlsafe(32)
    definitions = folder / "peer" / "types.graphql"
    definitions.write_text(type_definitions())
    variables = {
        **where,
        "PORT": str(port),
        "TOKEN": token,
        "TYPE_DEFINITIONS": str(definitions),
        "NODE_ENV": "production",
    }
    with _running(["node", str(folder / "peer" / "server.mjs")], variables, folder / "peer.log") as process:
        yield System("peer", f"http://127.0.0.1:{port}/", token, process)


@contextmanager
def limit(where: Mapping[str, str], folder: Path) -> Iterator[System]:
    """Run the handwritten endpoint."""
    port, token = free_port(), secrets.token_urlsafe(32)
    command = [sys.executable, "-m", "bench.limit", str(port), token]
    with _running(command, where, folder / "limit.log") as process:
        yield System("limit", f"http://127.0.0.1:{port}", token, process)


def install_peer(folder: Path) -> None:
    """Install the peer's packages from its lock file, unless they are already there."""
    target = folder / "peer"
    target.mkdir(parents=True, exist_ok=True)
    lock, installed = HERE / "peer" / "package-lock.json", target / "package-lock.json"
    fresh = (target / "node_modules" / "@neo4j").exists() and installed.exists()
    if not (fresh and installed.read_bytes() == lock.read_bytes()):
        shutil.rmtree(target / "node_modules", ignore_errors=True)
        for name in PEER:
            shutil.copy(HERE / "peer" / name, target / name)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=target, check=True)
    shutil.copy(HERE / "peer" / "server.mjs", target / "server.mjs")


async def answering(url: str, *, seconds: float = _START_SECONDS) -> None:
    """Wait until something listens at the address of a system; raises `TimeoutError`."""
    host, _, port = url.removeprefix("http://").partition("/")[0].partition(":")
    ends = time.monotonic() + seconds
    while True:
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            if time.monotonic() > ends:
                raise TimeoutError(f"nothing answers at {url}; see the logs in build/bench") from None
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


def token_of(secret: str) -> str:
    """Return a new token for a server with that secret key."""
    return issue_token(derived_key(secret.encode(), TOKENS), Actor("bench", INVESTIGATOR), timedelta(hours=12))


def free_port() -> int:
    """Return a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], variables: Mapping[str, str], log: Path) -> Iterator[int]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
