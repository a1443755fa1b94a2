"""The writer: writes facts in one transaction or in batches, each with its entry in the change log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import islice
from typing import TypeVar, cast

from graph.errors import BadInput
from graph.model import MODEL, Model
from graph.store import Store
from graph.store.connections import Run
from graph.writing.change_log import MOST_NAMED
from graph.writing.derived_marks import read_held
from graph.writing.facts import Fact, Row, Written
from graph.writing.idempotency import Once, claim, settle
from graph.writing.origin import Origin
from graph.writing.terms import Terms, link_of, node_of
from graph.writing.transaction import Transaction

BATCH_SIZE = 5_000
BATCH_SECONDS = 120.0
"""Deadline of a transaction."""

T = TypeVar("T")


class _Undone(Exception):
    """Carries what a rehearsal found out of its transaction."""

    def __init__(self, found: object) -> None:
        self.found = found


class Writer:
    """Writes facts to a store for one origin: the actor, the kind of work, and the source.

    `fresh` creates records without looking for existing ones, for a store that holds none of them yet; the change log
    then names only labels. `progress` is called with the number of rows after each batch. `timeout` is the deadline of
    a transaction in seconds, by default the store's own.
    """

    def __init__(
        self,
        store: Store,
        origin: Origin,
        *,
        batch_size: int = BATCH_SIZE,
        fresh: bool = False,
        model: Model = MODEL,
        progress: Callable[[int], None] | None = None,
        timeout: float | None = BATCH_SECONDS,
    ) -> None:
        if batch_size < 1:
            raise BadInput("The batch size must be at least 1")
        self._store = store
        self._terms = Terms(origin, model, fresh)
        self._batch_size = batch_size
        self._progress = progress
        self._timeout = timeout
        self._to_name = 0 if fresh else MOST_NAMED
        self._source_written = False

    async def transact(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do some work in one transaction, retry it after temporary faults, and return what it returns.

        An error that the work raises undoes everything and is raised again.
        """

        async def unit(run: Run) -> tuple[T, int]:
            transaction = await self._begin(run)
            found = await work(transaction)
            await transaction.finish(most_named=self._to_name)
            return found, transaction.touched.named

        found, named = await self._store.transaction(unit, timeout=self._timeout)
        self._to_name -= named
        self._source_written = True
        return found

    async def rehearse(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do some work in one transaction that is always undone, and return what it returns.

        Until then, others still read the graph as it was, and wait before they write the same records.
        """

        async def unit(run: Run) -> None:
            raise _Undone(await work(await self._begin(run)))

        try:
            await self._store.transaction(unit, timeout=self._timeout)
        except _Undone as undone:
            return cast(T, undone.found)
        raise AssertionError("a rehearsal ended without its result")

    async def write(self, facts: Sequence[Fact], *, key: str | None = None) -> Written:
        """Write facts in order and in one transaction.

        Under an idempotency key they are written once: the same facts again give the first result. Raises `BadInput`
        for facts that the model does not allow, and for a key that was used for other facts; then nothing is written.
        """
        once = None if key is None else Once.of(key, [asdict(one) for one in (self._terms.origin, *facts)])

        async def unit(run: Run) -> tuple[Written, int]:
            if once is not None and (first := await claim(run, once)) is not None:
                return Written(*cast(tuple[dict[str, int], int | None], first)), 0
            transaction = await self._begin(run)
            rows = await transaction.facts(facts)
            sequence = await transaction.finish(most_named=self._to_name)
            if once is not None:
                await settle(run, once, [rows, sequence])
            return Written(rows, sequence), transaction.touched.named

        written, named = await self._store.transaction(unit, timeout=self._timeout)
        self._to_name -= named
        return written

    async def nodes(self, label: str, rows: Iterable[Row]) -> int:
        """Write nodes of a label in batches, each in a separate transaction, and return how many rows there were."""
        node_of(self._terms.model, label)

        async def write(batch: list[Row], transaction: Transaction) -> None:
            await transaction.nodes(label, batch)

        return await self._in_batches(rows, write)

    async def sourced_nodes(self, label: str, rows: Iterable[tuple[Row, Row]]) -> int:
        """Write nodes of a label in batches, each with the row of its `FROM_SOURCE`; return how many rows there were.

        This is faster than writing the two separately. The row of a `FROM_SOURCE` needs no `start`. Raises `BadInput`
        when a source does not exist.
        """
        node_of(self._terms.model, label)

        async def write(batch: list[tuple[Row, Row]], transaction: Transaction) -> None:
            await transaction.nodes(label, (row for row, _ in batch), (source for _, source in batch))

        return await self._in_batches(rows, write)

    async def relationships(self, kind: str, start_label: str, end_label: str, rows: Iterable[Row]) -> int:
        """Write relationships of a type between two labels in batches and return how many rows there were.

        Raises `BadInput` when a row names a node that does not exist; then nothing of its batch is written.
        """
        link_of(self._terms.model, kind, start_label, end_label)

        async def write(batch: list[Row], transaction: Transaction) -> None:
            await transaction.links(kind, start_label, end_label, batch)

        return await self._in_batches(rows, write)

    async def _in_batches(self, rows: Iterable[T], write: Callable[[list[T], Transaction], Awaitable[None]]) -> int:
        total = 0
        for batch in self._batches(iter(rows)):
            await self.transact(partial(write, batch))
            total += len(batch)
            if self._progress:
                self._progress(len(batch))
        return total

    def _batches(self, rows: Iterator[T]) -> Iterator[list[T]]:
        while batch := list(islice(rows, self._batch_size)):
            yield batch

    async def _begin(self, run: Run) -> Transaction:
        held = [] if self._terms.fresh else await read_held(run, self._terms.model)
        transaction = Transaction(run, self._terms, held)
        await self._write_source(transaction)
        return transaction

    async def _write_source(self, transaction: Transaction) -> None:
        source = self._terms.origin.source
        if source is None or self._source_written:
            return
        row = {"key": source.key, "system": source.system, "file": source.file, "extractedAt": source.extracted_at}
        await transaction.nodes("Source", [row])
