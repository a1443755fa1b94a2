"""Writes the made-up dump of the immigration courts: children's cases among those of many others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Self

from seed.made_files import court_others as others
from seed.made_files.answers import CourtAnswers, Heard, Standing
from seed.made_files.court_cases import CourtFile, Places, court_files
from seed.made_files.court_faults import CASE_FAULTS, FIRST, HEARING_FAULTS, JUVENILE_FAULTS, PROCEEDING_FAULTS
from seed.made_files.court_tables import CASES, HEARINGS, JUVENILES, LOOKUPS, PROCEEDINGS, stamp
from seed.made_files.faults import Effect, Fault, Values
from seed.made_files.forms import Form
from seed.made_files.lines import LineFile
from seed.made_files.rows import BlockRows
from seed.synthetic.days import REFERENCE_DATE

FOLDER = "eoir"
ENDING, DELIMITER, ENCODING = ".csv", "\t", "cp1252"
_ASYLUM, _AGAIN = 0.15, 0.2
"""Shares of children whose code is that of asylum, and who are twice in the history."""
_NO_SHOW = "11"
_TABLES: Mapping[str, tuple[str, Sequence[str], Sequence[Fault]]] = {
    "juveniles": ("tbl_JuvenileHistory", JUVENILES, JUVENILE_FAULTS),
    "cases": ("A_TblCase", CASES, CASE_FAULTS),
    "proceedings": ("B_TblProceeding", PROCEEDINGS, PROCEEDING_FAULTS),
    "hearings": ("tbl_schedule", HEARINGS, HEARING_FAULTS),
}


class CourtDump:
    """Writes the cases of blocks, with `share` of the real number of others' rows among them, in a folder of its own.

    It collects what the cases add to answers.
    """

    def __init__(self, folder: Path, answers: CourtAnswers, *, rate: float, share: float, seed: int) -> None:
        self._folder = folder / FOLDER
        self._rng = rng = Random(f"{seed}/eoir")
        self._answers = answers
        self._rate = rate
        self._share = share
        self._stack = ExitStack()
        self.files: dict[str, LineFile] = {}
        for name, (table, columns, kinds) in _TABLES.items():
            ordered = (*rng.sample(columns[:-1], len(columns) - 1), columns[-1]) if rate else columns
            form = Form(tuple(ordered), DELIMITER, ENCODING)
            self.files[name] = LineFile(self._folder / f"{table}{ENDING}", form, kinds, rate=rate, rng=rng)
        self._next = {name: count(first) for name, first in zip(_TABLES, (10_001, 20_001, 30_001, 40_001), strict=True)}
        self._orphans = count(900_000_001)
        self._written = dict.fromkeys(_TABLES, 0.0)
        make = (others.juvenile, others.case, others.proceeding, others.hearing)
        numbers = (JUVENILES[:3], CASES[:1], PROCEEDINGS[:2], HEARINGS[:3])
        self._patterns = {
            name: others.Pattern(self.files[name], columns, one, rng, rate=rate)
            for name, columns, one in zip(_TABLES, numbers, make, strict=True)
        }

    def __enter__(self) -> Self:
        for file in self.files.values():
            self._stack.enter_context(file)
        (self._folder / "Lookup").mkdir(exist_ok=True)
        for lookup in LOOKUPS:
            form = Form(lookup.columns, DELIMITER, ENCODING)
            lines = (form.joined(row) for row in (lookup.columns, *lookup.rows))
            (self._folder / "Lookup" / f"{lookup.name}{ENDING}").write_bytes(b"".join(lines))
        if self._rate:
            for file in self.files.values():
                file.note("columns_in_another_order", Effect.NONE, [1])
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def write(self, block: BlockRows, places: Places, *, children: int) -> None:
        """Write the cases of a block of so many children, and the rows of others that go with them."""
        for at, file in enumerate(court_files(block, places)):
            self._case(file)
            if self._rate and (at == 0 or self._rng.random() < self._rate):
                self._orphan()
        self._others(children)

    def end(self) -> None:
        """Write what the files end with."""
        for file in self.files.values():
            file.end()

    def _case(self, file: CourtFile) -> None:
        rng, number = self._rng, self._number("cases")
        numbers = [self._number("proceedings") for _ in file.proceedings]
        self._chosen(number, numbers[0])
        case = self.files["cases"].add({"IDNCASE": number, **file.case})
        lost = case is None  # Then nobody looks for faults in the rest.
        lines = self.files["proceedings"]
        proceedings = []
        for place, (one, values) in enumerate(zip(numbers, file.proceedings, strict=True)):
            first = {} if place else {FIRST: FIRST}
            left = lines.add({"IDNPROCEEDING": one, "IDNCASE": number, **first, **values}, sound=lost)
            proceedings += [left] if left else []
        hearings = []
        for place, values in file.hearings:
            given = {"IDNSCHEDULE": self._number("hearings"), "IDNPROCEEDING": numbers[place], "IDNCASE": number}
            left = self.files["hearings"].add({**given, **values}, sound=lost)
            hearings += [left] if left else []
        if rng.random() < _AGAIN:
            self.files["juveniles"].add(self._history(number, numbers[0]))
        if case:
            self._answers.add(_standing(number, case, proceedings, hearings))

    def _chosen(self, number: str, proceeding: str) -> None:
        self.files["juveniles"].add(self._history(number, proceeding), sound=True)

    def _history(self, number: str, proceeding: str) -> Values:
        return {
            "idnJuvenileHistory": self._number("juveniles"),
            "idnCase": number,
            "idnProceeding": proceeding,
            "idnJuvenile": "2" if self._rng.random() < _ASYLUM else "1",
            "DATCREATEDON": stamp(REFERENCE_DATE),
        }

    def _orphan(self) -> None:
        """Write the proceeding and the hearing of a child whose case is not in the table of cases."""
        number, proceeding, hearing = (str(next(self._orphans)) for _ in range(3))
        self.files["juveniles"].note("case_without_its_row", Effect.NONE, [self.files["juveniles"].next])
        self._chosen(number, proceeding)
        of = {"IDNPROCEEDING": proceeding, "IDNCASE": number}
        self.files["proceedings"].note("proceeding_without_its_case", Effect.NONE, [self.files["proceedings"].next])
        self.files["proceedings"].add({**of, "OSC_DATE": stamp(REFERENCE_DATE)}, sound=True)
        self.files["hearings"].note("hearing_without_its_case", Effect.NONE, [self.files["hearings"].next])
        self.files["hearings"].add({"IDNSCHEDULE": hearing, **of, "CAL_TYPE": "M"}, sound=True)

    def _others(self, children: int) -> None:
        """Write the rows of others, in the proportions of the real dump."""
        counts = {}
        for name, each in others.PER_CHILD.items():
            self._written[name] += children * each * self._share
            counts[name] = max(0, int(self._written[name]) - self.files[name].rows)
        cases, proceedings, hearings = counts["cases"], counts["proceedings"], counts["hearings"]
        numbers = {name: self._numbers(name, number) for name, number in counts.items()}
        if not cases or not proceedings:
            return
        of = [numbers["cases"][at * cases // proceedings] for at in range(proceedings)]
        at = [place * proceedings // hearings for place in range(hearings)]
        self._patterns["cases"].write({"IDNCASE": numbers["cases"]})
        self._patterns["proceedings"].write({"IDNPROCEEDING": numbers["proceedings"], "IDNCASE": of})
        within = {"IDNPROCEEDING": [numbers["proceedings"][one] for one in at], "IDNCASE": [of[one] for one in at]}
        self._patterns["hearings"].write({"IDNSCHEDULE": numbers["hearings"], **within})
        juveniles = [place * proceedings // max(1, counts["juveniles"]) for place in range(counts["juveniles"])]
        told = {
            "idnCase": [of[one] for one in juveniles],
            "idnProceeding": [numbers["proceedings"][one] for one in juveniles],
        }
        self._patterns["juveniles"].write({"idnJuvenileHistory": numbers["juveniles"], **told})

    def _number(self, name: str) -> str:
        return str(next(self._next[name]))

    def _numbers(self, name: str, number: int) -> range:
        first = next(self._next[name])
        self._next[name] = count(first + number)
        return range(first, first + number)


def _standing(number: str, case: Values, proceedings: Sequence[Values], hearings: Sequence[Values]) -> Standing:
    """Return a case as it stands according to what is left of its rows."""
    opened = [day for one in proceedings if (day := _day(one, "INPUT_DATE"))]
    last = proceedings[-1] if proceedings else None
    ended = {one["IDNPROCEEDING"]: one for one in proceedings if _day(one, "COMP_DATE")}
    return Standing(
        number=number,
        filed=_day(proceedings[0], "INPUT_DATE") if proceedings else None,
        opened=min(opened, default=None),
        pending=last is not None and (bool(last.get("TRANSFER_TO")) or _day(last, "COMP_DATE") is None),
        appeared=_day(case, "E_28_DATE"),
        hearings=[
            Heard(
                f"eoir-hearing-{one['IDNSCHEDULE']}",
                _day(one, "ADJ_DATE"),
                _outcome(one, ended.get(one["IDNPROCEEDING"])),
            )
            for one in hearings
        ],
    )


def _outcome(hearing: Values, proceeding: Values | None) -> str:
    day = _day(hearing, "ADJ_DATE")
    last = proceeding is not None and day is not None and _day(proceeding, "COMP_DATE") == day
    if hearing.get("ADJ_RSN") == _NO_SHOW or (last and proceeding is not None and proceeding.get("ABSENTIA") == "Y"):
        return "MISSED"
    return "ATTENDED" if last else "ADJOURNED" if hearing.get("ADJ_RSN") else ""


def _day(values: Values, column: str) -> date | None:
    text = values.get(column)
    return date.fromisoformat(text[:10]) if text else None
