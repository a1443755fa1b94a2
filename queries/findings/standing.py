"""Standing findings: those of a finished sweep, as long as nothing that their question reads has been written since.

Then a question for the day of the sweep, with the sweep's thresholds or stricter ones, has exactly these findings as
its rows, in the order of their positions; so a page of it is read from an index. One node for each indicator says for
which day and thresholds its findings stand, up to which entry of the change log, and at which totals of the graph. A
writer of ours is noticed by its entry, and another program by the totals. As with all that is kept, a property that
another program changes is not noticed until everything is swept again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from graph.model import MODEL, Model
from graph.store import Store
from graph.writing.change_log import CHANGE, EVERYTHING, LOG
from graph.writing.touched import POSITION, RECORD_LABELS, STANDING, numbers_among
from queries.findings.columns import stored_column
from queries.findings.lease import Turn
from queries.findings.positions import BEYOND, END, parts_of
from queries.findings.thresholds import Indicator
from queries.library.cypher_text import significant
from queries.library.node_patterns import Unclear, read_node_patterns
from queries.library.question import AS_OF, Column, Question

MOST_ENTRIES = 1_000
"""With more entries of the change log than this since the sweep, they are not looked through."""

_WITHDRAW = f"CYPHER 25 MATCH (s:{STANDING}) WHERE s.key IN $names DELETE s"
_CONFIRM = f"""FOREACH (row IN $rows |
  MERGE (s:{STANDING} {{key: row[0]}})
  SET s.digest = row[1], s.day = $day, s.sequence = $sequence, s.numbers = $numbers
)
RETURN count(*)"""


async def withdraw(store: Store, names: Sequence[str]) -> None:
    """Say that the findings of these indicators do not stand, before they are changed."""
    if names:
        await store.write(_WITHDRAW, {"names": list(names)})


async def confirm(turn: Turn, swept: Sequence[Indicator], day: date, sequence: int, numbers: Sequence[int]) -> None:
    """Say that the findings of these indicators stand.

    `sequence` and `numbers` are the last entry of the change log and the graph's totals before the sweep read anything.
    """
    rows = [[one.name, one.digest] for one in swept if can_stand(one.question)]
    await turn.write_fenced(_CONFIRM, {"rows": rows, "day": day, "sequence": sequence, "numbers": list(numbers)})


def can_stand(question: Question) -> bool:
    """Tell whether a question's rows can be read from findings: whether they have positions."""
    return parts_of(question) is not None


def standing_of(indicator: Indicator) -> Standing | None:
    """Return an indicator's findings as rows of its question; `None` if they have no positions.

    The values of the question's parameters are in the list `$p`, in their order.
    """
    if not can_stand(indicator.question):
        return None
    parameters = indicator.question.parameters
    return Standing(indicator, {parameter.name: f"$p[{place}]" for place, parameter in enumerate(parameters)})


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator's findings as rows of its question: the condition under which they are, and how they are read.

    `given` are the expressions of the question's parameters, by name.
    """

    indicator: Indicator
    given: Mapping[str, str]

    def condition(self) -> str:
        """Return the condition that the findings are the question's rows."""
        labels = records_read(self.indicator.question, MODEL)
        numbers = numbers_among(labels)
        noted = ", ".join(f"s_.numbers[{place}]" for place, _ in numbers)
        now = ", ".join(counted for _, counted in numbers)
        named = f"[{', '.join(repr(label) for label in sorted(labels))}]"
        whole = f"[{', '.join(repr(label) for label in (EVERYTHING, *sorted(labels)))}]"
        day = [f"s_.day = {self.given[AS_OF]}"] if AS_OF in self.given else []
        where = [
            f"s_.digest = '{self.indicator.digest}'",
            *day,
            *self._thresholds(),
            f"[{noted}] = [{now}]",
            f"NOT EXISTS {{ MATCH (l_:{LOG} {{key: 'log'}}) WHERE l_.sequence > s_.sequence + {MOST_ENTRIES}"
            f" OR any(x_ IN l_.announced WHERE x_ IN {whole}) }}",
            f"NOT EXISTS {{ MATCH (c_:{CHANGE}) WHERE c_.sequence > s_.sequence"
            f" AND (any(x_ IN c_.records WHERE split(x_, '/')[0] IN {named})"
            f" OR any(x_ IN c_.whole WHERE x_ IN {whole})) }}",
        ]
        conditions = "\n    AND ".join(where)
        return f"EXISTS {{\n  MATCH (s_:{STANDING} {{key: '{self.indicator.name}'}})\n  WHERE {conditions}\n}}"

    def rows(
        self, columns: Sequence[Column], *, limit: str = "", bounds: Sequence[str] = (), backward: bool = False
    ) -> str:
        """Return the query for these columns of the rows, or of the first of them, in their order.

        `bounds` are conditions on the position of a finding `f_`.
        """
        order = f"f_.{POSITION} DESC" if backward else f"f_.{POSITION}"
        returned = [f"{_stored(column)} AS {column.name}" for column in columns]
        ordered = f"WITH f_ ORDER BY {order}{f' LIMIT {limit}' if limit else ''}"
        return "\n".join([self._found(bounds), ordered, f"RETURN {', '.join(returned)}"])

    def total(self) -> str:
        """Return the query that has as many rows as the question."""
        return f"{self._found(())}\nRETURN f_"

    def _found(self, bounds: Sequence[str]) -> str:
        name = self.indicator.name
        where = [f"f_.{POSITION} > '{name}{END}'", f"f_.{POSITION} < '{name}{BEYOND}'", *bounds, *self._narrowed()]
        return f"MATCH (f_:Finding)\nWHERE {' AND '.join(where)}"

    def _thresholds(self) -> list[str]:
        """Return the conditions that what is given asks for no more than was swept."""
        found = []
        for one in self.indicator.question.parameters:
            if one.name != AS_OF:
                stricter = f"{one.narrows.operator[0]}=" if one.narrows else "="
                found.append(f"{self.given[one.name]} {stricter} {_literal(self.indicator.thresholds[one.name])}")
        return found

    def _narrowed(self) -> list[str]:
        question = self.indicator.question
        return [
            f"f_.{stored_column(question.column(one.narrows.column))} {one.narrows.operator} {self.given[one.name]}"
            for one in question.parameters
            if one.narrows
        ]


def _stored(column: Column) -> str:
    """Return the expression for what a finding keeps of a column; a node is looked up for each row, in their order."""
    if column.kind not in MODEL.labels:
        return f"f_.{stored_column(column)}"
    return f"head(COLLECT {{ MATCH (f_)-[:HAS_EVIDENCE {{column: '{column.name}'}}]->(n_:{column.kind}) RETURN n_ }})"


def _literal(value: object) -> str:
    """Return a threshold as Cypher: a number, a text, a truth value, a day, or a list of them."""
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, datetime):
        return f"datetime('{value.isoformat()}')"
    return f"date('{value.isoformat()}')" if isinstance(value, date) else json.dumps(value)


@lru_cache(maxsize=512)
def _labels_read(body: str, model: Model) -> frozenset[str]:
    try:
        patterns = read_node_patterns(significant(body), model)
    except Unclear:
        return frozenset(RECORD_LABELS)
    anything = frozenset(model.labels)
    nodes = [node.labels for node in patterns.nodes if node.labels < anything or not patterns.at_repeated(node)]
    return frozenset[str]().union(*nodes, *(one.labels for one in patterns.repeated)) & frozenset(RECORD_LABELS)


def records_read(question: Question, model: Model) -> frozenset[str]:
    """Return the labels of the records that decide what a question's rows are; all if that is not clear."""
    return _labels_read(question.body, model)
