"""Cypher that walks further than a pattern of the model's own: shortest paths, and lists that grow step by step."""

from __future__ import annotations

from dataclasses import dataclass

from graph.cypher.expressions import TRUE, Variable
from graph.cypher.printer import Printable, Printer


@dataclass(frozen=True, slots=True)
class ShortestPaths:
    """`MATCH path = ALL SHORTEST`: every path with the least number of steps between two bound nodes.

    `where` holds for each step: its `relationship`, in either direction, the node `before` it and the `node` that it
    leads to.
    """

    path: Variable
    start: Variable
    end: Variable
    before: Variable
    relationship: Variable
    node: Variable
    types: tuple[str, ...]
    most: int
    where: Printable = TRUE

    def print(self, out: Printer) -> str:
        """Return the clause."""
        relationship = f"-[{out.name(self.relationship)}:{'|'.join(self.types)}]-"
        step = f"({out.name(self.before)}){relationship}({out.name(self.node)})"
        where = "" if self.where == TRUE else f" WHERE {self.where.print(out)}"
        ends = out.name(self.start), out.name(self.end)
        return f"MATCH {out.name(self.path)} = ALL SHORTEST ({ends[0]}) ({step}{where}){{1,{self.most}}} ({ends[1]})"


@dataclass(frozen=True, slots=True)
class Related:
    """`MATCH` of one step from a node along any of some types, in either direction unless `outward`."""

    start: Variable
    relationship: Variable
    node: Variable
    types: tuple[str, ...]
    where: Printable = TRUE
    outward: bool = False

    def print(self, out: Printer) -> str:
        """Return the clause."""
        step = f"-[{out.name(self.relationship)}:{'|'.join(self.types)}]-{'>' if self.outward else ''}"
        where = "" if self.where == TRUE else f" WHERE {self.where.print(out)}"
        return f"MATCH ({out.name(self.start)}){step}({out.name(self.node)}){where}"


@dataclass(frozen=True, slots=True)
class Each:
    """A list of what an expression gives for each item of another."""

    variable: Variable
    items: Printable
    value: Printable
    where: Printable = TRUE

    def print(self, out: Printer) -> str:
        """Return `[variable IN items WHERE where | value]`."""
        where = "" if self.where == TRUE else f" WHERE {self.where.print(out)}"
        return f"[{out.name(self.variable)} IN {self.items.print(out)}{where} | {self.value.print(out)}]"


@dataclass(frozen=True, slots=True)
class Reduce:
    """What has grown from a beginning after a step for each item."""

    grown: Variable
    beginning: Printable
    variable: Variable
    items: Printable
    step: Printable

    def print(self, out: Printer) -> str:
        """Return `reduce(grown = beginning, variable IN items | step)`."""
        grown, variable = out.name(self.grown), out.name(self.variable)
        beginning, items = self.beginning.print(out), self.items.print(out)
        return f"reduce({grown} = {beginning}, {variable} IN {items} | {self.step.print(out)})"


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first items of a list, as many as an expression says."""

    items: Printable
    number: Printable

    def print(self, out: Printer) -> str:
        """Return `items[..number]`."""
        return f"{self.items.print(out)}[..{self.number.print(out)}]"


@dataclass(frozen=True, slots=True)
class Degree:
    """The number of a node's links, which the database reads without following them: all, or those in of some kinds."""

    node: Variable
    of: tuple[str, ...] = ()

    def print(self, out: Printer) -> str:
        """Return `COUNT { (node)--() }`, or `COUNT { (node)<-[:A|B]-() }`."""
        link = f"<-[:{'|'.join(self.of)}]-" if self.of else "--"
        return f"COUNT {{ ({out.name(self.node)}){link}() }}"
