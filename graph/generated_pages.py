"""Committed pages that a program makes: rewritten, or checked to be up to date."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.errors import BadInput


def write_page(path: Path, text: str) -> None:
    """Write a page; the same text gives the same bytes on every platform."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def check_page(path: Path, text: str, *, command: str) -> None:
    """Raise `BadInput` when the page is not this text; the error says which command writes it."""
    if not path.is_file() or path.read_bytes() != text.encode():
        raise BadInput(f"{path} is out of date; run `{command} {path}` and commit it")


def keep_page(text: str | Callable[[Path], str], *, command: str, arguments: Sequence[str] | None = None) -> None:
    """Write or check the page that the command line names; exits with status 1 when a checked page is out of date.

    The text may depend on the page as it is.
    """
    parser = argparse.ArgumentParser(prog=command)
    parser.add_argument("path", type=Path, help="the page")
    parser.add_argument("--check", action="store_true", help="fail when the page is out of date, and write nothing")
    given = parser.parse_args(arguments)
    text = text if isinstance(text, str) else text(given.path)
    if not given.check:
        write_page(given.path, text)
        return
    try:
        check_page(given.path, text, command=command)
    except BadInput as error:
        raise SystemExit(str(error)) from None
