"""What the compilation of one operation shares: the model, the actor's access, and the cost so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

from api.compiler.awaited import Effect, Prefetch
from api.compiler.cursors import CursorBox
from api.compiler.operation import Operation, Selection
from api.compiler.parameters import ValueSource
from api.compiler.projection import Projection
from api.compiler.scope import CompileLimits, Scope
from graph.cypher import Variable
from graph.errors import CostLimitExceeded

Found = TypeVar("Found", bound=Prefetch)


__all__ = ["CompileLimits", "Context", "FieldTable"]


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The functions that compile the fields not derived from the model; the compiler knows none of them by name.

    Root fields are found by name; a mutation gives its effect and its payload. Fields of a bound node are found by
    label and name. `shaping` are the enums whose values decide what a statement reads, also in lists.
    """

    queries: Mapping[str, Callable[[Context, Selection], Projection]]
    mutations: Mapping[str, Callable[[Context, Selection], tuple[Effect, Projection]]]
    nodes: Mapping[tuple[str, str], Callable[[Context, Selection, Variable], Projection]]
    shaping: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Context(Scope):
    """The state of one compilation.

    `locals` are sources that only shaping reads. `costs` hold, for each list, the page sizes on the way to it.
    `prefetches` are found before the statement runs. `costly` says that the statement reads much of the graph.
    """

    fields: FieldTable
    operation: Operation
    cursors: CursorBox
    locals: list[ValueSource] = field(default_factory=list)
    costs: list[tuple[ValueSource, ...]] = field(default_factory=list)
    prefetches: list[Prefetch] = field(default_factory=list)
    costly: bool = False
    _sizes: tuple[ValueSource, ...] = ()

    def local(self, slot: ValueSource) -> ValueSource:
        """Return the source, kept for shaping."""
        self.locals.append(slot)
        return slot

    def prefetch(self, wanted: Found) -> Found:
        """Return the prefetch, which is a source of a value that is found before the statement runs."""
        self.prefetches.append(wanted)
        return wanted

    def step(self) -> Context:
        """Return the context of a separate statement, whose cost is added to this one's."""
        return replace(self, locals=[], prefetches=[])

    @contextmanager
    def page(self, size: ValueSource) -> Iterator[None]:
        """Count a list of that size towards the cost; the cost of what is compiled inside is multiplied by it."""
        outer, self._sizes = self._sizes, (*self._sizes, size)
        self.costs.append(self._sizes)
        if len(self.costs) > self.bounds.lists:
            raise CostLimitExceeded(
                f"The operation asks for more than {self.bounds.lists} lists; ask for fewer lists at once."
            )
        if len(self._sizes) > self.bounds.nested:
            raise CostLimitExceeded(
                f"The operation has more than {self.bounds.nested} lists in one another; follow fewer links at once."
            )
        try:
            yield
        finally:
            self._sizes = outer
