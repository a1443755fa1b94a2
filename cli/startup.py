"""The beginning of `serve`: reads the settings, and starts the database while other modules are imported."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from api.serving.sockets import listen
from cli.terminal import progress_shown
from graph.engine.client import Starting
from graph.engine.jars import Progress, no_progress
from graph.settings import LogFormat, Settings, read_settings

_ALLOCATIONS = 200_000
"""How many new objects there are before a garbage collection: nearly everything that a start makes stays."""

_LAUNCH_SECONDS = 2.0
"""Seconds to wait for the database's launch before other modules are imported, which would slow it down."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The settings, the progress that is shown until `hide_progress`, and the starting embedded database."""

    settings: Settings
    progress: Progress
    hide_progress: Callable[[], None]
    starting: Starting | None


@contextmanager
def begin(*, host: str | None, port: int | None, workers: int | None) -> Iterator[Begun]:
    """Read the settings and begin to start the database, unless `NEO4J_URI` names one.

    Raises `BadInput` before anything is started, also when the port cannot be used.
    """
    gc.set_threshold(_ALLOCATIONS)
    given = {"host": host, "port": port, "workers": workers}
    settings = read_settings(**{name: value for name, value in given.items() if value is not None})
    listen(settings.host, settings.port).close()
    with ExitStack() as held:
        display = held.enter_context(ExitStack())
        for_machines = settings.log_format is LogFormat.JSON
        progress = no_progress if for_machines else display.enter_context(progress_shown())
        starting = None if settings.neo4j_uri else held.enter_context(Starting(settings, progress=progress))
        if starting is not None:
            starting.wait_for_launch(_LAUNCH_SECONDS)
        yield Begun(settings, progress, display.close, starting)
