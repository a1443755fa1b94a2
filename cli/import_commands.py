"""The commands of `sightline import`; their code is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.formats import CSV_HELP
from cli.help import command_group, examples
from cli.options import Yes

app = command_group("Import the files that agencies and newspapers publish.")

Rejects = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help=f"Where to list what could not be used; FILE.rejects.csv unless given. {CSV_HELP}"
    ),
]
MaxRejects = Annotated[int, typer.Option(min=0, metavar="N", help="Stop when more rows are rejected.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what importing would do.", show_default=False)]

Key = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Import the same input once under this key; again, only tell the first result."),
]


@app.command(
    "hhs-releases",
    epilog=examples(
        "sightline import hhs-releases releases.csv",
        "sightline import hhs-releases releases.zip --dry-run",
        "sightline import hhs-releases releases.csv --yes --key foia-2024-03",
    ),
)
def import_hhs_releases(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The published CSV file.", show_default=False)],
    rejects: Rejects = None,
    max_rejects: MaxRejects = 10_000,
    key: Key = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Import the releases of children to sponsors that HHS gave under FOIA. Importing a file again changes nothing."""
    from cli.importing import import_releases
    from seed.files.options import Options

    options = Options(rejects=rejects, most_rejects=max_rejects, key=key, dry_run=dry_run)
    import_releases(file, options, yes=yes)


@app.command(
    "whd",
    epilog=examples(
        "sightline import whd WHD_enforcement.zip",
        "sightline import whd whd_whisard.csv --dry-run",
        "sightline import whd whd_whisard.csv --yes --max-rejects 100",
    ),
)
def import_whd(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV file, or its zip archive.", show_default=False)],
    rejects: Rejects = None,
    max_rejects: MaxRejects = 10_000,
    key: Key = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Import the employers that the Labor Department cited for child labor. Importing a file again changes nothing."""
    from cli.importing import import_labor_findings
    from seed.files.options import Options

    options = Options(rejects=rejects, most_rejects=max_rejects, key=key, dry_run=dry_run)
    import_labor_findings(file, options, yes=yes)


@app.command(
    "eoir",
    epilog=examples(
        "sightline import eoir EOIR-Case-Data.zip --dry-run",
        "sightline import eoir EOIR-Case-Data.zip --yes",
        "sightline import eoir EOIR-Case-Data.zip --juvenile UJ",
    ),
)
def import_eoir(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The dump's folder, or its zip archive.", show_default=False)
    ],
    juvenile: Annotated[
        str, typer.Option(metavar="CODES", help="Codes of the juveniles to import, as the dump's lookup has them.")
    ] = "UJ,J2",
    rejects: Rejects = None,
    max_rejects: MaxRejects = 10_000,
    key: Key = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Import the immigration courts' cases of unaccompanied juveniles. Importing a dump again changes nothing."""
    from cli.importing import import_court_dump
    from seed.files.options import Options

    options = Options(rejects=rejects, most_rejects=max_rejects, key=key, dry_run=dry_run)
    import_court_dump(path, juvenile.split(","), options, yes=yes)


@app.command(
    "spreadsheet",
    epilog=examples(
        "sightline import spreadsheet releases.xlsx --suggest --mapping releases.yaml",
        "sightline import spreadsheet releases.xlsx --mapping releases.yaml --dry-run",
        "sightline import spreadsheet no-shows.eml --mapping no-shows.yaml",
    ),
)
def import_spreadsheet(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A workbook, a CSV file, or an e-mail.", show_default=False)
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The YAML file that says what the columns mean.", show_default=False),
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option(
            "--suggest", help="Write a first mapping to the file of --mapping, or show it.", show_default=False
        ),
    ] = False,
    rejects: Rejects = None,
    max_rejects: MaxRejects = 10_000,
    key: Key = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Import an office's spreadsheet or e-mail, as a mapping says. Importing a file again changes nothing."""
    from cli.spreadsheets import import_by_mapping, suggest_mapping
    from seed.files.options import Options

    if suggest:
        suggest_mapping(file, mapping)
    else:
        options = Options(rejects=rejects, most_rejects=max_rejects, key=key, dry_run=dry_run)
        import_by_mapping(file, mapping, options, yes=yes)


@app.command(
    "undo",
    epilog=examples(
        "sightline import undo whd-4f1c09a2b7de --dry-run",
        "sightline import undo whd-4f1c09a2b7de",
        "sightline import undo whd-4f1c09a2b7de --yes",
    ),
)
def undo_import(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="Key of the source, as `sightline sources` lists it.", show_default=False
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be deleted.", show_default=False)
    ] = False,
    yes: Yes = False,
) -> None:
    """Undo every import of a source: the graph is as if it had never been imported, and what it replaced is back."""
    from cli.sources import undo_import as undo

    undo(source, dry_run=dry_run, yes=yes)
