"""Prints a tree of Cypher. This is the only place that makes parameters and names variables."""

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
        """Return the part's text, with parameters and names from `out`."""


class Printer:
    """Numbers the values and names the variables of one statement.

    All values are passed in the single list parameter `$p`. Neo4j plans a statement again for each combination of
    types and sizes of its parameters, and a single list has only one. Its first item is a constant, because Neo4j
    treats a list whose items all have one type differently from a mixed one.
    """

    def __init__(self) -> None:
        self._sources: list[object] = []
        self._positions: dict[int, int] = {}
        self._names: dict[Variable, str] = {}

    @property
    def sources(self) -> tuple[object, ...]:
        """The sources of the values, in the order of the list parameter, where they follow `FIRST_ITEM`."""
        return tuple(self._sources)

    def position(self, source: object) -> int:
        """Return the position of a source's value in the list parameter; a new source gets the next one."""
        known = self._positions.get(id(source))
        if known is None:
            self._sources.append(source)
            known = self._positions[id(source)] = len(self._sources)
        return known

    def parameter(self, source: object) -> str:
        """Return the text that reads the source's value."""
        return f"${PARAMETERS}[{self.position(source)}]"

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
