"""A question of the library: what its file declares, and the values that it is asked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from graph.errors import BadInput
from graph.model import Enumeration
from queries.names import did_you_mean
from queries.values import (
    LARGEST_INT,
    SCALARS,
    SMALLEST_INT,
    TODAY,
    ValueType,
    choice_type,
    read_list,
    split_type,
    today,
)

__all__ = ["AS_OF", "TODAY", "Column", "Ordering", "Parameter", "Question", "Scan", "Severity"]

AS_OF = "asOf"
"""The parameter that says for which day a question is asked."""


class Severity(Enum):
    """How much a row asks for an investigator's attention."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the asker may give.

    `type` is a GraphQL type as text (`Int`, `Date`, `[String!]`, an enumeration of the model, then in `enumeration`
    too); `default` a value of it, `TODAY` for the day of asking in UTC, or `None` when the asker must give one.
    `minimum` is the least number allowed; `line` is where the file declares it.
    """

    name: str
    type: str
    default: object | None
    doc: str
    minimum: int | None = None
    enumeration: Enumeration | None = None
    line: int = field(default=0, compare=False)

    @property
    def required(self) -> bool:
        """Tell whether the asker must give a value."""
        return self.default is None

    @property
    def wanted(self) -> str:
        """What to give, in words: `a whole number from 1 to 2147483647`."""
        kind, many = self._kind()
        one = kind.wanted
        if self.type.strip("[]!") == "Int":
            one = f"{one} from {SMALLEST_INT if self.minimum is None else self.minimum} to {LARGEST_INT}"
        elif self.minimum is not None:
            one = f"{one} of at least {self.minimum}"
        return f"a list, each {one}" if many else one

    def validate(self, value: object) -> object:
        """Return the value as a statement takes it; `None` stands for not given, and gives the default.

        Dates may be ISO text, values of enumerations may be their GraphQL names. Raises `BadInput`, which never
        repeats the value.
        """
        if value is None:
            return self._default()
        kind, many = self._kind()
        try:
            if not many:
                return self._at_least(kind.accept(value))
            if isinstance(value, str) or not isinstance(value, Sequence):
                raise ValueError(self.type)
            return [self._at_least(kind.accept(item)) for item in value]
        except (ValueError, OverflowError):
            raise BadInput(f"{self.name} must be {self.wanted}") from None

    def read(self, text: str) -> object:
        """Return the value that a text gives, as on the command line; raises `BadInput`."""
        kind, many = self._kind()
        try:
            return self.validate([kind.read(item) for item in read_list(text)] if many else kind.read(text))
        except (ValueError, OverflowError):
            raise BadInput(f"{self.name} must be {self.wanted}") from None

    def _kind(self) -> tuple[ValueType, bool]:
        name, many = split_type(self.type.rstrip("!"))
        return (choice_type(self.enumeration) if self.enumeration else SCALARS[name]), many

    def _default(self) -> object:
        if self.default is None:
            raise BadInput(f"{self.name} must be given: {self.wanted}")
        return today() if self.default == TODAY and self.type == "Date" else self.default

    def _at_least(self, value: object) -> object:
        if self.minimum is not None and isinstance(value, int | float) and value < self.minimum:
            raise ValueError(self.name)
        return value


@dataclass(frozen=True, slots=True)
class Column:
    """A value of each row: a node when `type` is a label of the model, else a GraphQL scalar (`Int`, `Date`).

    A type that ends in `!` says that the value is never unknown; `line` is where the file declares it.
    """

    name: str
    type: str
    doc: str
    line: int = field(default=0, compare=False)

    @property
    def kind(self) -> str:
        """The type's name alone."""
        return self.type.rstrip("!")


@dataclass(frozen=True, slots=True)
class Ordering:
    """One part of the rows' order; unknown values come last in both directions."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A label or a relationship type of which a question looks at every one, and why."""

    name: str
    doc: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A `.cypher` file: its header, and the body that returns the columns.

    `key` names the columns that identify a row (a node counts by its own key); ties of `order` are broken by it.
    `scans` are what it may look at whole; all else is found by an index or from there.
    `kept` is a body that reads kept counts instead, and answers alike for days from the latest release on while the
    counts hold. `path`, `line` and `kept_line` (of the bodies' first lines) go into errors.
    """

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[Ordering, ...]
    severity: Severity
    source: str
    example: str
    body: str
    path: Path
    line: int
    scans: tuple[Scan, ...] = ()
    kept: str = ""
    kept_line: int = 0

    @property
    def by_kept_counts(self) -> Question | None:
        """The question with the body that reads kept counts; it does not take the day, for which they hold."""
        if not self.kept:
            return None
        others = tuple(parameter for parameter in self.parameters if parameter.name != AS_OF)
        return replace(self, body=self.kept, line=self.kept_line, parameters=others, kept="")

    @property
    def bodies(self) -> tuple[Question, ...]:
        """The question, once for each body that it has."""
        kept = self.by_kept_counts
        return (self,) if kept is None else (self, kept)

    def column(self, name: str) -> Column:
        """Return the column of that name; raises `KeyError`."""
        return {column.name: column for column in self.columns}[name]

    def values(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return a value for every parameter: the given ones validated, the others by default.

        Raises `BadInput` for a name that is no parameter, a value that cannot be used, and one that is missing.
        """
        for name in given:
            self._named(name)
        return {parameter.name: parameter.validate(given.get(parameter.name)) for parameter in self.parameters}

    def read(self, assignments: Sequence[str]) -> dict[str, object]:
        """Return the values that texts such as `minChildren=3` give, by parameter; raises `BadInput`."""
        found: dict[str, object] = {}
        for assignment in assignments:
            name, equals, text = assignment.partition("=")
            name = name.strip()
            if not equals:
                raise BadInput(f"a parameter is given as name=value; {self._takes()}")
            parameter = self._named(name)
            if name in found:
                raise BadInput(f"{name} is given twice; give it once")
            found[name] = parameter.read(text.strip())
        return found

    def _named(self, name: str) -> Parameter:
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        hint = did_you_mean(name, [parameter.name for parameter in self.parameters])
        raise BadInput(f"{self.name} has no parameter {name}{hint}; {self._takes()}")

    def _takes(self) -> str:
        names = [parameter.name for parameter in self.parameters]
        return f"it takes {' and '.join(names)}" if names else "it takes none"
