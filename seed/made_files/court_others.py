"""The rows of the dump that are about others than unaccompanied children: most of it, written from patterns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from seed.made_files.court_faults import ANYWHERE
from seed.made_files.court_tables import COUNTRIES, DECISIONS, REASONS
from seed.made_files.lines import LineFile
from seed.synthetic.places import COURTS

PER_CHILD = {"juveniles": 6.6934, "cases": 28.2646, "proceedings": 36.9418, "hearings": 104.0879}
"""Rows of the real dump for each of the 448,000 children of the whole country: 2,998,644 rows of juveniles, 12,662,540
cases, 16,549,948 proceedings and 46,631,388 hearings. Those of the children themselves are among them."""
PATTERN_ROWS = 500
SPARED = 1_000
"""A row of others has a fault this many times more rarely than one that is imported."""

Make = Callable[[Random], Mapping[str, str]]


class Pattern:
    """Rows of a table whose numbers are filled in; `numbers` are the columns of these."""

    def __init__(self, file: LineFile, numbers: Sequence[str], make: Make, rng: Random, *, rate: float) -> None:
        self._file = file
        self._numbers = sorted(numbers, key=file.form.columns.index)
        self._make = make
        self._rng = rng
        self._rate = rate * PATTERN_ROWS / SPARED
        lines = (file.form.line({**make(rng), **dict.fromkeys(numbers, "%d")}) for _ in range(PATTERN_ROWS))
        self._lines = list(lines)
        self._whole = b"".join(self._lines)

    def write(self, numbers: Mapping[str, Sequence[int]]) -> None:
        """Write a row for each of the numbers, which are as many for each column."""
        columns = [numbers[name] for name in self._numbers]
        for start in range(0, len(columns[0]), PATTERN_ROWS):
            parts = [column[start : start + PATTERN_ROWS] for column in columns]
            count = len(parts[0])
            text = self._whole if count == PATTERN_ROWS else b"".join(self._lines[:count])
            self._file.put(text % tuple(number for row in zip(*parts, strict=True) for number in row), count)
            if self._rng.random() < self._rate:
                given = {name: str(part[-1]) for name, part in zip(self._numbers, parts, strict=True)}
                self._file.plant(self._rng.choice(ANYWHERE), {**self._make(self._rng), **given})


def juvenile(rng: Random) -> Mapping[str, str]:
    """Return a row of the history about a juvenile who is not unaccompanied."""
    return {"idnJuvenile": str(rng.choice((3, 4, 5, 5, 5))), "DATCREATEDON": _stamp(rng)}


def case(rng: Random) -> Mapping[str, str]:
    """Return another case."""
    return {
        "ALIEN_CITY": rng.choice(("HOUSTON", "MIAMI", "LOS ANGELES", "CHICAGO")),
        "ALIEN_STATE": rng.choice(("TX", "FL", "CA", "IL")),
        "ALIEN_ZIPCODE": f"{rng.randint(10_001, 99_901):05d}",
        "NAT": rng.choice(tuple(COUNTRIES)),
        "LANG": "SP",
        "CUSTODY": rng.choice("NDR"),
        "CASE_TYPE": rng.choice(("RMV", "RMV", "RMV", "DEP", "EXC", "AOC", "CFR")),
        "LATEST_HEARING": _stamp(rng),
        "LATEST_CAL_TYPE": rng.choice("MI"),
        "DATE_OF_ENTRY": _stamp(rng),
        "Sex": rng.choice(("M", "F", "")),
        "E_28_DATE": rng.choice((_stamp(rng), "")),
    }


def proceeding(rng: Random) -> Mapping[str, str]:
    """Return another proceeding."""
    court = rng.choice(tuple(COURTS))
    return {
        "OSC_DATE": _stamp(rng),
        "INPUT_DATE": _stamp(rng),
        "BASE_CITY_CODE": court,
        "HEARING_LOC_CODE": court,
        "COMP_DATE": rng.choice((_stamp(rng), "")),
        "ABSENTIA": rng.choice(("Y", "N", "N", "")),
        "DEC_TYPE": rng.choice(("O", "W", "")),
        "DEC_CODE": rng.choice((*DECISIONS, "")),
        "CASE_TYPE": rng.choice(("RMV", "RMV", "DEP")),
        "NAT": rng.choice(tuple(COUNTRIES)),
        "LANG": "SP",
    }


def hearing(rng: Random) -> Mapping[str, str]:
    """Return another hearing."""
    court = rng.choice(tuple(COURTS))
    return {
        "OSC_DATE": _stamp(rng),
        "INPUT_DATE": _stamp(rng),
        "ADJ_DATE": _stamp(rng),
        "ADJ_TIME_START": rng.choice(("0830", "1300")),
        "CAL_TYPE": rng.choice("MI"),
        "ADJ_RSN": rng.choice((*REASONS, "")),
        "NOTICE_CODE": rng.choice(("NTA", "MTR", "")),
        "SCHEDULE_TYPE": rng.choice(("MR", "IN")),
        "BASE_CITY_CODE": court,
        "HEARING_LOC_CODE": court,
        "LANG": "SP",
    }


def _stamp(rng: Random) -> str:
    return f"{rng.randint(1998, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d} 00:00:00.000"
