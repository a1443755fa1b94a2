"""Printing a tree of Cypher: the one place that makes parameters and names variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from graph.cypher.expressions import Variable

PARAMETERS = "p"
FIRST_ITEM = True
INDENT = "  "


class Printable(Protocol):
    """A part of a statement."""

    def print(self, out: Printer) -> str:
        """Return the part's text; parameters and names are taken from `out`."""


class Printer:
    """Numbers the values and names the variables of one statement.

    All values travel in the single list parameter `$p`: Neo4j plans a statement anew for each combination of types
    and sizes of its parameters, and one list has only one. Its first item is a constant: a list whose items happen
    to be of one type would be told apart from others.
    """

    def __init__(self) -> None:
        self._slots: list[object] = []
        self._positions: dict[int, int] = {}
        self._names: dict[Variable, str] = {}

    @property
    def slots(self) -> tuple[object, ...]:
        """The values' sources, in the order of the list parameter, where they follow `FIRST_ITEM`."""
        return tuple(self._slots)

    def position(self, slot: object) -> int:
        """Return the slot's place in the list parameter, giving it one when it has none."""
        known = self._positions.get(id(slot))
        if known is None:
            self._slots.append(slot)
            known = self._positions[id(slot)] = len(self._slots)
        return known

    def parameter(self, slot: object) -> str:
        """Return the text that reads the slot's value."""
        return f"${PARAMETERS}[{self.position(slot)}]"

    def name(self, variable: Variable) -> str:
        """Return the variable's name in this statement: its own where fixed, else its hint with a number."""
        if variable.fixed:
            return variable.hint
        known = self._names.get(variable)
        if known is None:
            known = self._names[variable] = f"{variable.hint}{len(self._names)}"
        return known


def indent(text: str) -> str:
    """Return the text moved right by one step."""
    return "\n".join(INDENT + line for line in text.split("\n"))
