"""An import that is killed at any moment, and run again, ends in the same graph as one that was never killed.

Killing 50 processes takes many minutes, so here a store stops for good before or after a statement, as it would for a
process that is killed: what was not committed is undone by the database. `tests/cli/test_importing.py` kills a process.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from graph.store import Store
from graph.store.connections import Parameters, Rows, Run
from seed.court_dump.importing import import_dump
from seed.files.importing import import_file
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from seed.labor_findings import LABOR_FINDINGS
from tests.everything import everything
from tests.seed.court_dump.conftest import WriteDump, dump
from tests.seed.hhs_releases.test_faults import HEADER_LINE
from tests.seed.labor_findings.test_actions import Write, write
from tests.seeds import run_seed

__all__ = ["dump", "write"]
T = TypeVar("T")
TODAY = date(2024, 5, 31)
OPTIONS = Options(today=TODAY, batch_size=2)
POINTS = {"whd": 17, "eoir": 17, "hhs-releases": 16}
"""At how many moments each import is killed: 50 together."""
Import = Callable[[Store, Path], Awaitable[object]]
IMPORTS: Mapping[str, Import] = {
    "whd": lambda store, file: import_file(store, file, OPTIONS, importer=LABOR_FINDINGS),
    "eoir": lambda store, file: import_dump(store, file, OPTIONS),
    "hhs-releases": lambda store, file: import_hhs_releases(store, file, OPTIONS),
}
LEAVE_LEASE = "MATCH (s:SightlineStore) SET s.expiresAt = datetime('2020-01-01T00:00:00Z')"
"""A process that was killed cannot give its lease back, and here the process that holds it is alive."""


class KilledError(BaseException):
    """The process was killed."""


class Mortal(Store):
    """A store of a process that is killed at its n-th statement, before or after it; nothing is run from then on."""

    def __init__(self, store: Store, *, at: int = sys.maxsize, after: bool = False) -> None:
        self._store = store
        self._at = at
        self._after = after
        self.statements = 0

    async def read(self, *given: Any, **named: Any) -> Rows:
        return await self._run(self._store.read, *given, **named)

    async def read_value(self, *given: Any, **named: Any) -> object:
        return await self._run(self._store.read_value, *given, **named)

    async def write(self, *given: Any, **named: Any) -> Rows:
        return await self._run(self._store.write, *given, **named)

    async def write_auto(self, *given: Any, **named: Any) -> Rows:
        return await self._run(self._store.write_auto, *given, **named)

    async def transaction(self, work: Callable[[Run], Awaitable[Any]], **named: Any) -> Any:
        async def unit(run: Run) -> Any:
            async def counted(statement: str, parameters: Parameters = None) -> Rows:
                return await self._run(run, statement, parameters)

            return await work(counted)

        return await self._run(self._store.transaction, unit, **named)

    async def _run(self, what: Callable[..., Awaitable[T]], *given: Any, **named: Any) -> T:
        self.statements += 1
        dies = self.statements >= self._at
        if dies and (self.statements > self._at or not self._after):
            raise KilledError
        found = await what(*given, **named)
        if dies:
            raise KilledError
        return found


def made(name: str, write: Write, dump: WriteDump, folder: Path) -> Path:
    """Write a small file, or folder, in an importer's layout."""
    if name == "whd":
        return write({}, {"case_id": "2", "trade_nm": "CAFE"}, {"case_id": "3", "zip_cd": "77003"}, {"case_id": "x"})
    if name == "eoir":
        numbers = ("10", "11", "12")
        missed = {"IDNSCHEDULE": "5", "IDNCASE": "10", "ADJ_DATE": "2023-01-04", "ADJ_RSN": "11"}
        return dump(
            juveniles=[{"idnCase": case, "idnJuvenile": "1"} for case in numbers],
            cases=[{"IDNCASE": case, "Sex": "F", "ALIEN_ZIPCODE": "77002"} for case in numbers],
            hearings=[{**missed, "HEARING_LOC_CODE": "HOU"}],
        )
    path = folder / "releases.csv"
    rows = (f"{number},Honduras,F,1/5/15,2/6/15,3312{number},1,Mother\n" for number in range(1, 5))
    path.write_text(HEADER_LINE + "".join(rows))
    return path


async def emptied(store: Store) -> None:
    await store.write("MATCH (n) DETACH DELETE n")


@pytest.mark.slow(reason="imports 100 times")
@pytest.mark.parametrize("name", sorted(IMPORTS))
async def test_killed_at_any_moment_and_run_again_it_ends_the_same(
    empty: Store, name: str, write: Write, dump: WriteDump, tmp_path: Path
) -> None:
    imported, rng = IMPORTS[name], random.Random(run_seed())
    file = made(name, write, dump, tmp_path)
    await emptied(empty)
    counted = Mortal(empty)
    await imported(counted, file)
    never = await everything(empty)
    for at in rng.choices(range(1, counted.statements + 1), k=POINTS[name]):
        await emptied(empty)
        mortal = Mortal(empty, at=at, after=rng.random() < 0.5)
        with pytest.raises(KilledError):
            await imported(mortal, file)
        await empty.write(LEAVE_LEASE)
        await imported(empty, file)
        assert await everything(empty) == never, f"killed at statement {at} of {counted.statements}"
