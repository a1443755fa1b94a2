"""What an import did, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Tally:
    """How many nodes were created and how many existed before."""

    created: int
    present: int

    def __str__(self) -> str:
        return f"{self.created:,} created, {self.present:,} already there"


@dataclass(frozen=True, slots=True)
class DuplicatedId:
    """A record number that several rows have, how many children they are, and the columns in which they differ."""

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
    """What happened to each row of a file of HHS releases.

    `rows` are the rows below the header that are not blank: each was imported, repeated another one, or was rejected.
    `incomplete` counts imported rows with something unknown, and `unknown` the unknown values of each column. `notes`
    are the lines of the rejects file. `duplicated` shows the first of the `duplicated_ids` record numbers that several
    rows have. Among the children from an earlier file that this file no longer has, some were `removed`, and some
    `stayed` because other records depend on them.
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
    removed: int = 0
    stayed: int = 0

    def plain(self) -> dict[str, object]:
        """Return the summary as plain values, which `of_plain` converts back."""
        return {**asdict(self), "rejects": None if self.rejects is None else str(self.rejects)}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> ImportSummary:
        """Return the summary from the values that `plain` returned."""
        tallies = {name: Tally(**plain[name]) for name in ("children", "placements", "postal_areas")}
        duplicated = tuple(
            DuplicatedId(one["id"], tuple(one["rows"]), one["children"], tuple(one["differing"]))
            for one in plain["duplicated"]
        )
        rejects = None if plain["rejects"] is None else Path(plain["rejects"])
        return cls(**{**plain, **tallies, "duplicated": duplicated, "rejects": rejects})

    def lines(self) -> list[str]:
        """Return the summary as sentences, one per line."""
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
        if self.removed or self.stayed:
            lines.append(
                f"Children that these record numbers had before, and have no more: {self.removed:,} removed, "
                f"{self.stayed:,} kept, because other records or reviews hang on them"
            )
        if self.windows_1252:
            lines.append(f"Lines that are not UTF-8, read as Windows-1252: {self.windows_1252:,}")
        if self.nul:
            lines.append(f"Lines with NUL bytes, which were left out: {self.nul:,}")
        if self.rejects:
            lines.append(f"Values and rows that could not be used: {self.notes:,}, listed in {self.rejects}")
        return lines
