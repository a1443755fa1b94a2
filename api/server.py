"""Run the application: the socket, the event loop, the signals and the HTTP server's settings."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from api.protocol import BoundedProtocol
from graph.errors import BadInput
from graph.settings import Settings

_GRACE = 2
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(
    app_factory: Callable[[], Starlette],
    settings: Settings,
    *,
    on_started: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGINT or SIGTERM, then let requests end for 2 s and close what the application opened.

    `on_started` is called with the address once it answers. Prints and logs nothing of its own: addresses may
    hold documents. Raises `BadInput` when the port cannot be had, and whatever the application's lifespan raises.
    """
    with (
        _listen(settings.host, settings.port) as listener,
        asyncio.Runner(loop_factory=_loop_factory()) as runner,
    ):
        runner.run(_serve(app_factory, listener, on_started))


async def _serve(
    app_factory: Callable[[], Starlette], listener: socket.socket, on_started: Callable[[str], None]
) -> None:
    app = app_factory()
    server = _Server(
        uvicorn.Config(
            app,
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        ),
        on_started=lambda: on_started(_address(listener)),
    )
    with server.obeying_signals():
        async with app.router.lifespan_context(app):
            await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn, with its signals handled here, so that what the application opened is closed after it."""

    def __init__(self, config: uvicorn.Config, *, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await super().startup(sockets)
        self._on_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing: `obeying_signals` stands around more than the server."""
        yield

    @contextmanager
    def obeying_signals(self) -> Iterator[None]:
        """Stop on a signal: in order once started, at once before that."""
        task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        told = False

        def stop(number: int, frame: FrameType | None) -> None:
            nonlocal told
            told = True
            if self.started:
                self.handle_exit(number, frame)
            elif task is not None:
                loop.call_soon_threadsafe(task.cancel)

        before = {number: signal.signal(number, stop) for number in _SIGNALS}
        try:
            yield
        except asyncio.CancelledError:
            if not told:
                raise
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


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
