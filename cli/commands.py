"""The command line: every command with its arguments, help and examples; its code is imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import db_commands, import_commands
from cli.formats import CSV_HELP, Format, StatusFormat
from cli.help import command_group, examples
from cli.options import StoreName, Yes, check_together

app = command_group("Records about unaccompanied children as one graph, and the questions that keep them safe.")
schema_app = command_group("The GraphQL schema that clients are generated from.")
token_app = command_group(
    "Print an access token for the API, alone, so that scripts can take it; or list and revoke those that there are. "
    "The server need not run."
)
app.add_typer(import_commands.app, name="import")
app.add_typer(schema_app, name="schema")
app.add_typer(token_app, name="token")
app.add_typer(db_commands.app, name="db")


@app.callback(invoke_without_command=True)
def sightline(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
) -> None:
    """Records about unaccompanied children as one graph, and the questions that keep them safe."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"sightline {version_of('sightline')}")
    elif context.invoked_subcommand is None:
        context.get_help()


@app.command(
    epilog=examples(
        "sightline serve",
        "sightline serve --port 9000 --seed-when-empty demo",
        "sightline serve --workers 4",
        "SIGHTLINE_HOST=0.0.0.0 sightline serve",
    )
)
def serve(
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address to listen on, instead of SIGHTLINE_HOST (127.0.0.1).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on, instead of SIGHTLINE_PORT (8000).")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, metavar="N", help="Processes that answer, instead of SIGHTLINE_WORKERS (1)."),
    ] = None,
    seed_when_empty: Annotated[
        str | None, typer.Option(metavar="PRESET", help="Fill an empty graph with made-up data first: demo, national.")
    ] = None,
) -> None:
    """Serve the GraphQL API until Ctrl-C, and start the database if none is running."""
    if seed_when_empty is not None:
        from seed.synthetic.presets import figures

        figures(seed_when_empty)
    from cli.startup import begin

    with begin(host=host, port=port, workers=workers) as begun:
        from cli.serving import serve_api

        serve_api(begun, seed_when_empty=seed_when_empty)


@app.command(
    epilog=examples(
        "sightline seed",
        "sightline seed --preset demo --scale 2 --seed 7 --yes",
        "sightline seed --preset national --yes",
        "sightline seed --write-files made-up",
        "sightline seed --write-files made-up --faults 0 --others 0.05",
    )
)
def seed(
    preset: Annotated[str, typer.Option(help="How much: demo (2,000 children) or national (448,000).")] = "demo",
    scale: Annotated[float, typer.Option(help="Times as many children; the figures stay in proportion.")] = 1.0,
    seed: Annotated[int, typer.Option(metavar="N", help="The same number gives the same graph.")] = 1,
    truth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write down what was planted; in the data folder unless given."),
    ] = None,
    write_files: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write files to import, in the published layouts, and leave the graph alone."),
    ] = None,
    faults: Annotated[
        float | None,
        typer.Option(metavar="SHARE", help="With --write-files: share of rows with a fault; 0.01 unless given."),
    ] = None,
    others: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="With --write-files: rows about others, as a share of the real files'; 1 unless given.",
        ),
    ] = None,
    yes: Yes = False,
    store: StoreName = None,
) -> None:
    """Replace the graph with made-up people, in the proportions of the published figures, or write them to files."""
    check_together(
        {"--truth": truth, "--store": store} if write_files else {"--faults": faults, "--others": others},
        needless=bool(write_files),
    )
    if write_files:
        from cli.made_files import write_made_files
        from seed.made_files.writing import Order

        of = Order(preset, scale, seed, 0.01 if faults is None else faults, 1.0 if others is None else others)
        write_made_files(write_files, of, yes=yes)
        return
    from cli.seeding import seed_graph

    seed_graph(preset=preset, scale=scale, number=seed, truth_file=truth, yes=yes, store_name=store)


