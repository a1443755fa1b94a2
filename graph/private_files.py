"""Writes files that only their owner can read, completely or not at all."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

_PART = re.compile(r"\.(?P<process>\d+)\.[0-9a-f]{8}$")


def write_private(path: Path, text: str, *, durable: bool = False) -> None:
    """Write a file, replacing one that may exist; with `durable`, its text is on the disk afterwards.

    Raises `OSError`. A process that is killed meanwhile leaves a file with another name, which `part_of` recognises.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def part_of(path: Path) -> int | None:
    """Return the id of the process that was writing this file, or None for a complete file."""
    found = _PART.search(path.name)
    return int(found["process"]) if found else None
