"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
StoreName = Annotated[
    str | None,
    typer.Option("--store", metavar="NAME", help="Go on although other data is there: name the database, to be sure."),
]
