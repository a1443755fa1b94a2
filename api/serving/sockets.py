"""Sockets to listen on: one for a single process, and those of several processes that share a port."""

from __future__ import annotations

import socket
import sys
from typing import Self

from graph.errors import BadInput


class SharedPort:
    """A port held for several processes.

    On Linux the kernel distributes connections among the sockets that listen on one port, so each process has its own
    socket: while one is away, connections go to the others. Elsewhere all share the same socket. Raises `BadInput` when
    the address or port cannot be used.
    """

    def __init__(self, host: str, port: int) -> None:
        self._held = listen(host, port)
        self._name = self._held.getsockname()
        self.address = address_of(self._held)
        if sys.platform == "linux":
            self._held.close()
            self._held = self.socket()

    def socket(self) -> socket.socket:
        """Return a socket for one more process; the caller must close it."""
        if sys.platform != "linux":
            return self._held.dup()
        sister = socket.socket(self._held.family, socket.SOCK_STREAM)
        try:
            sister.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sister.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sister.bind(self._name)
        except OSError as error:
            sister.close()
            raise _not_had(self._name[0], self._name[1], error) from error
        sister.setblocking(False)
        return sister

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises `BadInput` when the address or port cannot be used."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise BadInput(f"{host} is not an address to listen on ({error.strerror}); set SIGHTLINE_HOST.") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise _not_had(host, port, error) from error
    listener.setblocking(False)
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address of a socket as a URL."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _not_had(host: str, port: int, error: OSError) -> BadInput:
    return BadInput(f"Port {port} of {host} cannot be had ({error.strerror}); set SIGHTLINE_PORT to a free one.")
