"""What an import did with each row, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from queries.findings.foreseen import Foreseen
from seed.files.difference import Difference
from seed.files.newer import Versions


@dataclass(slots=True)
class FileSummary:
    """What happened to each row of a file.

    `rows` are those below the header that are not blank: each was imported, repeated another one, was rejected, or was
    passed over for a reason that is counted. `seen` counts what else was noticed, in words. `notes` are the lines of
    the rejects file, and `remarks` are further sentences. `versions` says what differs from earlier versions of the
    file. With `dry_run`, nothing was written, `difference` says what would have been, and `findings` which of them
    would open and close.
    """

    file: str
    dry_run: bool = False
    rows: int = 0
    imported: int = 0
    repeated: int = 0
    rejected: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    difference: Difference = field(default_factory=Difference)
    versions: Versions = field(default_factory=Versions)
    seen: dict[str, int] = field(default_factory=dict)
    findings: Foreseen = field(default_factory=Foreseen)
    remarks: list[str] = field(default_factory=list)
    notes: int = 0
    rejects: Path | None = None

    def plain(self) -> dict[str, object]:
        """Return the summary as plain values, which `of_plain` converts back; only a dry run foresees findings."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "findings"}
        rejects = None if self.rejects is None else str(self.rejects)
        versions = self.versions.plain()
        return {**values, "difference": self.difference.counts, "versions": versions, "rejects": rejects}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> FileSummary:
        """Return the summary from the values that `plain` returned."""
        counts = {kind: Counter(counted) for kind, counted in plain["difference"].items()}
        rejects = None if plain["rejects"] is None else Path(plain["rejects"])
        passed_over = Counter(plain["passed_over"])
        found = {"difference": Difference(counts), "versions": Versions.of_plain(plain["versions"])}
        return cls(**{**plain, **found, "passed_over": passed_over, "rejects": rejects})

    def lines(self) -> Iterator[str]:
        """Yield the summary as sentences, one per line."""
        if not self.rows:
            yield f"{self.file}: the header is right, but there are no rows below it; nothing was imported"
            return
        yield (
            f"{self.file}: {self.rows:,} rows read: {self.imported:,} {'to import' if self.dry_run else 'imported'}, "
            f"{self.rejected:,} rejected, {self.repeated:,} repeated, {self.passed_over.total():,} passed over"
        )
        yield from (f"  {reason}: {count:,}" for reason, count in self.passed_over.most_common())
        yield from self.difference.lines()
        yield from self.versions.lines(dry_run=self.dry_run)
        yield from (f"{what}: {count:,}" for what, count in self.seen.items())
        yield from self.findings.lines()
        yield from self.remarks
        if self.rejects:
            yield f"Values and rows that could not be used: {self.notes:,}, listed in {self.rejects}"
        if self.dry_run:
            yield "Nothing was written."
