"""Writes the synthetic graph in batches to an empty store that has its constraints."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from graph.store import Store
from graph.writing.facts import Row
from graph.writing.origin import Origin
from graph.writing.writer import Writer
from seed.parts import Written
from seed.synthetic.generate import Made, generate
from seed.synthetic.presets import Figures
from seed.synthetic.tables import Tables

BLOCKS_AT_ONCE = 4
LABELS_AT_ONCE = 3
GENERATOR = Origin("generator", "seed")
"""Who writes synthetic records."""
_PROVENANCE_COLUMNS = ("end", "key", "row", "recordedAt")


async def write_batches(store: Store, figures: Figures, *, seed: int, progress: Callable[[int], None]) -> Written:
    """Make the graph and write it; `progress` is called with how many children are done."""
    writer = Writer(store, GENERATOR, fresh=True)
    written = Written()
    children = 0
    blocks = generate(figures, seed=seed)
    while made := await asyncio.to_thread(_next, blocks):
        tables = [block.tables for block in made]
        for block in made:
            written.kinds.update(_kinds(block.tables))
            written.truth.merge(block.truth)
            children += block.children
        await write_nodes(writer, tables)
        await write_links(writer, tables)
        progress(children)
    return written


def _kinds(tables: Tables) -> Counter[str]:
    """Count a block's rows by label and by type of relationship."""
    kinds: Counter[str] = Counter()
    for table in tables.nodes():
        kinds[table.node.label] += len(table.rows)
    for links in tables.links():
        kinds[links.relationship.type] += len(links.rows)
    return kinds


def _next(blocks: Iterator[Made]) -> list[Made]:
    return list(islice(blocks, BLOCKS_AT_ONCE))


async def write_nodes(writer: Writer, blocks: list[Tables]) -> tuple[int, int]:
    """Write sources, then the records of all other labels with their provenance, a few labels at a time.

    Returns how many sources and how many other records there were.
    """
    plain: dict[str, list[Row]] = {}
    sourced: dict[str, list[tuple[Row, Row]]] = {}
    for block in blocks:
        for table in block.nodes():
            label, rows = table.node.label, _named(table.columns, table.rows)
            if label == "Source":
                plain.setdefault(label, []).extend(rows)
            else:
                provenance = _named(_PROVENANCE_COLUMNS, (row[1:] for row in block.provenance(label)))
                sourced.setdefault(label, []).extend(zip(rows, provenance, strict=True))
    sources = sum([await writer.nodes(label, rows) for label, rows in plain.items()])
    turns = asyncio.Semaphore(LABELS_AT_ONCE)

    async def write(label: str, rows: list[tuple[Row, Row]]) -> int:
        async with turns:
            return await writer.sourced_nodes(label, rows)

    return sources, sum(await asyncio.gather(*(write(label, rows) for label, rows in sourced.items())))


async def write_links(writer: Writer, blocks: list[Tables]) -> int:
    """Write the links between the records of blocks, except provenance, and return how many there were."""
    given: dict[tuple[str, str, str], list[Row]] = {}
    for block in blocks:
        for table in block.links(provenance=False):
            of = table.relationship
            given.setdefault((of.type, of.start, of.end), []).extend(_named(table.columns, table.rows))
    return sum([await writer.relationships(*kind, rows) for kind, rows in given.items()])


def _named(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    return (dict(zip(columns, row, strict=True)) for row in rows)
