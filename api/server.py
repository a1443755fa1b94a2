"""Run the application: the socket, the event loop, the signals and the HTTP server's settings."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from api.protocol import BoundedProtocol
from graph.errors import BadInput
from graph.settings import Settings

_GRACE = 2
_KEEP_ALIVE = 75  # longer than the minute after which clients and proxies let go themselves
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


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
    with (
        _listen(settings.host, settings.port) as listener,
        asyncio.Runner(loop_factory=_loop_factory()) as runner,
    ):
        runner.run(_serve(open_app, listener, on_started))


async def _serve(
    open_app: Callable[[], AbstractAsyncContextManager[Starlette]],
    listener: socket.socket,
    on_started: Callable[[str], None],
) -> None:
    with _Signals() as signals:
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
        """Leave signals to `_Signals`."""
        yield


class _Signals:
    """Obeys SIGINT and SIGTERM inside a `with` block: a server that runs stops in order, anything else at once."""

    def __init__(self) -> None:
        self._server: uvicorn.Server | None = None
        self._told = False

    def __enter__(self) -> _Signals:
        self._task = asyncio.current_task()
        self._loop = asyncio.get_running_loop()
        self._before = {number: signal.signal(number, self._obey) for number in _SIGNALS}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        return self._told and isinstance(error, asyncio.CancelledError)

    @contextmanager
    def sent_to(self, server: uvicorn.Server) -> Iterator[None]:
        """Let signals stop the server meanwhile."""
        self._server = server
        try:
            yield
        finally:
            self._server = None

    def _obey(self, number: int, frame: FrameType | None) -> None:
        self._told = True
        if self._server is not None:
            self._server.handle_exit(number, frame)
        elif self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)


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
        raise BadInput(
            f"Port {port} of {host} cannot be had ({error.strerror}); set SIGHTLINE_PORT to a free one."
        ) from error
    listener.setblocking(False)
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
