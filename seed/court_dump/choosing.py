"""Reads the dump's tables and keeps what belongs to the cases of the chosen juveniles, outside of Python's memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

import duckdb

from graph.errors import BadInput
from seed.court_dump.files import Fed, Member, feeding
from seed.court_dump.tables import CASES, CODES, HEARINGS, JUVENILES, LOOKUPS, PROCEEDINGS, Table
from seed.files.rejects import Note

MEMORY = "1GB"
LONGEST_LINE = 1_000_000
MOST_SHOWN = 20
_FAULTS = {
    "TOO MANY COLUMNS": "too many fields",
    "MISSING COLUMNS": "too few fields",
    "LINE SIZE OVER MAXIMUM": "too long",
}
_FETCHED = 10_000

Values = Mapping[str, str | None]


class Found(NamedTuple):
    """A row that was kept: its line in its file, and its values by column, trimmed; blank ones are `None`."""

    row: int
    values: Values


class Case(NamedTuple):
    """A chosen case with its proceedings and hearings, in the order of their numbers."""

    case: Found
    proceedings: list[Found]
    hearings: list[Found]


class Dump:
    """The chosen cases of a dump, read once into a database on the disk that ends with the block.

    `fed` holds what was seen on the way to the rows, by file.
    """

    def __init__(self, members: Mapping[Table, Member], codes: Sequence[str]) -> None:
        self._members = members
        self._codes = [code.strip().upper() for code in codes if code.strip()]
        self._stack = ExitStack()
        self.fed: dict[str, Fed] = {}

    def __enter__(self) -> Self:
        folder = self._stack.enter_context(TemporaryDirectory(prefix="sightline-"))
        database = str(Path(folder) / "dump.duckdb")
        self._base = self._stack.enter_context(duckdb.connect(database))
        self._base.execute(f"SET memory_limit = '{MEMORY}'")
        self._base.execute(f"SET temp_directory = '{folder}'")
        self._base.execute("CREATE TABLE rejected (table_ VARCHAR, line BIGINT, fault VARCHAR, text VARCHAR)")
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def choose(self) -> list[str]:
        """Return the numbers and codes of the chosen juveniles; raises `BadInput` for codes that no lookup has."""
        self._load(CODES, "true", columns=self._members[CODES].header)
        return self._ids()

    def read(self) -> Iterator[Table]:
        """Read every table, and yield each once it is read; raises as `choose` does."""
        ids = self.choose()
        yield CODES
        self._load(JUVENILES, "trim(idnJuvenile) IN (SELECT unnest($ids))", {"ids": ids})
        self._base.execute("CREATE TABLE chosen AS SELECT DISTINCT idnCase AS id FROM tbl_JuvenileHistory")
        yield JUVENILES
        for table in (CASES, PROCEEDINGS, HEARINGS):
            self._load(table, "trim(IDNCASE) IN (SELECT id FROM chosen)")
            yield table
        for table in LOOKUPS:
            if table in self._members:
                self._load(table, "true")

    def rejected(self) -> Iterator[Note]:
        """Yield the rows that could not be read, table by table."""
        cursor = self._base.cursor()
        cursor.execute("SELECT table_, line, fault, text FROM rejected ORDER BY rowid")
        while rows := cursor.fetchmany(_FETCHED):
            for table, line, fault, text in rows:
                reason = f"{table}: {_FAULTS.get(fault, 'cannot be read')}: the row was not imported"
                yield Note(line, "", (text or "").strip("\r\n"), reason)

    def names(self, table: Table) -> dict[str, str]:
        """Return the names of a lookup's codes; none if the dump lacks the lookup."""
        if table not in self._members:
            return {}
        code, name = map(_quoted, table.needed)
        rows = self._base.execute(f'SELECT {code}, {name} FROM "{table.name}"').fetchall()
        return {str(code): str(name) for code, name in rows if code is not None and name is not None}

    def cases(self) -> Iterator[Case]:
        """Yield the chosen cases that are in the table of cases."""
        proceedings = _Groups(self._rows(PROCEEDINGS, "IDNPROCEEDING"))
        hearings = _Groups(self._rows(HEARINGS, "IDNSCHEDULE"))
        for case in self._rows(CASES, "IDNCASE"):
            key = case.values["IDNCASE"] or ""
            yield Case(case, proceedings.of(key), hearings.of(key))

    def without_case(self) -> int:
        """Return how many chosen cases are not in the table of cases."""
        statement = f'SELECT count(*) FROM chosen WHERE id NOT IN (SELECT IDNCASE FROM "{CASES.name}")'
        [(count,)] = self._base.execute(statement).fetchall()
        return int(count)

    def _ids(self) -> list[str]:
        """Return the numbers and codes by which the history names the chosen juveniles."""
        header = self._members[CODES].header
        name = next((one for one in header if "code" in one.casefold()), None)
        number = next(one for one in header if one.casefold() == "idnjuvenile")
        rows = self._base.execute(f'SELECT {_quoted(number)}, {_quoted(name or number)} FROM "{CODES.name}"').fetchall()
        known = {str(code).upper(): str(id_) for id_, code in rows if code is not None}
        if unknown := [code for code in self._codes if code not in known]:
            told = ", ".join(sorted(known)[:MOST_SHOWN])
            raise BadInput(f"{', '.join(unknown)} is no code of juveniles in this dump; use some of {told}")
        return [*self._codes, *(known[code] for code in self._codes)]

    def _load(
        self, table: Table, where: str, given: Mapping[str, object] | None = None, columns: Sequence[str] | None = None
    ) -> None:
        """Keep the rows of a table for which a condition on untrimmed values holds, with the columns that are read."""
        member = self._members[table]
        names = {name.casefold(): name for name in member.header}
        kept = {name: names.get(name.casefold()) for name in (columns or table.columns)}
        found = ", ".join(
            f"{_quoted(there) if there else 'NULL::VARCHAR'} AS {_quoted(name)}" for name, there in kept.items()
        )
        # Only what is kept is trimmed.
        trimmed = ", ".join(f"nullif(trim({_quoted(name)}), '') AS {_quoted(name)}" for name in kept)
        types = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in _distinct(member.header))
        with feeding(member) as (pipe, fed):
            source = (
                f"read_csv({_text(str(pipe))}, delim = {_text(member.delimiter)}, quote = '', escape = '', "
                f"header = true, auto_detect = false, columns = {{{types}}}, ignore_errors = true, "
                f"store_rejects = true, rejects_limit = 0, max_line_size = {LONGEST_LINE}, parallel = false)"
            )
            self._base.execute(
                f'CREATE TABLE "{table.name}" AS SELECT row_, {trimmed} FROM '
                f"(SELECT 1 + row_number() OVER () AS row_, {found} FROM {source}) WHERE {where}",
                dict(given or {}),
            )
        self.fed[member.name] = fed
        self._take_rejects(table)

    def _take_rejects(self, table: Table) -> None:
        """Keep the rows that were rejected, and give the others the lines at which they stand."""
        self._base.execute(
            "INSERT INTO rejected SELECT ?, line, any_value(error_type), any_value(csv_line) FROM reject_errors "
            "GROUP BY line ORDER BY line",
            [table.name],
        )
        self._base.execute("DROP TABLE IF EXISTS reject_errors")
        self._base.execute("DROP TABLE IF EXISTS reject_scans")
        # The row that was read as the nth stands as many lines further down as rows before it were rejected.
        self._base.execute(
            "CREATE OR REPLACE TEMP TABLE shifts AS SELECT line - place AS after_, place AS by_ FROM "
            "(SELECT line, row_number() OVER (ORDER BY line) AS place FROM rejected WHERE table_ = ?)",
            [table.name],
        )
        self._base.execute(
            f'UPDATE "{table.name}" SET row_ = row_ + (SELECT max(by_) FROM shifts WHERE after_ < row_) '
            "WHERE row_ > (SELECT min(after_) FROM shifts)"
        )

    def _rows(self, table: Table, key: str) -> Iterator[Found]:
        names = table.columns
        order = f'"IDNCASE", TRY_CAST("{key}" AS BIGINT), row_'
        cursor = self._base.cursor()
        cursor.execute(f'SELECT row_, {", ".join(map(_quoted, names))} FROM "{table.name}" ORDER BY {order}')
        while rows := cursor.fetchmany(_FETCHED):
            for row, *values in rows:
                yield Found(row, dict(zip(names, values, strict=True)))


class _Groups:
    """The rows of a table by case; asked for in the order of the cases."""

    def __init__(self, rows: Iterator[Found]) -> None:
        self._groups: Iterator[tuple[Any, Iterator[Found]]] = groupby(rows, key=_case_of)
        self._next: tuple[str, list[Found]] | None = None
        self._take()

    def of(self, case: str) -> list[Found]:
        """Return the rows of a case; those of cases before it are passed over."""
        while self._next is not None and self._next[0] < case:
            self._take()
        return self._next[1] if self._next is not None and self._next[0] == case else []

    def _take(self) -> None:
        following = next(self._groups, None)
        self._next = None if following is None else (following[0], list(following[1]))


def _case_of(found: Found) -> str:
    return found.values["IDNCASE"] or ""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _distinct(header: Sequence[str]) -> list[str]:
    """Return the names of the columns; one that stands twice gets a number, as a reader needs distinct names."""
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[name.casefold()] += 1
        names.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return names
