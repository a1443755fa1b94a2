"""Loads the synthetic graph with Neo4j's own import tool into the embedded database, which it replaces."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event

from filelock import Timeout

from graph.engine.admin import open_tool
from graph.engine.database_swap import finish_replacement
from graph.engine.folder import Folder
from graph.engine.jars import Progress
from graph.engine.replacing import replace_database
from graph.errors import SightlineError
from graph.settings import Settings
from seed.csv_files import arguments, mark_arguments
from seed.parts import Written, write_parts
from seed.synthetic.presets import Figures

Marks = Callable[[Written], Mapping[str, Mapping[str, object]]]
_OFF_HEAP = "512m"
_LETTING_GO = 3.0
"""Seconds that a process may take to release the database after its server has stopped."""
_STAGE = re.compile(r"^\((\d)/(\d)\)")
_PERCENT = re.compile(r"(\d+)% ∆")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported, and how many seconds it took to make the files and to load them."""

    written: Written
    making_seconds: float
    loading_seconds: float


def in_use(settings: Settings) -> bool:
    """Tell whether any process holds the embedded database for more than a few seconds. Blocks."""
    lock = _folder(settings).lock()
    try:
        lock.acquire(timeout=_LETTING_GO, blocking=True)
    except Timeout:
        return True
    lock.release()
    return False


async def import_graph(
    settings: Settings, figures: Figures, *, seed: int, marks: Marks, progress: Progress
) -> Imported:
    """Make files for the graph and replace the embedded database by them; no other process can hold it meanwhile.

    `marks` adds one node for each of its labels, with the given properties. Afterwards the database has no constraints
    and indexes. Raises `EngineError`; then the database is unchanged.
    """
    cancelled = Event()

    def tell(step: str, done: int = 0, total: int = 0) -> None:
        if cancelled.is_set():
            raise SightlineError("seeding was stopped; the database is as it was")
        progress(step, done, total)

    try:
        return await asyncio.to_thread(
            _import, settings, figures, seed=seed, marks=marks, progress=tell, stop=cancelled
        )
    except asyncio.CancelledError:
        cancelled.set()
        raise


def _import(
    settings: Settings, figures: Figures, *, seed: int, marks: Marks, progress: Progress, stop: Event
) -> Imported:
    with open_tool(settings, progress=progress) as tool:
        finish_replacement(tool.folder)
        folder = tool.folder.files_to_import
        try:
            folder.mkdir(mode=0o700)
            began = time.monotonic()
            written = write_parts(
                folder,
                figures,
                seed=seed,
                progress=lambda children: progress("Making records", children, figures.children),
            )
            made = time.monotonic()
            prefix = f"../{folder.name}"
            options = (
                f"--max-off-heap-memory={_OFF_HEAP}",
                "--path-pattern-style=none",
                *arguments(folder, prefix=prefix),
                *mark_arguments(folder, marks(written), prefix=prefix),
            )
            replace_database(tool, options, on_line=_Lines(progress).read, stop=stop)
            return Imported(written, made - began, time.monotonic() - made)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _Lines:
    """Reads the lines that the import tool prints, to report progress through its stages."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage, self._stages = 1, 4
        self._tell(0)

    def read(self, line: str) -> None:
        if stage := _STAGE.match(line):
            self._stage, self._stages = int(stage[1]), int(stage[2])
        elif percent := _PERCENT.search(line):
            self._tell(int(percent[1]))

    def _tell(self, percent: int) -> None:
        self._progress("Loading records", (self._stage - 1) * 100 + percent, self._stages * 100)


def _folder(settings: Settings) -> Folder:
    return Folder(settings.data_dir.expanduser().resolve())
