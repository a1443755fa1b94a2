"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from graph.errors import BadInput

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
StoreName = Annotated[
    str | None,
    typer.Option("--store", metavar="NAME", help="Go on although other data is there: name the database, to be sure."),
]


def check_together(options: Mapping[str, object], *, needless: bool) -> None:
    """Raise `BadInput` for an option that does nothing with `--write-files`, or without it."""
    if given := next((name for name, value in options.items() if value is not None), None):
        with_ = "with" if needless else "without"
        raise BadInput(f"{given} has no meaning {with_} --write-files; leave it out")
