"""Identifies a process in such a way that another one can tell later whether it has ended."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_ENDED = ("Z", "X")
_BEGAN = 19
"""The position of the start time, in ticks since the machine's start, after the name in `/proc/<id>/stat`."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process: its machine (None if it cannot be determined), its id, and when it began."""

    machine: str | None
    id: int
    began: int | None

    @classmethod
    def current(cls) -> Process:
        """Return this process."""
        return cls(machine(), os.getpid(), _began(os.getpid()))

    def has_ended(self) -> bool:
        """Tell whether it is known to have ended; nothing is known about processes of other machines."""
        return self.machine is not None and self.machine == machine() and _began(self.id) != self.began


@cache
def machine() -> str | None:
    """Return what identifies this machine, since it was started; None except on Linux.

    Two containers count as two machines, because neither sees the other's processes.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        processes = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        return None
    return sha256(f"{socket.gethostname()} {boot} {processes}".encode()).hexdigest()[:16]


def _began(process: int) -> int | None:
    """Return when a process began; None when it has ended."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    state, *rest = said.rpartition(")")[2].split()
    return None if state in _ENDED else int(rest[_BEGAN - 1])
