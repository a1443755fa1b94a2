"""The `sightline` command: runs the command given, and exits with 0, or with 1 and one sentence."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from cli.commands import app
from cli.failures import sentence


def main() -> None:
    """Run the command that the process was called with, and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status.

    Whatever goes wrong becomes one sentence on standard error and status 1. It is not an error when a reader of the
    output, such as `head`, has seen enough.
    """
    debug = False
    try:
        with typer.main.get_command(app).make_context("sightline", list(arguments)) as context:
            debug = bool(context.params["debug"])
            context.command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as exit_:
        return exit_.exit_code
    except BrokenPipeError:
        _discard_output()
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        typer.echo(f"Error: {sentence(error)}", err=True)
        return 1
    return 0


def _discard_output() -> None:
    """Discard what is still buffered, so that closing standard output at exit does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