@app.command(
    epilog=examples(
        "sightline query",
        "sightline query sponsorsWithMultipleChildren --param minChildren=3",
        "sightline query childrenWithoutNoticeToAppear --format csv > children.csv",
        "sightline query childrenWithoutNoticeToAppear --format xlsx > children.xlsx",
        "sightline query addressesSharedBySponsors --param asOf=2024-01-01 --first 10 --format json",
    )
)
def query(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The question; without it, all are listed.", show_default=False)
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated.")
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", "-f", help=f"How to write the rows. {CSV_HELP}")
    ] = Format.TABLE,
    first: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only the first N rows. Unless given: 25 in a table, all otherwise."),
    ] = None,
) -> None:
    """Ask a question of the library, or list the questions. The rows are those that the API gives."""
    from cli.query import ask, list_questions

    if name is None:
        list_questions(format_)
    else:
        ask(name, parameters=param or [], format_=format_, first=first)


@app.command(
    epilog=examples(
        "sightline sweep",
        "sightline sweep --as-of 2024-05-31",
        "sightline sweep --full --only sponsorsWithMultipleChildren --format json",
    )
)
def sweep(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The day to ask for, instead of today in UTC.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Look at everything, not only at what was touched.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Only this indicator; may be repeated.")
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", "-f", help=f"How to write what was done. {CSV_HELP}")
    ] = Format.TABLE,
) -> None:
    """Ask every question about a record and keep the rows as findings, which reviewers can confirm or dismiss."""
    from cli.sweeping import sweep

    sweep(as_of=as_of, full=full, only=only or [], format_=format_)


@app.command(epilog=examples("sightline sources", "sightline sources --format csv > sources.csv"))
def sources(
    format_: Annotated[
        Format, typer.Option("--format", "-f", help=f"How to write the rows. {CSV_HELP}")
    ] = Format.TABLE,
) -> None:
    """List where the records came from: how many from each source, how fresh, and what its last import lacked."""
    from cli.sources import list_sources

    list_sources(format_)


@token_app.callback(
    invoke_without_command=True,
    epilog=examples("sightline token", "TOKEN=$(sightline token --name report --days 7)", "sightline token list"),
)
def token(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Who will use it; it appears beside what they do.")] = "command line",
    days: Annotated[float, typer.Option(help="How long it works.")] = 30.0,
    role: Annotated[
        str, typer.Option(help="What it may do: investigator, or monitor for /metrics alone.")
    ] = "investigator",
    agency: Annotated[str, typer.Option(metavar="CODE", help="Code of their agency, such as ORR.")] = "",
) -> None:
    """Print an access token for the API, unless another command follows."""
    if context.invoked_subcommand is None:
        from cli.tokens import print_token

        print_token(name=name, days=days, role=role, agency=agency)


@token_app.command("list", epilog=examples("sightline token list", "sightline token list --format json"))
def token_list(
    format_: Annotated[StatusFormat, typer.Option("--format", "-f", help="How to write them.")] = StatusFormat.TABLE,
) -> None:
    """List the tokens that were made with this data folder and have not expired. The server need not run."""
    from cli.tokens import list_tokens

    list_tokens(format_)


@token_app.command("revoke", epilog=examples("sightline token revoke 3f9a01c7d2e4b586"))
def token_revoke(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="The token's id, as listed, or the token itself.", show_default=False)
    ],
) -> None:
    """Revoke a token: within a few seconds, all workers and instances refuse it."""
    from cli.tokens import revoke_token

    revoke_token(id_)


@app.command("sign-in", epilog=examples("sightline sign-in", "sightline sign-in --name 'R. Ortiz' --port 9000"))
def sign_in(
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who signs in, as stored with reviews; your name here unless given."),
    ] = None,
    agency: Annotated[str, typer.Option(metavar="CODE", help="Code of their agency, such as ORR.")] = "",
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address of the server, instead of SIGHTLINE_HOST.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the server, instead of SIGHTLINE_PORT.")
    ] = None,
) -> None:
    """Print an address that signs a browser in to the playground: once, within 15 minutes."""
    from cli.signing_in import print_sign_in

    print_sign_in(name=name, agency=agency, host=host, port=port)


@schema_app.command(
    "print",
    epilog=examples("sightline schema print > schema.graphql", "SIGHTLINE_QUERIES=my/questions sightline schema print"),
)
def schema_print() -> None:
    """Print the schema in GraphQL's own language, sorted. No database is needed."""
    from cli.schema import print_schema

    print_schema()
