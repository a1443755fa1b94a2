"""What compiling one operation shares: the model, the actor's access, and the account of what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.compiler.operation import Operation
from api.compiler.slots import Slot
from api.cursors import CursorBox
from api.policy import Access
from graph.cypher import PropertyOf, Variable
from graph.errors import CostLimitExceeded, Forbidden
from graph.model import Model, Node, Property
from queries.findings.thresholds import Indicator
from queries.question import Question

if TYPE_CHECKING:
    from api.compiler.rings import RingsWanted


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large an operation may be: the largest page, the nested lists of a statement, the product of page sizes."""

    page: int = 100
    lists: int = 40
    cost: int = 500_000


DEFAULT_PAGE = 25


@dataclass(slots=True)
class Context:
    """The state of one compilation.

    `locals` are slots that only shaping reads; `costs` hold, for each list, the page sizes on the way to it; `rings`
    are to be found before the statement runs.
    """

    model: Model
    questions: Mapping[str, Question]
    operation: Operation
    access: Access
    bounds: Bounds
    cursors: CursorBox
    indicators: Sequence[Indicator] = ()
    locals: list[Slot] = field(default_factory=list)
    costs: list[tuple[Slot, ...]] = field(default_factory=list)
    rings: list[RingsWanted] = field(default_factory=list)
    _sizes: tuple[Slot, ...] = ()

    def allow(self, owner: str, prop: Property) -> Property:
        """Return the property of a label or a relationship's link; raises `Forbidden` when the actor may not see it."""
        if not self.access.may_read(owner, prop):
            raise Forbidden(f"Your role may not read {owner}.{prop.name}; leave it out.")
        return prop

    def value(self, node: Node, subject: Variable, name: str) -> PropertyOf:
        """Return a node's property that the actor may see."""
        return PropertyOf(subject, self.allow(node.label, node.named(name)).name)

    def local(self, slot: Slot) -> Slot:
        """Return the slot, kept for shaping."""
        self.locals.append(slot)
        return slot

    @contextmanager
    def page(self, size: Slot) -> Iterator[None]:
        """Account for a list of that size; what is compiled inside is multiplied by it."""
        outer, self._sizes = self._sizes, (*self._sizes, size)
        self.costs.append(self._sizes)
        if len(self.costs) > self.bounds.lists:
            raise CostLimitExceeded(
                f"The operation asks for more than {self.bounds.lists} lists; ask for fewer lists at once."
            )
        try:
            yield
        finally:
            self._sizes = outer
