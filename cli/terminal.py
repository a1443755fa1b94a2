"""Shows progress to the person at the terminal, and asks them questions. Everything goes to standard error."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import typer

from graph.errors import Refused

QUARTERS = 4


class Progress(Protocol):
    """Called with the progress of some work: `done` of `total` units, or a step of unknown length (0 of 0)."""

    def __call__(self, step: str, done: int = 0, total: int = 0, *, in_bytes: bool = False) -> None:
        """Report one step, with its rate if it is counted in bytes; may be called from any thread."""


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Yield a progress that is a bar on a terminal, and otherwise a line at each quarter of a step.

    Steps of unknown length are shown only on a terminal. What was drawn is removed at the end.
    """
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Display

    told = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}")
    columns = (*told, TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("", visible=False, rate="")

        def show(step: str, done: int = 0, total: int = 0, *, in_bytes: bool = False) -> None:
            if display.tasks[0].description != step:
                display.reset(task, description=step, visible=True, total=None)
            speed = display.tasks[0].speed
            display.update(task, completed=done, total=total or None, rate=_rate(speed) if in_bytes and speed else "")

        yield show


class Lines:
    """Progress as lines of text: one for each quarter of a step of known length."""

    def __init__(self) -> None:
        self._told: tuple[str, int] | None = None
        self._began = time.monotonic()

    def __call__(self, step: str, done: int = 0, total: int = 0, *, in_bytes: bool = False) -> None:
        """Print a line whenever another quarter is done."""
        if not total:
            return
        quarter = done * QUARTERS // total
        if self._told is None or self._told[0] != step:
            self._began = time.monotonic()
        if self._told != (step, quarter):
            self._told = (step, quarter)
            tell(f"{step}: {100 * quarter // QUARTERS} %{self._pace(done, total) if in_bytes else ''}")

    def _pace(self, done: int, total: int) -> str:
        """Return how fast a step goes and how long the rest of it takes; nothing at its ends."""
        seconds = time.monotonic() - self._began
        if not 0 < done < total or not seconds:
            return ""
        return f" ({_rate(done / seconds)}, {math.ceil((total - done) * seconds / done)} s left)"


def _rate(speed: float) -> str:
    return f"{speed / 1_000_000:,.1f} MB/s"


def check_can_ask(*, yes: bool) -> None:
    """Raise `Refused` if a question would have to be asked and there is nobody to answer it."""
    if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused("nobody can be asked here whether to go on; say --yes to go on without a question")


def confirm(question: str, *, yes: bool) -> None:
    """Ask whether to go on, unless `yes`; raises `Refused` when the answer is no."""
    if not yes and not typer.confirm(question, err=True):
        raise Refused("nothing was changed, as you wish")


def tell(text: str) -> None:
    """Print something about the work, apart from the data that goes to standard output."""
    typer.echo(text, err=True)
