"""The questions of the library on a small graph: the second answers of `tests.truth`, as rows of the reference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from json import dumps
from typing import Any

from queries.library.question import TODAY, Parameter, Question
from tests.reference.conditions import bad_input
from tests.reference.paging import Row
from tests.reference.small import SmallGraph
from tests.truth.answers import plain
from tests.truth.dump import Dump, Record
from tests.truth.written import ordered_rows


def question_rows(graph: SmallGraph, question: Question, arguments: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a question; their places are those of the second answer's order."""
    given = {parameter.name: _value(parameter, arguments.get(parameter.name)) for parameter in question.parameters}
    things = {(thing.label, thing.key): thing for thing in graph.things}
    return [
        Row(
            {name: things[v.label, v.key] if isinstance(v, Record) else v for name, v in row.items()},
            dumps([plain(row[name]) for name in question.key]),
            (place,),
        )
        for place, row in enumerate(ordered_rows(Dump(graph), question, given))
    ]


def _value(parameter: Parameter, given: Any) -> Any:
    """Return the value that a parameter has; raises the error of a number that is out of bounds."""
    if given is None:
        return datetime.now(UTC).date() if parameter.default == TODAY else parameter.default
    if parameter.minimum is not None and given < parameter.minimum:
        raise bad_input(f"{parameter.name} is at least {parameter.minimum}.")
    if parameter.maximum is not None and given > parameter.maximum:
        raise bad_input(f"{parameter.name} is at most {parameter.maximum}.")
    return given
