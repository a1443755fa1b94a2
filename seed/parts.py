"""Makes CSV files of the synthetic graph on all cores, in parts that are the same whatever the number of cores."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from graph.engine.failures import disk_error
from graph.errors import EngineError
from graph.model import MODEL
from seed.csv_files import CsvFiles
from seed.synthetic.generate import Generator
from seed.synthetic.plan import BlockPlan, plan_blocks
from seed.synthetic.presets import Figures
from seed.synthetic.truth import Truth

BLOCKS_IN_PART = 16


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: numbers of rows by label and by type of relationship, and what was planted."""

    kinds: Counter[str] = field(default_factory=Counter)
    truth: Truth = field(default_factory=Truth)

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return sum(number for kind, number in self.kinds.items() if kind in MODEL.labels)

    @property
    def relationships(self) -> int:
        """The number of relationships."""
        return self.kinds.total() - self.nodes


def write_parts(
    folder: Path,
    figures: Figures,
    *,
    seed: int,
    progress: Callable[[int], None],
    workers: int | None = None,
) -> Written:
    """Write the whole graph into an empty folder. Blocks.

    `progress` is called with how many children are done; if it raises, the work ends. Raises `EngineError` when the
    disk is full.
    """
    generator = Generator(figures, seed=seed)
    count = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_ignore_interrupts) as pool:
        try:
            futures: list[Future[Written]] = [pool.submit(_write_world, folder, generator)]
            ends = [0]
            for part, plans in enumerate(_in_parts(plan_blocks(figures, seed=seed)), 1):
                futures.append(pool.submit(_write_part, folder, part, generator, plans))
                ends.append(ends[-1] + sum(plan.children for plan in plans))
            return _gather(futures, ends, progress)
        except OSError as error:
            raise disk_error(error, folder) from error
        except BrokenProcessPool as error:
            raise EngineError("a process that made data was ended from outside; free memory, and try again") from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _gather(futures: Sequence[Future[Written]], ends: Sequence[int], progress: Callable[[int], None]) -> Written:
    whole = Written()
    for future, done in zip(futures, ends, strict=True):
        written = future.result()
        whole.kinds.update(written.kinds)
        whole.truth.merge(written.truth)
        progress(done)
    return whole


def _in_parts(plans: Iterator[BlockPlan]) -> Iterator[list[BlockPlan]]:
    part: list[BlockPlan] = []
    for plan in plans:
        part.append(plan)
        if len(part) == BLOCKS_IN_PART:
            yield part
            part = []
    if part:
        yield part


def _write_world(folder: Path, generator: Generator) -> Written:
    with CsvFiles(folder, 0) as files:
        made = generator.world()
        return Written(files.write(made.tables), made.truth)


def _write_part(folder: Path, part: int, generator: Generator, plans: Sequence[BlockPlan]) -> Written:
    written = Written()
    with CsvFiles(folder, part) as files:
        for plan in plans:
            made = generator.block(plan)
            written.kinds.update(files.write(made.tables))
            written.truth.merge(made.truth)
    return written


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that waits for these."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
