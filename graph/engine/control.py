"""A client's end of the control connection to a folder's supervisor."""

from __future__ import annotations

import contextlib
import json
import socket
from typing import Any

from graph.engine.folder import State

CONNECT_SECONDS = 5.0
EMPTIED = "the database was emptied"
"""The reason for a restart after a client asked for the database to be emptied."""


class Control:
    """An open control connection; the supervisor keeps its server as long as one is open."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened
        self._received = b""

    @classmethod
    def open(cls, state: State | None) -> Control | None:
        """Connect to the supervisor that a folder's state names; None when there is none or it does not answer."""
        if state is None or state.role != "server":
            return None
        try:
            opened = socket.create_connection(("127.0.0.1", state.port), timeout=CONNECT_SECONDS)
            opened.sendall(state.token.encode() + b"\n")
        except OSError:
            return None
        return cls(opened)

    def leave(self) -> None:
        """Tell the supervisor that this client is leaving; it answers `left` or, to its last client, `stopped`."""
        self.say("leave")

    def say(self, words: str) -> None:
        """Send the supervisor a message; nothing happens when it is gone."""
        with contextlib.suppress(OSError):
            self._socket.sendall(words.encode() + b"\n")

    def receive(self, *, timeout: float | None = None) -> dict[str, Any] | None:
        """Return the supervisor's next message, or None after `timeout` seconds.

        Raises `ConnectionError` when the connection has ended.
        """
        self._socket.settimeout(timeout)
        while b"\n" not in self._received:
            try:
                received = self._socket.recv(4096)
            except TimeoutError:
                return None
            except OSError as error:
                raise ConnectionError from error
            if not received:
                raise ConnectionError
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        event: dict[str, Any] = json.loads(line)
        return event

    def close(self) -> None:
        """Close the connection and end a wait for events."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
