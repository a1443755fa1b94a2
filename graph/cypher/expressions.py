"""Cypher expressions. They never contain text from a client: values are `Parameter`s, names come from the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.cypher.printer import Printable, Printer, indent

if TYPE_CHECKING:
    from graph.cypher.clauses import Clause


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A variable. Two variables always differ, even with the same hint. A `fixed` one is named exactly by its hint."""

    hint: str = "n"
    fixed: bool = False

    def print(self, out: Printer) -> str:
        """Return the name."""
        return out.name(self)


@dataclass(frozen=True, slots=True)
class PropertyOf:
    """A property of a node or relationship, or a component of a value."""

    subject: Printable
    name: str

    def print(self, out: Printer) -> str:
        """Return `subject.name`."""
        return f"{self.subject.print(out)}.{self.name}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that is known when the statement runs; `source` says where it comes from."""

    source: object

    def print(self, out: Printer) -> str:
        """Return the text that reads the value."""
        return out.parameter(self.source)


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant of our own: a word from the model, a number, a truth value or null."""

    value: str | int | bool | None

    def print(self, out: Printer) -> str:
        """Return the constant in Cypher."""
        if isinstance(self.value, str):
            if "'" in self.value or "\\" in self.value:
                raise ValueError("a literal holds a word of the model, without quotes")
            return f"'{self.value}'"
        return "null" if self.value is None else str(self.value).lower()


TRUE = Literal(True)
FALSE = Literal(False)
NULL = Literal(None)


@dataclass(frozen=True, slots=True)
class Infix:
    """Operands joined by an operator, in brackets when there are several."""

    operator: str
    operands: tuple[Printable, ...]

    def print(self, out: Printer) -> str:
        """Return the operands with the operator between them."""
        text = f" {self.operator} ".join(operand.print(out) for operand in self.operands)
        return text if len(self.operands) == 1 else f"({text})"


def infix(operator: str, *operands: Printable) -> Infix:
    """Return the operands joined by the operator."""
    return Infix(operator, operands)


def all_of(operands: Sequence[Printable]) -> Printable:
    """Return the conjunction; true when there are no operands."""
    kept = [operand for operand in operands if operand != TRUE]
    return Infix("AND", tuple(kept)) if kept else TRUE


def any_of(operands: Sequence[Printable]) -> Printable:
    """Return the disjunction; false when there are no operands."""
    return Infix("OR", tuple(operands)) if operands else FALSE


@dataclass(frozen=True, slots=True)
class Not:
    """The negation; unknown when the operand is unknown."""

    operand: Printable

    def print(self, out: Printer) -> str:
        """Return `NOT (operand)`."""
        return f"NOT ({self.operand.print(out)})"


@dataclass(frozen=True, slots=True)
class IsNull:
    """Whether a value is unknown."""

    operand: Printable
    negated: bool = False

    def print(self, out: Printer) -> str:
        """Return `operand IS [NOT] NULL`."""
        return f"{self.operand.print(out)} IS {'NOT ' if self.negated else ''}NULL"


def is_not_null(operand: Printable) -> IsNull:
    """Return whether a value is known."""
    return IsNull(operand, negated=True)


@dataclass(frozen=True, slots=True)
class Call:
    """A function's value."""

    function: str
    arguments: tuple[Printable, ...]

    def print(self, out: Printer) -> str:
        """Return `function(arguments)`."""
        return f"{self.function}({', '.join(a.print(out) for a in self.arguments)})"


def call(function: str, *arguments: Printable) -> Call:
    """Return the function's value for the arguments."""
    return Call(function, arguments)


@dataclass(frozen=True, slots=True)
class Number:
    """How many rows a group has, or how many distinct values a variable has."""

    distinct: Variable | None = None

    def print(self, out: Printer) -> str:
        """Return `count(*)` or `count(DISTINCT variable)`."""
        return "count(*)" if self.distinct is None else f"count(DISTINCT {out.name(self.distinct)})"


@dataclass(frozen=True, slots=True)
class Case:
    """One value when a condition holds, else another."""

    condition: Printable
    then: Printable
    otherwise: Printable

    def print(self, out: Printer) -> str:
        """Return `CASE WHEN condition THEN then ELSE otherwise END`."""
        return f"CASE WHEN {self.condition.print(out)} THEN {self.then.print(out)} ELSE {self.otherwise.print(out)} END"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of expressions."""

    items: tuple[Printable, ...]

    def print(self, out: Printer) -> str:
        """Return `[items]`."""
        return f"[{', '.join(item.print(out) for item in self.items)}]"


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map of expressions by name."""

    items: tuple[tuple[str, Printable], ...]

    def print(self, out: Printer) -> str:
        """Return `{name: item}`."""
        return f"{{{', '.join(f'{name}: {item.print(out)}' for name, item in self.items)}}}"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, by position."""

    items: Printable
    position: int

    def print(self, out: Printer) -> str:
        """Return `items[position]`."""
        return f"{self.items.print(out)}[{self.position}]"


@dataclass(frozen=True, slots=True)
class HasLabel:
    """Whether a node has a label."""

    subject: Variable
    label: str

    def print(self, out: Printer) -> str:
        """Return `subject:label`."""
        return f"{out.name(self.subject)}:{self.label}"


@dataclass(frozen=True, slots=True)
class Subquery:
    """A subquery as an expression: `COLLECT`, `COUNT` or `EXISTS`."""

    kind: str
    clauses: tuple[Clause, ...]

    def print(self, out: Printer) -> str:
        """Return the kind and its clauses in braces."""
        body = "\n".join(clause.print(out) for clause in self.clauses)
        return f"{self.kind} {{\n{indent(body)}\n}}"


def collect(*clauses: Clause) -> Subquery:
    """Return the list of the single values that the clauses return."""
    return Subquery("COLLECT", clauses)


def count(*clauses: Clause) -> Subquery:
    """Return the number of rows that the clauses return."""
    return Subquery("COUNT", clauses)


def exists(*clauses: Clause) -> Subquery:
    """Return whether the clauses return a row."""
    return Subquery("EXISTS", clauses)


def first_value(*clauses: Clause) -> Call:
    """Return the first of the single values that the clauses return; null when there is none."""
    return call("head", collect(*clauses))
