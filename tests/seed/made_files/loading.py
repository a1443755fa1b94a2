"""Imports made-up files with the real importers, and asks the questions that they can answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from graph.store import Store
from seed.court_dump.importing import import_dump
from seed.files.importing import import_file
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from seed.labor_findings import LABOR_FINDINGS
from tests.api.compiler.compiling import library
from tests.seed.made_files.worlds import Carried, of_courts, of_findings, of_releases
from tests.seed.synthetic.graphs import graph_of
from tests.truth.asking import asked

TODAY = date(2024, 5, 31)
QUESTIONS = {question.name: question for question in library()}


async def load(store: Store, folder: Path, *, court: str = "eoir") -> dict[str, Any]:
    """Import all files, and return their summaries."""
    options = Options(today=TODAY)
    return {
        "whd": await import_file(store, folder / "whd.csv", options, importer=LABOR_FINDINGS),
        "hhs-releases": await import_hhs_releases(store, folder / "hhs-releases.csv", options),
        "eoir": await import_dump(store, folder / court, options),
    }


def document(folder: Path, name: str) -> dict[str, Any]:
    """Return what was written beside the files."""
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


async def check_answers(store: Store, folder: Path) -> None:
    """Compare the questions' answers with those that were written down."""
    for name, answer in document(folder, "ground-truth")["answers"].items():
        rows = await asked(store, QUESTIONS[name], answer["parameters"])
        assert sorted(rows) == sorted(map(tuple, answer["rows"])), name
        assert answer["count"] == len(rows), name


def carried(scale: float, seed: int) -> Carried:
    """Return what the files of a demo graph carry."""
    graph = graph_of("demo", scale, seed)
    found = Carried()
    for part in (of_releases(graph), of_findings(graph), of_courts(graph)):
        found.links |= part.links
        for label, rows in part.nodes.items():
            found.nodes[label] |= rows
    return found
