"""Running instances of `serve`, and a way to their database that can be cut."""

from __future__ import annotations

import json
import select
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

PATIENCE = 120.0


class Relay:
    """A way to a server that can be cut and mended."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._connections: set[socket.socket] = set()
        self._cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._cut = True
        for connection in list(self._connections):
            connection.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._cut = False

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._cut:
                client.close()
            else:
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            self._connections.add(client)
            other = {client: server, server: client}
            try:
                while data := (reading := select.select([client, server], [], [])[0][0]).recv(65536):
                    other[reading].sendall(data)
            except OSError:
                pass
            finally:
                self._connections.discard(client)


@dataclass(frozen=True)
class Instance:
    """One running `serve` whose log is JSON; `data` is its data folder."""

    process: subprocess.Popen[str]
    url: str
    token: str
    log: Path
    data: Path

    def lines(self) -> list[dict[str, object]]:
        return log_lines(self.log)

    def ask(self, document: str, **headers: str) -> httpx.Response:
        """Ask over a connection of its own, with the token unless a cookie is given."""
        sent = {"authorization": f"Bearer {self.token}"} if "cookie" not in headers else {}
        body = {"query": document}
        return httpx.post(f"{self.url}/graphql", json=body, headers={**sent, **headers}, timeout=PATIENCE)

    def pids(self, *, route: str = "/graphql") -> set[object]:
        """Return the processes that have answered requests for a route."""
        return {line["pid"] for line in self.lines() if line.get("route") == route}


def log_lines(log: Path) -> list[dict[str, object]]:
    """Return the log's lines that are whole."""
    return [json.loads(line) for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")]


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the process ids of a parent's workers."""
    return [child.pid for child in psutil.Process(process.pid).children() if "api.serving.worker" in child.cmdline()]


def until(wanted: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    ends = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < ends
        time.sleep(0.05)
