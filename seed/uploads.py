"""Imports a file that was uploaded, and tells as plain data what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from graph.errors import BadInput
from graph.store import Store
from queries.library.values import today
from seed.court_dump.importing import JUVENILES, check_dump, import_dump
from seed.files.importing import Import, check_layout, import_file
from seed.files.options import Options
from seed.files.outcomes import TooManyRejects
from seed.files.summary import FileSummary
from seed.hhs_releases.importing import import_hhs_releases
from seed.hhs_releases.rows import LAYOUT as RELEASES
from seed.labor_findings import LABOR_FINDINGS
from seed.layouts import LAYOUTS
from seed.spreadsheets.importing import Opened, Ready, import_spreadsheet, known_layout, make_ready, open_file
from seed.spreadsheets.mapping import read_mapping
from seed.spreadsheets.suggesting import suggest

MOST_LINES = 10_000
"""How many lines of the rejects file are told."""


async def _releases(store: Store, file: Path, options: Options) -> FileSummary:
    await asyncio.to_thread(check_layout, RELEASES, file, LAYOUTS)
    return await import_hhs_releases(store, file, options)


async def _labor_findings(store: Store, file: Path, options: Options) -> FileSummary:
    await asyncio.to_thread(check_layout, LABOR_FINDINGS.layout, file, LAYOUTS)
    return await import_file(store, file, options, importer=LABOR_FINDINGS)


async def _court_dump(store: Store, file: Path, options: Options) -> FileSummary:
    await asyncio.to_thread(check_dump, file, JUVENILES)
    return await import_dump(store, file, options)


SPREADSHEET = "spreadsheet"
PUBLISHED: Mapping[str, Import] = MappingProxyType(
    {"hhs-releases": _releases, "eoir": _court_dump, "whd": _labor_findings}
)
"""The published files that can be uploaded, by the name of the command that imports them."""


async def import_upload(
    store: Store, name: str, file: Path, options: Options, *, mapping: str | None = None
) -> Mapping[str, object]:
    """Import a published file, or a spreadsheet by a mapping, and return what happened to its rows, ready for JSON.

    Without a mapping, one is suggested for a spreadsheet. Nothing but the rejects file is left in the file's folder,
    and its lines are told as well. If more rows were rejected than the options allow, `stopped` says so. Raises
    `BadInput` as the importers do, and `Refused` while other work on the store is running.
    """
    if name == SPREADSHEET:
        if mapping is None:
            if not options.dry_run:
                raise BadInput("Say in the field 'mapping' what the columns mean; without it, a mapping is suggested")
            return await asyncio.to_thread(_suggested, file)
        imported: Import = partial(import_spreadsheet, ready=await asyncio.to_thread(_ready, file, mapping))
    elif mapping is not None:
        raise BadInput(f"{name} has its own columns and takes no mapping; leave the field 'mapping' out")
    else:
        imported = PUBLISHED[name]
    rejects = file.with_name("rejects.csv")
    given = replace(options, rejects=rejects)
    try:
        told, stopped = _told(await imported(store, file, given)), None
    except TooManyRejects as error:
        told, stopped = {}, str(error)
    return {**told, "stopped": stopped, "rejects": await asyncio.to_thread(_first_lines, rejects)}


def _ready(file: Path, mapping: str) -> Ready:
    found = read_mapping(mapping, "The mapping")
    opened = _opened(file)
    return make_ready(opened, found, "The mapping")


def _opened(file: Path) -> Opened:
    """Read a spreadsheet or an e-mail; raises `BadInput` for a published file, which has an import of its own."""
    opened = open_file(file)
    if command := known_layout(opened, LAYOUTS):
        raise BadInput(f"{file.name} is a published file; import it as {command}")
    return opened


def _suggested(file: Path) -> Mapping[str, object]:
    found = suggest(_opened(file), today=today())
    return {
        "file": file.name,
        "suggestion": {
            "mapping": found.text,
            "columns": [
                {"name": one.name, "target": one.target or None, "sure": round(one.sure, 2), "why": one.why}
                for one in found.columns
            ],
            "rows": found.rows,
        },
    }


def _told(summary: FileSummary) -> Mapping[str, object]:
    return {
        "file": summary.file,
        "written": not summary.dry_run,
        "rows": summary.rows,
        "imported": summary.imported,
        "repeated": summary.repeated,
        "rejected": summary.rejected,
        "notes": summary.notes,
        "passedOver": [{"reason": reason, "rows": rows} for reason, rows in summary.passed_over.most_common()],
        "seen": [{"what": what, "times": times} for what, times in summary.seen.items()],
        "records": summary.difference.by_label(),
        "findings": [
            {"indicator": name, "opening": summary.findings.opening[name], "closing": summary.findings.closing[name]}
            for name in sorted(+summary.findings.opening | +summary.findings.closing)
        ],
        "untold": summary.findings.untold,
        "remarks": summary.remarks,
    }


def _first_lines(rejects: Path) -> str:
    """Return the header of a rejects file and the first lines below it; nothing when there is no such file."""
    if not rejects.exists():
        return ""
    with rejects.open(encoding="utf-8-sig", newline="") as lines:
        return "".join(islice(lines, MOST_LINES + 1))
