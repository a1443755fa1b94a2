"""How something is imported: the options that all importers take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph.errors import BadInput
from queries.findings.thresholds import Indicator
from queries.library.values import today

BATCH_SIZE = 5_000
MOST_REJECTS = 10_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an import proceeds.

    `rejects` is the file for what cannot be used, by default `<path>.rejects.csv` beside what is imported; more than
    `most_rejects` rejected rows stop the import. With `dry_run` nothing is written to the graph. `progress` is called
    with what was read so far and how much there is. `today` is the latest day on which something can have happened, by
    default today in UTC. `batch_size` is the number of records in a transaction. `actor` is who
    imports, for the change log. Under an idempotency `key` the same
    input is imported once; after that, its first summary is returned and nothing is read or written. A dry run tells
    which findings of the `indicators` would open or close.
    """

    rejects: Path | None = None
    most_rejects: int = MOST_REJECTS
    dry_run: bool = False
    progress: Progress | None = None
    today: date = field(default_factory=today)
    batch_size: int = BATCH_SIZE
    actor: str = "importer"
    key: str | None = None
    indicators: Sequence[Indicator] = ()

    def __post_init__(self) -> None:
        if self.batch_size < 1:
            raise BadInput("The batch size must be at least 1")

    def rejects_of(self, path: Path) -> Path:
        """Return the rejects file of what is imported from a path."""
        return self.rejects or path.with_name(f"{path.name}.rejects.csv")
