"""Cypher clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.cypher.expressions import TRUE, Variable
from graph.cypher.printer import Printable, Printer, indent
from graph.model import ARROWS

Clause = Printable


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a pattern: relationship type and direction (`>`, `<`, `-`), and where it leads.

    With the `quantifier` `*` it is followed any number of times, with `+` at least once.
    """

    type: str
    direction: str
    node: Variable | None = None
    label: str | None = None
    relationship: Variable | None = None
    quantifier: str = ""

    def print(self, out: Printer) -> str:
        """Return the relationship and the node after it."""
        name = out.name(self.relationship) if self.relationship else ""
        left, right = ARROWS[self.direction]
        return f"{left}[{name}:{self.type}]{right}{self.quantifier}{_node(out, self.node, self.label)}"


def _node(out: Printer, variable: Variable | None, label: str | None) -> str:
    return f"({out.name(variable) if variable else ''}{':' + label if label else ''})"


@dataclass(frozen=True, slots=True)
class Match:
    """`MATCH` of one path, with a condition; an `optional` one keeps the row when nothing matches."""

    start: Variable
    label: str | None = None
    steps: tuple[Step, ...] = ()
    where: Printable = TRUE
    optional: bool = False

    def print(self, out: Printer) -> str:
        """Return the clause."""
        path = _node(out, self.start, self.label) + "".join(step.print(out) for step in self.steps)
        return f"{'OPTIONAL ' if self.optional else ''}MATCH {path}{_where(out, self.where)}"


def _where(out: Printer, condition: Printable) -> str:
    return "" if condition == TRUE else f" WHERE {condition.print(out)}"


@dataclass(frozen=True, slots=True)
class Order:
    """One part of an order."""

    expression: Printable
    descending: bool = False

    def print(self, out: Printer) -> str:
        """Return the expression with its direction."""
        return f"{self.expression.print(out)}{' DESC' if self.descending else ''}"


@dataclass(frozen=True, slots=True)
class With:
    """`WITH`, or `RETURN` when `last`: the items to keep, their order, how many rows to keep, and then a condition.

    `items` are expressions, each with the variable that it is bound to; a plain variable keeps its name.
    """

    items: tuple[Printable | tuple[Printable, Variable], ...]
    order: tuple[Order, ...] = ()
    limit: Printable | None = None
    where: Printable = TRUE
    distinct: bool = False
    last: bool = False

    def print(self, out: Printer) -> str:
        """Return the clause."""
        words = ["RETURN" if self.last else "WITH"]
        if self.distinct:
            words.append("DISTINCT")
        words.append(", ".join(self._item(out, item) for item in self.items))
        if self.order:
            words.append("ORDER BY " + ", ".join(part.print(out) for part in self.order))
        if self.limit is not None:
            words.append(f"LIMIT {self.limit.print(out)}")
        return " ".join(words) + _where(out, self.where)

    def _item(self, out: Printer, item: Printable | tuple[Printable, Variable]) -> str:
        if isinstance(item, tuple):
            return f"{item[0].print(out)} AS {out.name(item[1])}"
        return item.print(out)


def returning(
    *items: Printable | tuple[Printable, Variable],
    order: tuple[Order, ...] = (),
    limit: Printable | None = None,
) -> With:
    """Return a closing `RETURN`."""
    return With(items, order=order, limit=limit, last=True)


@dataclass(frozen=True, slots=True)
class Union:
    """`CALL (imports) { branch UNION ALL branch ... }`: the rows of all branches, one branch after the other."""

    branches: tuple[tuple[Clause, ...], ...]
    imports: tuple[Variable, ...] = ()

    def print(self, out: Printer) -> str:
        """Return the clause."""
        texts = ["\n".join(clause.print(out) for clause in branch) for branch in self.branches]
        body = "\nUNION ALL\n".join(texts)
        return f"CALL ({', '.join(out.name(v) for v in self.imports)}) {{\n{indent(body)}\n}}"


@dataclass(frozen=True, slots=True)
class Either:
    """`CALL () { WHEN condition THEN { ... } ELSE { ... } }`: one of several queries, chosen when the statement runs.

    It is that of the first condition that is true, or else the last one.
    """

    choices: tuple[tuple[Printable, tuple[Clause, ...]], ...]
    otherwise: tuple[Clause, ...]

    def print(self, out: Printer) -> str:
        """Return the clause."""
        blocks = [_block(clauses, out) for clauses in (*(then for _, then in self.choices), self.otherwise)]
        heads = [*(f"WHEN {condition.print(out)} THEN" for condition, _ in self.choices), "ELSE"]
        chosen = " ".join(f"{head} {block}" for head, block in zip(heads, blocks, strict=True))
        return f"CALL () {{\n{indent(chosen)}\n}}"


@dataclass(frozen=True, slots=True)
class Unwind:
    """`UNWIND`: a row for each item of a list."""

    items: Printable
    variable: Variable

    def print(self, out: Printer) -> str:
        """Return the clause."""
        return f"UNWIND {self.items.print(out)} AS {out.name(self.variable)}"


@dataclass(frozen=True, slots=True)
class Procedure:
    """`CALL` of a procedure, with the variables it yields under their own names."""

    name: str
    arguments: tuple[Printable, ...]
    yields: tuple[tuple[str, Variable], ...] = field(default=())

    def print(self, out: Printer) -> str:
        """Return the clause."""
        arguments = ", ".join(a.print(out) for a in self.arguments)
        yields = ", ".join(f"{name} AS {out.name(variable)}" for name, variable in self.yields)
        return f"CALL {self.name}({arguments}) YIELD {yields}"


NEXT = "NEXT"


@dataclass(frozen=True, slots=True)
class Next:
    """`NEXT`: the rows of everything before it are the input of what follows."""

    def print(self, out: Printer) -> str:
        """Return the word."""
        return NEXT


def _block(clauses: tuple[Clause, ...], out: Printer) -> str:
    text = "\n".join(clause.print(out) for clause in clauses)
    return f"{{\n{indent(text)}\n}}"
