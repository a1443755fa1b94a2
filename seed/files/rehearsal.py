"""Tells what an import would do, before anything is written.

What is small is written in one transaction that is undone, and the questions are asked in it and beside it. What is
larger is compared with the graph.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from functools import partial
from typing import Any, NamedTuple

from graph.errors import BadInput, CostLimitExceeded, StoreError, StoreTimeout
from graph.store import Store
from graph.writing.origin import Extract, Origin
from graph.writing.transaction import Transaction
from graph.writing.writer import Writer
from queries.findings.foreseen import Foreseen, foresee
from seed.files.difference import Difference
from seed.files.loading import Comparer, Loader
from seed.files.newer import Newer
from seed.files.options import Options
from seed.files.reading import Reading
from seed.files.records import Record
from seed.files.summary import FileSummary

MOST_RECORDS = 5_000
"""With more records than this, findings are not foreseen."""
SECONDS = 300.0
"""Deadline for writing them and asking the questions."""
SWEEP = "run `sightline sweep` after the import"


class _Foretold(NamedTuple):
    difference: Difference
    findings: Foreseen
    seen: Mapping[str, Set[str]]


class Rehearsal:
    """Takes the records of an import, and tells what writing them would do."""

    def __init__(self, store: Store, source: Extract, reading: Reading, options: Options, newer: Newer) -> None:
        self._store = store
        self._reading = reading
        self._options = options
        self._newer = newer
        self._writer = Writer(store, Origin(options.actor, "import", source), timeout=SECONDS)
        self._comparer = Comparer(store, source.system)
        self._held: list[Sequence[Record]] = []
        self._number = 0

    async def take(self, batch: Sequence[Record]) -> None:
        """Keep a batch, or compare it when there are too many records to keep."""
        self._number += len(batch)
        self._held.append(batch)
        if self._number > MOST_RECORDS:
            await self._compare()

    async def end(self, summary: FileSummary) -> None:
        """Tell in the summary what all the records would do."""
        if self._number <= MOST_RECORDS:
            try:
                foretold = await self._writer.rehearse(self._foretell)
            except (BadInput, CostLimitExceeded, StoreError, StoreTimeout) as error:
                summary.remarks.append(f"Findings could not be foreseen; {SWEEP}: {error}")
            else:
                summary.difference, summary.findings, seen = foretold
                await self._tell_versions(summary, seen)
                return
        elif self._options.indicators:
            summary.remarks.append(f"More than {MOST_RECORDS:,} records: findings are not foreseen; {SWEEP}")
        await self._compare()
        summary.difference = self._comparer.difference
        summary.difference += await self._reading.tidy(self._writer.rehearse, {})
        await self._tell_versions(summary, self._comparer.seen)

    async def _tell_versions(self, summary: FileSummary, seen: Mapping[str, Set[str]]) -> None:
        if summary.rows:
            summary.versions = await self._newer.end(seen, self._options.today)

    async def _compare(self) -> None:
        for batch in self._held:
            await self._comparer.write(batch)
        self._held.clear()

    async def _foretell(self, transaction: Transaction) -> _Foretold:
        """Write everything in a transaction that will be undone, and ask in it and beside it."""

        async def within(work: Callable[[Transaction], Awaitable[Any]]) -> Any:
            return await work(transaction)

        async def after(statement: str, parameters: dict[str, object]) -> object:
            ((value,),) = await transaction.run(statement, parameters)
            return value

        loader = Loader(lambda _: within)
        for batch in self._held:
            await loader.write(batch)
        loader.difference += await self._reading.tidy(within, loader.left)
        await transaction.derive()
        before = partial(self._store.read_value, timeout=SECONDS)
        options = self._options
        findings = await foresee(before, after, transaction.touched.records, options.indicators, options.today)
        return _Foretold(loader.difference, findings, loader.seen)
