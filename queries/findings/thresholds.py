"""Indicators: questions with the thresholds that sweeps use, which are defaults or come from one TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from graph.errors import BadInput
from graph.model import MODEL
from queries.library.names import WEIGHTS, did_you_mean
from queries.library.question import AS_OF, Parameter, Question, Severity

DEFAULT_WEIGHTS: Mapping[Severity, int] = MappingProxyType({Severity.HIGH: 9, Severity.MEDIUM: 3, Severity.LOW: 1})
_NUMBERS = ("Int", "Float")
_LARGEST_WEIGHT = 1_000_000


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What replaces the defaults: parameters by indicator, and weights by severity."""

    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    weights: Mapping[Severity, int] = field(default_factory=lambda: DEFAULT_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question that sweeps ask, with a value for each parameter except the day, and the weights of its severities."""

    question: Question
    thresholds: Mapping[str, object]
    weights: tuple[int, ...]

    @property
    def name(self) -> str:
        """The question's name."""
        return self.question.name

    @property
    def weight(self) -> int:
        """A row's weight in triage, unless its severity is raised."""
        return self.weights[0]

    @property
    def thresholds_text(self) -> str:
        """The thresholds as a JSON object."""
        return as_json(self.thresholds)

    @property
    def digest(self) -> str:
        """A digest of everything that findings depend on, apart from the graph and the day."""
        one = self.question
        parts = (
            one.body,
            one.columns,
            one.key,
            one.severity_text,
            one.source,
            one.rules,
            self.thresholds_text,
            self.weights,
        )
        return sha256(repr(parts).encode()).hexdigest()[:16]

    def values(self, day: date) -> list[object]:
        """Return a value for each parameter in order; `asOf` is the day."""
        return [day if one.name == AS_OF else self.thresholds[one.name] for one in self.question.parameters]


def as_json(value: object) -> str:
    """Return a plain value, or an object of plain values, as JSON; days and instants become text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text)


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def indicators(questions: Iterable[Question], thresholds: Thresholds) -> list[Indicator]:
    """Return the questions that can be swept: those whose parameters all have a default or a value in the file.

    A question whose key contains no node cannot be swept either, because its rows are about nothing that has findings.
    """
    found = []
    for question in questions:
        given = thresholds.parameters.get(question.name, {})
        parameters = [one for one in question.parameters if one.name != AS_OF]
        if all(one.name in given or not one.required for one in parameters) and node_keys(question):
            values = {one.name: given.get(one.name, one.default) for one in parameters}
            values = {one.name: one.validate(values[one.name]) for one in parameters}
            weights = tuple(thresholds.weights[severity] for severity in question.severities)
            found.append(Indicator(question, values, weights))
    return found


def node_keys(question: Question) -> tuple[str, ...]:
    """Return the columns of the key that hold nodes; the first of them is what a finding is about."""
    return tuple(name for name in question.key if question.column(name).kind in MODEL.labels)


def load_thresholds(path: Path | None, questions: Iterable[Question]) -> Thresholds:
    """Read the file of `SIGHTLINE_THRESHOLDS`: a table with the parameters of each indicator, and one with weights.

    Raises `BadInput`, in one sentence that names the table, for a file that cannot be read, an unknown indicator or
    parameter, a number below one, and a value of the wrong type.
    """
    if path is None:
        return Thresholds()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refused(path, f"it cannot be read ({(error.strerror or 'unknown reason').lower()})") from None
    except UnicodeDecodeError:
        raise _refused(path, "it is not UTF-8; save it with that encoding") from None
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, f"it is not TOML: {str(error).lower()}") from None
    known = {question.name: question for question in questions}
    weights = dict(DEFAULT_WEIGHTS)
    parameters: dict[str, Mapping[str, object]] = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise _refused(path, f"{name} must be a table: write [{name}] above its values")
        if name == WEIGHTS:
            weights |= {_severity(path, key): _weight(path, key, value) for key, value in table.items()}
        elif name in known:
            parameters[name] = {key: _value(path, known[name], key, value) for key, value in table.items()}
        else:
            raise _refused(path, f"there is no indicator {name}{did_you_mean(name, [*known, WEIGHTS])}")
    return Thresholds(parameters, weights)


def _severity(path: Path, name: str) -> Severity:
    if name not in Severity.__members__:
        raise _refused(path, f"{WEIGHTS} has no severity {name}; it takes {', '.join(Severity.__members__)}")
    return Severity[name]


def _weight(path: Path, name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LARGEST_WEIGHT:
        raise _refused(path, f"{WEIGHTS}.{name} must be a whole number from 1 to {_LARGEST_WEIGHT}")
    return value


def _value(path: Path, question: Question, name: str, value: object) -> object:
    if name == AS_OF:
        raise _refused(path, f"{question.name}.{AS_OF} is the day of the sweep; give it to the sweep instead")
    parameter = next((one for one in question.parameters if one.name == name), None)
    if parameter is None:
        names = [one.name for one in question.parameters if one.name != AS_OF]
        takes = f"it takes {' and '.join(names)}" if names else "it takes none"
        raise _refused(path, f"{question.name} has no parameter {name}{did_you_mean(name, names)}; {takes}")
    try:
        found = parameter.validate(value)
    except BadInput as error:
        raise _refused(path, f"{question.name}.{error}") from None
    if below_one(parameter, found):
        raise _refused(path, f"{question.name}.{name} must be at least 1")
    return found


def below_one(parameter: Parameter, value: object) -> bool:
    """Tell whether a threshold is a number below one, when the question itself does not give a minimum."""
    number = parameter.type.rstrip("!") in _NUMBERS and parameter.minimum is None
    return number and isinstance(value, int | float) and value < 1


def _refused(path: Path, reason: str) -> BadInput:
    return BadInput(f"the thresholds in {path} cannot be used: {reason}")
