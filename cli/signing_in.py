"""Sign-in addresses from the command line."""

from __future__ import annotations

import typer

from cli.serving import reachable
from cli.tokens import sign_in_address
from graph.settings import read_settings


def print_sign_in(*, name: str | None, agency: str, host: str | None, port: int | None) -> None:
    """Print an address that signs a browser in once, and nothing else."""
    given = {"host": host, "port": port}
    settings = read_settings(**{option: value for option, value in given.items() if value is not None})
    served = f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(sign_in_address(settings, reachable(f"http://{served}:{settings.port}"), name=name, agency=agency))
