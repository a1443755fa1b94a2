"""Says what went wrong, in one sentence for a person at a terminal."""

from __future__ import annotations

import typer

from graph.errors import SightlineError


def sentence(error: BaseException) -> str:
    """Return the one sentence that says what went wrong and what to do.

    The text of an unexpected error is left out: it may hold personal data.
    """
    if isinstance(error, BaseExceptionGroup):
        return sentence(_telling(error))
    if isinstance(error, SightlineError):
        return _ended(str(error))
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, (KeyboardInterrupt, typer.Abort, EOFError)):
        return "interrupted."
    if isinstance(error, MemoryError):
        return "this machine has too little free memory for that."
    if isinstance(error, OSError) and error.strerror:
        named = f" of {error.filename}" if error.filename else ""
        return f"reading or writing{named} failed ({error.strerror})."
    return f"something unexpected went wrong ({type(error).__name__}); run `sightline --debug ...` to see where."


def _telling(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the most informative error of a group: one of ours, or else the first."""
    ours = group.subgroup(SightlineError)
    first = (ours or group).exceptions[0]
    return _telling(first) if isinstance(first, BaseExceptionGroup) else first


def _usage(error: typer.TyperException) -> str:
    """Say what is wrong with the command line, and which command's help to read."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if context is None or message.endswith("?"):
        return _ended(message)
    return f"{message.rstrip('.')}; see `{context.command_path} --help`."


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
