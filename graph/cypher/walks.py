"""Cypher for walks that the model's own patterns cannot express: shortest paths, and lists that grow step by step."""

from __future__ import annotations

from dataclasses import dataclass

from graph.cypher.expressions import TRUE, Variable
from graph.cypher.printer import Printable, Printer
from graph.model import ARROWS


@dataclass(frozen=True, slots=True)
class ShortestPaths:
    """`MATCH path = ALL SHORTEST`: every path with the least number of steps between two bound nodes.

    `where` must be true of each step. It may use the step's `relationship`, in either direction, the node `before` it
    and the `node` that it leads to.
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
    """A list of an expression's value for each item of another list."""

    variable: Variable
    items: Printable
    value: Printable
    where: Printable = TRUE

    def print(self, out: Printer) -> str:
        """Return `[variable IN items WHERE where | value]`."""
        where = "" if self.where == TRUE else f" WHERE {self.where.print(out)}"
        return f"[{out.name(self.variable)} IN {self.items.print(out)}{where} | {self.value.print(out)}]"


@dataclass(frozen=True, slots=True)
class Quantified:
    """Whether a condition holds for `any` or `all` items of a list, in three-valued logic."""

    quantifier: str
    variable: Variable
    items: Printable
    where: Printable

    def print(self, out: Printer) -> str:
        """Return `any(variable IN items WHERE where)`."""
        return f"{self.quantifier}({out.name(self.variable)} IN {self.items.print(out)} WHERE {self.where.print(out)})"


@dataclass(frozen=True, slots=True)
class Reduce:
    """The result of starting with `beginning` and applying a step for each item of a list."""

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
    """The first items of a list; an expression gives their number."""

    items: Printable
    number: Printable

    def print(self, out: Printer) -> str:
        """Return `items[..number]`."""
        return f"{self.items.print(out)}[..{self.number.print(out)}]"


@dataclass(frozen=True, slots=True)
class Degree:
    """The number of a node's links, of all kinds or of some; the database reads it without following the links.

    `direction` is `<` for links that lead to the node, `>` for those that start from it, `-` for both.
    """

    node: Variable
    of: tuple[str, ...] = ()
    direction: str = "-"

    def print(self, out: Printer) -> str:
        """Return `COUNT { (node)--() }`, or for example `COUNT { (node)<-[:A|B]-() }`."""
        left, right = ARROWS[self.direction]
        kinds = f"[:{'|'.join(self.of)}]" if self.of else ""
        return f"COUNT {{ ({out.name(self.node)}){left}{kinds}{right}() }}"
