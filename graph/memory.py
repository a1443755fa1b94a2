"""How much memory the embedded database takes unless it is told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from psutil import virtual_memory

LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Files in which a container is told its limit of memory."""
MIB = 1 << 20


def default_heap() -> str:
    """Return the heap in Java's notation: an eighth of the memory, from 1 to 4 GiB."""
    return _share(least=1024, most=4096)


def default_page_cache() -> str:
    """Return the page cache in Java's notation: an eighth of the memory, from 512 MiB to 16 GiB."""
    return _share(least=512, most=16_384)


def _share(*, least: int, most: int) -> str:
    return f"{min(max(memory() // 8 // MIB, least), most)}m"


def memory() -> int:
    """Return the bytes of memory that this machine or container has."""
    sizes = [virtual_memory().total]
    for limit in LIMITS:
        with suppress(OSError, ValueError):  # There is none outside a container, and `max` is no number.
            sizes.append(int(limit.read_text(encoding="ascii")))
    return min(sizes)
