"""The commands of `sightline db`; their code is imported when they run."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import backups
from cli.formats import StatusFormat
from cli.help import command_group, examples
from cli.options import StoreName, Yes

app = command_group("The database: what it holds, how to reach it, and how to empty, check, copy and repair it.")


@app.command("status", epilog=examples("sightline db status", "sightline db status --format json --show-password"))
def db_status(
    format_: Annotated[StatusFormat, typer.Option("--format", "-f", help="How to write it.")] = StatusFormat.TABLE,
    show_password: Annotated[
        bool, typer.Option("--show-password", help="Also show the password, for cypher-shell or a notebook.")
    ] = False,
) -> None:
    """Show where the database is, what it holds, and how other Neo4j clients can reach it."""
    from cli.database import show_status

    show_status(format_, show_password=show_password)


@app.command("reset", epilog=examples("sightline db reset", "sightline db reset --yes"))
def db_reset(yes: Yes = False, store: StoreName = None) -> None:
    """Delete everything in the graph. If it holds anything but made-up data, you must give the database's name."""
    from cli.database import reset_graph

    reset_graph(yes=yes, store_name=store)


@app.command("derive", epilog=examples("sightline db derive", "sightline db derive --refresh"))
def db_derive(
    refresh: Annotated[
        bool, typer.Option("--refresh/--check", help="Write what is right where it differs, or only look.")
    ] = False,
) -> None:
    """Check what is derived from the records, such as counts of children, and the folded texts that searches read."""
    from cli.database import derive

    derive(refresh=refresh)


@app.command("counts", deprecated=True, epilog=examples("sightline db counts"))
def db_counts(
    refresh: Annotated[bool, typer.Option("--refresh", help="Write what is right where it differs.")] = False,
) -> None:
    """Do what `sightline db derive` does; use that instead."""
    from cli.database import derive
    from cli.terminal import tell

    tell("Use `sightline db derive` instead of `sightline db counts`.")
    derive(refresh=refresh)


@app.command("check", epilog=examples("sightline db check", "sightline db check --format json"))
def db_check(
    format_: Annotated[StatusFormat, typer.Option("--format", "-f", help="How to write it.")] = StatusFormat.TABLE,
) -> None:
    """Report what in the graph breaks the model, such as a placement with two sponsors, with counts and some keys."""
    from cli.database import check_model

    check_model(format_)


backups.register(app)
