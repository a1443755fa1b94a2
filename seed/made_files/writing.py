"""Writes all made-up files of a graph to a folder, with a manifest of their faults and the answers they can give."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path

from graph.engine.failures import disk_error
from graph.errors import BadInput
from seed.made_files.answers import CourtAnswers, NearEmployers, document
from seed.made_files.court_cases import Places
from seed.made_files.court_dump import CourtDump
from seed.made_files.findings import OTHERS_PER_CHILD, Findings
from seed.made_files.lines import LineFile
from seed.made_files.releases import Releases
from seed.made_files.rows import BlockRows
from seed.synthetic.days import REFERENCE_DATE
from seed.synthetic.generate import generate
from seed.synthetic.presets import figures

MANIFEST, TRUTH = "manifest.json", "ground-truth.json"
MOST_FAULTS = 0.5
MOST_OTHERS = 10.0
_COURT = "EOIR-"


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: the size and the seed of the graph, the share of rows with a fault, and the share of others' rows.

    With 0 `faults` the files have none. With 1.0 `others` there are as many rows about others as in the real files, in
    proportion to the children.
    """

    preset: str = "demo"
    scale: float = 1.0
    seed: int = 1
    faults: float = 0.01
    others: float = 1.0


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What was written: the rows and the faults of each file, by its path in the folder."""

    folder: Path
    rows: Mapping[str, int]
    faults: Mapping[str, int]


def check_order(order: Order) -> None:
    """Raise `BadInput` for a preset, scale or share that cannot be written."""
    figures(order.preset, scale=order.scale)
    for name, value, most in (("faults", order.faults, MOST_FAULTS), ("others", order.others, MOST_OTHERS)):
        if not isfinite(value) or not 0 <= value <= most:
            raise BadInput(f"The share of {name} must be a number from 0 to {most:g}")


def write_files(
    folder: Path, order: Order, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> WrittenFiles:
    """Write the files to a folder, and replace those that stand there; the same order gives the same bytes.

    Rows are written while they are made, so memory does not grow with them. The manifest is written last: a folder
    without one is incomplete. `progress` is called with how many children are done, and their number. Raises `BadInput`
    for an order that cannot be written, or a folder that cannot; and `EngineError` when the disk is full.
    """
    check_order(order)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MANIFEST).unlink(missing_ok=True)
        return _Writing(folder, order).run(progress)
    except (FileExistsError, NotADirectoryError, PermissionError):
        raise BadInput(f"{folder} cannot be written; name a folder of yours") from None
    except OSError as error:
        raise disk_error(error, folder) from error


class _Writing:
    """Writes the files of one order."""

    def __init__(self, folder: Path, order: Order) -> None:
        self._folder = folder
        self._order = order
        self._near, self._court = NearEmployers(), CourtAnswers()
        rate, seed = order.faults, order.seed
        self._findings = Findings(folder, self._near, rate=rate, seed=seed)
        self._releases = Releases(folder, self._near, rate=rate, seed=seed)
        self._dump = CourtDump(folder, self._court, rate=rate, share=order.others, seed=seed)

    def run(self, progress: Callable[[int, int], None]) -> WrittenFiles:
        wanted = figures(self._order.preset, scale=self._order.scale)
        made = generate(wanted, seed=self._order.seed)
        world = BlockRows(next(made).tables)
        agencies = world.nodes("Agency")
        courts = {key: one["code"].removeprefix(_COURT) for key, one in agencies.items() if one["kind"] == "COURT"}
        places = Places(world.nodes("PostalArea"), courts)
        codes = {key: area["postalCode"] for key, area in places.areas.items()}
        with self._findings.file:
            self._findings.write(world, others=int(wanted.children * OTHERS_PER_CHILD * self._order.others))
        done = 0
        with ExitStack() as stack:
            stack.enter_context(self._releases.file)
            stack.enter_context(self._dump)
            for one in made:
                block = BlockRows(one.tables)
                self._releases.write(block, codes)
                self._dump.write(block, places, children=one.children)
                done += one.children
                progress(done, wanted.children)
            self._releases.end()
            self._dump.end()
        return self._finish()

    def _finish(self) -> WrittenFiles:
        files: dict[str, LineFile] = {
            file.path.relative_to(self._folder).as_posix(): file
            for file in (self._releases.file, self._findings.file, *self._dump.files.values())
        }
        told = {"synthetic": True, **asdict(self._order), "referenceDate": REFERENCE_DATE.isoformat()}
        answers = document(self._near, self._court)
        (self._folder / TRUTH).write_text(_json({**told, "answers": answers}), encoding="utf-8")
        manifest = {**told, "files": {name: file.plain() for name, file in files.items()}}
        (self._folder / MANIFEST).write_text(_json(manifest), encoding="utf-8")
        return WrittenFiles(
            self._folder,
            {name: file.rows for name, file in files.items()},
            {name: sum(one.count for one in file.planted.values()) for name, file in files.items()},
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
