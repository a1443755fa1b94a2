"""A question of the library: what its file declares, and the values of its parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from graph.errors import BadInput
from graph.model import Enumeration
from queries.library.names import did_you_mean
from queries.library.parts import Column, Narrowing, Ordering, Raised, Rule, Scan, Severity
from queries.library.values import (
    LARGEST_INT,
    LONGEST_TEXT,
    SCALARS,
    SMALLEST_INT,
    TODAY,
    ValueType,
    choice_type,
    read_list,
    split_type,
    today,
)

__all__ = [
    "AS_OF",
    "GROWN_UP",
    "TODAY",
    "Column",
    "Narrowing",
    "Ordering",
    "Parameter",
    "Question",
    "Raised",
    "Rule",
    "Scan",
    "Severity",
]

GROWN_UP = "includeGrownUp"
"""The parameter that says whether people who have turned 18 are included."""
AS_OF = "asOf"
"""The parameter for the day that a question asks about."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the caller may give.

    `type` is a GraphQL type as text (`Int`, `Date`, `[String!]`, or an enumeration of the model, which is then also in
    `enumeration`). `default` is a value of that type, `TODAY` for the current day in UTC, or `None` if the caller must
    give a value. `minimum` and `maximum` are the smallest and largest numbers allowed. A `personal` value may contain
    names or numbers of people, so it must not be part of an address. `key_of` are the labels of the records that the
    value is the key of. `narrows` says which rows a value keeps, if that is all it does. `line` is where the file
    declares the parameter.
    """

    name: str
    type: str
    default: object | None
    doc: str
    minimum: int | None = None
    enumeration: Enumeration | None = None
    key_of: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)
    maximum: int | None = None
    personal: bool = False
    narrows: Narrowing | None = None

    @property
    def required(self) -> bool:
        """Tell whether the caller must give a value."""
        return self.default is None

    @property
    def wanted(self) -> str:
        """What to give, in words: `a whole number from 1 to 2147483647`."""
        kind, many = self._kind()
        one = kind.wanted
        if self.type.strip("[]!") == "Int":
            least = SMALLEST_INT if self.minimum is None else self.minimum
            one = f"{one} from {least} to {LARGEST_INT if self.maximum is None else self.maximum}"
        elif self.minimum is not None or self.maximum is not None:
            ends = (("of at least", self.minimum), ("of at most", self.maximum))
            one = f"{one} {' and '.join(f'{words} {end}' for words, end in ends if end is not None)}"
        return f"a list, each {one}" if many else one

    def validate(self, value: object) -> object:
        """Return the value in the form that a statement takes; `None` means that none was given, and gives the default.

        Dates may be ISO text, and values of enumerations may be their GraphQL names. Raises `BadInput`, whose message
        never repeats the value.
        """
        if value is None:
            return self._default()
        kind, many = self._kind()
        try:
            if not many:
                return self._within(kind.accept(value))
            if isinstance(value, str) or not isinstance(value, Sequence):
                raise ValueError(self.type)
            return [self._within(kind.accept(item)) for item in value]
        except (ValueError, OverflowError):
            raise BadInput(f"{self.name} must be {self.wanted}") from None

    def read(self, text: str) -> object:
        """Return the value of a text, as given on the command line; raises `BadInput`."""
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

    def _within(self, value: object) -> object:
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise ValueError(self.name)
        if isinstance(value, int | float):
            below = self.minimum is not None and value < self.minimum
            if below or (self.maximum is not None and value > self.maximum):
                raise ValueError(self.name)
        return value


@dataclass(frozen=True, slots=True)
class Question:
    """A `.cypher` file: its header, and the body that returns the columns.

    `key` names the columns that identify a row (a node is identified by its own key); they also break ties of `order`.
    `severity` is that of a row unless it is `raised`. `rules` are those that the question rests on, and `omits` says
    what it leaves out. `scans` are the labels and types that it may read in full: all else is found with an index or
    from there. `kept` is a body that reads kept counts instead; it gives the same answer for days from the latest
    release on, while the counts hold. `path`, `line` and `kept_line` (of the bodies' first lines) are shown in errors.
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
    rules: tuple[Rule, ...] = ()
    omits: str = ""
    kept: str = ""
    kept_line: int = 0
    raised: Raised | None = None

    @property
    def severities(self) -> tuple[Severity, ...]:
        """The severity of a row, then that of a raised row if there can be any."""
        return (self.severity, self.raised.severity) if self.raised else (self.severity,)

    @property
    def severity_text(self) -> str:
        """The severity in words: `MEDIUM; HIGH where unrelatedCount >= 2`."""
        raised = self.raised
        return f"{self.severity.value}; {raised.severity.value} where {raised.where}" if raised else self.severity.value

    @property
    def by_kept_counts(self) -> Question | None:
        """The question with the body that reads kept counts; it does not take the day, for which they must hold."""
        if not self.kept:
            return None
        others = tuple(parameter for parameter in self.parameters if parameter.name != AS_OF)
        return replace(self, body=self.kept, line=self.kept_line, parameters=others, kept="")

    @property
    def bodies(self) -> tuple[Question, ...]:
        """The question, once with each of its bodies."""
        kept = self.by_kept_counts
        return (self,) if kept is None else (self, kept)

    def rules_on(self, day: date) -> tuple[Rule, ...]:
        """Return the rules that are in force on a day."""
        return tuple(rule for rule in self.rules if rule.holds(day))

    def source_on(self, day: date) -> str:
        """Return what the question rests on, with the rules that are in force on a day."""
        citations = [rule.citation for rule in self.rules_on(day)]
        return f"{self.source.rstrip('.')}. In force on {day}: {'; '.join(citations)}." if citations else self.source

    def column(self, name: str) -> Column:
        """Return the column with that name; raises `KeyError`."""
        return {column.name: column for column in self.columns}[name]

    def values(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return a value for every parameter: the given ones validated, the others by default.

        Raises `BadInput` for a name that is not a parameter's, a value that cannot be used, and a missing value.
        """
        for name in given:
            self._named(name)
        return {parameter.name: parameter.validate(given.get(parameter.name)) for parameter in self.parameters}

    def read(self, assignments: Sequence[str]) -> dict[str, object]:
        """Return the values from texts such as `minChildren=3`, by parameter; raises `BadInput`."""
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
