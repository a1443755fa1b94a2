"""What an import did, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tally:
    """How many nodes were created and how many were there before."""

    created: int
    present: int

    def __str__(self) -> str:
        return f"{self.created:,} created, {self.present:,} already there"


@dataclass(frozen=True, slots=True)
class DuplicatedId:
    """A record number that several rows carry, the children these stand for, and the columns in which they differ."""

    id: str
    rows: tuple[int, ...]
    children: int
    differing: tuple[str, ...]

    def __str__(self) -> str:
        rows = ", ".join(f"{row:,}" for row in self.rows[:5]) + (", ..." if len(self.rows) > 5 else "")
        if self.children == 1:
            return f"ID {self.id} in rows {rows}: the same row repeated, one child"
        return f"ID {self.id} in rows {rows}: {self.children} children, told apart by {', '.join(self.differing)}"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What became of each row of a file of HHS releases.

    `rows` are the rows below the header that are not blank: each was imported, repeated another one, or was rejected.
    `incomplete` counts imported rows with something unknown, `unknown` the unknown values of each column; `notes` are
    the lines of the rejects file. `duplicated` shows the first of the `duplicated_ids` record numbers that several rows
    carry.
    """

    file: str
    rows: int
    imported: int
    repeated: int
    rejected: int
    incomplete: int
    unknown: Mapping[str, int]
    children: Tally
    placements: Tally
    postal_areas: Tally
    duplicated_ids: int
    duplicated: tuple[DuplicatedId, ...]
    windows_1252: int
    nul: int
    notes: int
    rejects: Path | None

    def lines(self) -> list[str]:
        """Return the summary as sentences, one a line."""
        if not self.rows:
            return [f"{self.file}: the header is right, but there are no rows below it; nothing was imported"]
        lines = [
            f"{self.file}: {self.rows:,} rows read: {self.imported:,} imported, {self.rejected:,} rejected, "
            f"{self.repeated:,} repeated",
            f"Children: {self.children}",
            f"Placements: {self.placements}",
            f"Postal areas: {self.postal_areas}",
            f"Rows imported with something unknown: {self.incomplete:,}",
            *(f"  {column}: {count:,}" for column, count in self.unknown.items() if count),
        ]
        if self.duplicated_ids:
            lines.append(f"Record numbers that several rows carry: {self.duplicated_ids:,}")
            lines += [f"  {duplicated}" for duplicated in self.duplicated]
            if self.duplicated_ids > len(self.duplicated):
                lines.append(f"  and {self.duplicated_ids - len(self.duplicated):,} more")
        if self.windows_1252:
            lines.append(f"Lines that are not UTF-8, read as Windows-1252: {self.windows_1252:,}")
        if self.nul:
            lines.append(f"Lines with NUL bytes, which were left out: {self.nul:,}")
        if self.rejects:
            lines.append(f"Values and rows that could not be used: {self.notes:,}, listed in {self.rejects}")
        return lines
