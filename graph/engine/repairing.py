"""Opens a database whose last log entry was cut short, as can happen on a full disk."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.engine.admin import Tool, open_tool
from graph.engine.database_swap import finish_replacement
from graph.engine.jars import Progress, no_progress
from graph.engine.server import LEAST_DISK
from graph.engine.trial import Found, refuse_missing, try_to_open
from graph.errors import EngineError
from graph.settings import Settings

_LENIENT = "internal.dbms.tx_log.fail_on_corrupted_log_files=false\n"
"""Makes the server cut a log off where it can no longer be read, instead of refusing to open the database."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair found: what the database holds, and where the earlier copy is (None if it was not damaged)."""

    found: Found
    copy: Path | None


def repair(settings: Settings, *, copy_to: Path | None = None, progress: Progress = no_progress) -> Repaired:
    """Copy the database, then open it with as much of its log as can be read; no server may run. Blocks.

    A database that opens is left as it is. The copy is a new folder in `copy_to`, or in the data folder. Raises
    `EngineError`, in one sentence; then the database is unchanged.
    """
    with open_tool(settings, progress=progress) as tool:
        refuse_missing(tool)
        finish_replacement(tool.folder)
        progress("Opening the database")
        found = _try(tool, settings)
        if found is not None:
            return Repaired(found, None)
        progress("Copying the database")
        copy = _copy(tool, copy_to)
        progress("Opening what can be read")
        _try(tool, settings, extra=_LENIENT)
        found = _try(tool, settings)
        if found is None:
            _put_back(tool, copy)
            raise EngineError(
                "the database cannot be repaired, and is as it was; bring back a backup by `sightline db restore`"
            )
        return Repaired(found, copy)


def _try(tool: Tool, settings: Settings, *, extra: str = "") -> Found | None:
    return asyncio.run(try_to_open(tool, settings, extra=extra))


def _copy(tool: Tool, parent: Path | None) -> Path:
    data = tool.folder.home / "data"
    parent = parent.expanduser().resolve() if parent else tool.folder.root
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    needed = sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) + LEAST_DISK
    if shutil.disk_usage(parent).free < needed:
        raise EngineError(
            f"the copy that a repair makes first needs {needed >> 20:,} MB at {parent}; "
            "free some space, or name a folder elsewhere by --copy"
        )
    copy = parent / f"before-repair-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    part = copy.with_name(f".{copy.name}")
    try:
        shutil.copytree(data, part)
        part.rename(copy)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    copy.chmod(0o700)
    return copy


def _put_back(tool: Tool, copy: Path) -> None:
    """Restore what the repair has changed, and remove the copy."""
    data = tool.folder.home / "data"
    shutil.rmtree(data)
    shutil.copytree(copy, data)
    shutil.rmtree(copy)
