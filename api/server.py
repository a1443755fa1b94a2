"""Run the application: the socket, the event loop, the signals and the HTTP server's settings."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager

import uvicorn
from starlette.applications import Starlette

from api.protocol import BoundedProtocol
from api.signals import Signals
from api.workers import Job, keep_workers
from graph.errors import BadInput
from graph.settings import Settings

_GRACE = 2
_KEEP_ALIVE = 75  # longer than the minute after which clients and proxies let go themselves


def serve(
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    settings: Settings,
    *,
    on_started: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGINT or SIGTERM, then let requests end for 2 s and close what the application stands on.

    `open_app` opens that (a store) and yields the application. `on_started` is called with the address once it
    answers. Prints and logs nothing of its own: addresses may hold documents. Raises `BadInput` when the port
    cannot be had, and whatever opening raises.
    """
    with _listen(settings.host, settings.port) as listener:
        serve_on(listener, open_app, on_started=on_started)


def serve_on(
    listener: socket.socket,
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    *,
    on_started: Callable[[str], None],
) -> None:
    """Serve as `serve` does, on a socket that listens already."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(open_app, listener, on_started))


def serve_by_workers(
    open_job: Callable[[], AbstractAsyncContextManager[Job]],
    settings: Settings,
    *,
    on_started: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve as `serve` does, by `settings.workers` processes on one port; this one looks after them.

    `open_job` opens what they stand on and yields what each of them is told. A worker that ends is started again.
    Where the kernel shares connections out between sockets (Linux), each worker has a socket of its own, which
    stays open while it is started again; elsewhere they have one together. Raises as `serve` does, and
    `WorkerFailed`.
    """
    with ExitStack() as stack:
        listeners = [stack.enter_context(_listen(settings.host, settings.port))]
        if sys.platform == "linux":
            listeners = [stack.enter_context(socket) for socket in _sisters(listeners.pop(), settings.workers)]
        runner = stack.enter_context(asyncio.Runner(loop_factory=_loop_factory()))
        sockets = [listeners[n % len(listeners)] for n in range(settings.workers)]
        runner.run(_keep(open_job, sockets, on_started))


async def _keep(
    open_job: Callable[[], AbstractAsyncContextManager[Job]],
    sockets: Sequence[socket.socket],
    on_started: Callable[[str], None],
) -> None:
    with Signals():
        async with open_job() as job:
            await keep_workers(job, sockets, on_started=lambda: on_started(_address(sockets[0])))


async def _serve(
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    listener: socket.socket,
    on_started: Callable[[str], None],
) -> None:
    with Signals() as signals:
        async with open_app() as app, app.router.lifespan_context(app):
            server = _Server(_config(app), on_started=lambda: on_started(_address(listener)))
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
    """uvicorn, with its signals handled outside, so that what the application stands on is closed after it."""

    def __init__(self, config: uvicorn.Config, *, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await super().startup(sockets)
        self._on_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `Signals`."""
        yield


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop


def _listen(host: str, port: int) -> socket.socket:
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


def _sisters(first: socket.socket, count: int) -> list[socket.socket]:
    """Put sockets that share their port in the place of one that listens alone, which shows that the port is free."""
    address = first.getsockname()
    first.close()
    sisters = []
    try:
        for _ in range(count):
            sister = socket.socket(first.family, socket.SOCK_STREAM)
            sisters.append(sister)
            sister.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sister.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sister.bind(address)
            sister.listen(2048)
            sister.setblocking(False)
    except OSError as error:
        for sister in sisters:
            sister.close()
        raise _not_had(address[0], address[1], error) from error
    return sisters


def _not_had(host: str, port: int, error: OSError) -> BadInput:
    return BadInput(f"Port {port} of {host} cannot be had ({error.strerror}); set SIGHTLINE_PORT to a free one.")


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
