"""Runs the application: the event loop, the signals and the HTTP server's settings."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager

import uvicorn
from starlette.applications import Starlette

from api.http.protocol import BoundedProtocol
from api.serving.signals import Signals
from api.serving.sockets import SharedPort, address_of, listen
from api.serving.workers import Job, keep_workers
from graph.settings import Settings

_GRACE = 2
_KEEP_ALIVE = 75  # longer than the minute after which clients and proxies close connections themselves


def serve(
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    settings: Settings,
    *,
    on_started: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGINT or SIGTERM, then give requests 2 s to end and close what the application uses.

    `open_app` opens what it uses, such as a store, and yields the application. `on_started` is called with the address
    once it answers. The server itself prints and logs nothing, because addresses may contain documents. Raises
    `BadInput` when the port cannot be used, and whatever opening raises.
    """
    with listen(settings.host, settings.port) as listener:
        serve_on(listener, open_app, on_started=on_started)


def serve_on(
    listener: socket.socket,
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    *,
    on_started: Callable[[str], None],
) -> None:
    """Serve as `serve` does, on a socket that is already listening."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(open_app, listener, on_started))


def serve_by_workers(
    open_job: Callable[[], AbstractAsyncContextManager[Job]],
    settings: Settings,
    *,
    on_started: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve as `serve` does, with `settings.workers` processes on one port; this process supervises them.

    `open_job` opens what they use and yields the job that each of them gets. A worker that ends is restarted. Raises as
    `serve` does, and `WorkerFailed`.
    """
    with SharedPort(settings.host, settings.port) as port, asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_keep(open_job, port, settings.workers, on_started))


async def _keep(
    open_job: Callable[[], AbstractAsyncContextManager[Job]],
    port: SharedPort,
    count: int,
    on_started: Callable[[str], None],
) -> None:
    with Signals():
        async with open_job() as job:
            await keep_workers(job, port, count=count, on_started=lambda: on_started(port.address))


async def _serve(
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    listener: socket.socket,
    on_started: Callable[[str], None],
) -> None:
    with Signals() as signals:
        async with open_app() as app, app.router.lifespan_context(app):
            server = _Server(_config(app), on_started=lambda: on_started(address_of(listener)))
            with signals.sent_to(server):
                await server.serve(sockets=[listener])


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
    )


class _Server(uvicorn.Server):
    """uvicorn with signals handled outside, so that what the application uses is closed after it."""

    def __init__(self, config: uvicorn.Config, *, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await super().startup(sockets)
        _keep_what_stays()
        self._on_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `Signals`."""
        yield


def _keep_what_stays() -> None:
    """Exclude what lives as long as the process from garbage collection, and collect less often.

    A large answer has some ten thousand lists, none of which is part of a cycle.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop
